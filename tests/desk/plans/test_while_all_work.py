"""A version is enacted and a directive begins while fifty work: nothing fails, every event has its version."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tantam.desk import plans
from tantam.desk.cases.actions import add_note, open_case
from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.common import clock
from tantam.desk.plans import versions
from tantam.desk.plans.actions import NewDirective, direct, enact
from tantam.desk.plans.bringing import Brought, plan_of, sources_of
from tantam.desk.plans.models import Laid, PlanVersion
from tests.support import desk
from tests.support.drafts import hurried
from tests.support.together import together

AGENTS = 50
SOON = 0.3  # seconds after which the plan changes
# On PostgreSQL an action that began before a version was committed may end after it, under the one before.
OVERLAP = timedelta(seconds=5 if connection.vendor == "postgresql" else 0)


@pytest.mark.django_db(transaction=True)
def test_plan_changes_while_fifty_agents_work() -> None:
    desk.put_in_force()
    staff = desk.hire()
    hoa = desk.customer()
    cases = [desk.opened(hoa) for _ in range(AGENTS)]
    draft = plan_of(*sources_of(Brought("plan.zip", hurried())))
    results = together(
        *(_working(case, staff, hoa) for case in cases),
        _soon(lambda: enact(draft, person=staff.manager)),
        _soon(lambda: direct(_closed(), person=staff.manager)),
    )
    assert [each for each in results if isinstance(each, BaseException)] == []
    assert {status for each in results if isinstance(each, list) for status in each} <= {200}
    under = plans.in_force()
    assert (under.version, len(under.directives)) == (2, 1)
    wrong = [each for each in _own_events() if each.plan_version_id not in _right(each)]
    assert wrong == []
    assert CaseEvent.objects.filter(plan_version_id__gt=1).exists()


@pytest.mark.django_db(transaction=True)
def test_two_change_the_plan_at_once_and_both_count() -> None:
    desk.put_in_force()
    staff = desk.hire()
    draft = plan_of(*sources_of(Brought("plan.zip", hurried())))
    results = together(
        lambda: enact(draft, person=staff.manager),
        lambda: direct(_closed(), person=staff.manager),
        lambda: direct(_closed("Lễ"), person=staff.manager),
    )
    assert [each for each in results if isinstance(each, BaseException)] == []
    under = plans.in_force()
    assert (under.version, sorted(each.title for each in under.directives)) == (2, ["Kiểm kê", "Lễ"])


@pytest.mark.django_db
def test_process_that_knew_nothing_of_a_directive_thaws_it(staff: Any) -> None:
    direct(_closed(), person=staff.manager)
    before = plans.in_force()
    versions.forget(before.number)
    again = plans.in_force()
    assert again is not before
    assert (again.name, again.directives) == (before.name, before.directives)


def _closed(title: str = "Kiểm kê") -> NewDirective:
    day = (clock.now() + timedelta(days=1 if title == "Lễ" else 2)).date()
    overlay = f'hours: {{office: {{"{day}": closed}}}}'
    return NewDirective(title, overlay, "Mỗi năm", clock.now() + timedelta(days=4))


def _working(case: Case, staff: desk.Staff, hoa: Any) -> Callable[[], list[int]]:
    def work() -> list[int]:
        browser = Client()
        browser.force_login(staff.agent)
        met = []
        until = time.monotonic() + 4
        while time.monotonic() < until:
            add_note(case, staff.agent, "Đã xem.")
            met.append(browser.get(reverse("web:plan_news", args=[1])).status_code)
            open_case(desk.concern(hoa))
        return met

    return work


def _soon(deed: Callable[[], Any]) -> Callable[[], Any]:
    def later() -> Any:
        time.sleep(SOON)
        return deed()

    return later


def _own_events() -> list[CaseEvent]:
    """Return the events whose version is the one in force, not that of an older promise."""
    return list(CaseEvent.objects.filter(code__in=("opened", "noted", "promised")))


def _right(event: CaseEvent) -> set[int]:
    """Return the plans that were in force when it was written, or within OVERLAP before."""
    since = event.at - OVERLAP
    begun = PlanVersion.objects.filter(in_force_from__gt=since, in_force_from__lte=event.at)
    laid = Laid.objects.filter(begins_at__gt=since, begins_at__lte=event.at)
    instants = [
        since,
        event.at,
        *begun.values_list("in_force_from", flat=True),
        *laid.values_list("begins_at", flat=True),
    ]
    return {plans.in_force(each).number for each in instants}
