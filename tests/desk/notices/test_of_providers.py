"""Managers hear of a provider that the plan stopped, and before that of one that is near it: each once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor
from tantam.desk.cases.routing.route import put
from tantam.desk.notices import of_providers, words
from tantam.desk.notices.models import Notice
from tantam.desk.plans.providers import ENOUGH
from tantam.desk.providers.actions import Found, stop_provider
from tantam.desk.reports import stops
from tests.support.clock import StandingClock
from tests.support.desk import opened


@pytest.fixture
def abroad(staff: Any) -> Person:
    """A manager of another house."""
    return Person.objects.create(
        email="m@desk.example", name="M", role=Role.MANAGER, level="manager", provider="carriers", undo_seconds=0
    )


def _served(hoa: Any, number: int, complaints: int) -> None:
    """Let the carriers have so many cases, of which so many are complaints."""
    for each in range(number):
        put(act_on(opened(hoa, topic="complaint" if each < complaints else "delivery"), Actor.PLAN), "carriers")


def _told() -> list[tuple[str, str]]:
    return list(Notice.objects.exclude(provider="").order_by("id").values_list("person__name", "code"))


def test_a_stop_is_told_to_managers_of_the_house_once_and_after_the_next_stop_again(
    plan: Any, staff: Any, abroad: Person, clock: StandingClock
) -> None:
    stop = stop_provider(Found("carriers", "complaint_rate", 0.2, 40), plan, clock.instant)
    for _ in range(2):
        stops.watch()
        clock.forward(hours=1)
    assert _told() == [(staff.manager.name, "provider_stopped")]
    stop.lifted_at = clock.instant
    stop.save()
    stop_provider(Found("carriers", "complaint_rate", 0.3, 40), plan, clock.instant)
    stops.watch()
    assert len(_told()) == 2


def test_who_is_near_the_bound_is_told_of_before_it_stops_them(
    plan: Any, hoa: Any, staff: Any, clock: StandingClock
) -> None:
    _served(hoa, ENOUGH, 4)
    clock.forward(minutes=5)
    stops.watch()
    assert _told() == [(staff.manager.name, "provider_near")]
    notice = Notice.objects.get()
    assert notice.args == {"measure": "complaint_rate"} and "Đơn vị chở hàng" in words.short(notice).title


def test_near_is_told_once_a_week(plan: Any, staff: Any, clock: StandingClock) -> None:
    for _ in range(3):
        of_providers.tell(of_providers.near("carriers", "complaint_rate", clock.instant), clock.instant)
    assert len(_told()) == 1
    later = clock.instant + timedelta(days=7)
    assert of_providers.tell(of_providers.near("carriers", "complaint_rate", later), later) == 1


def test_the_notice_leads_to_how_they_serve(plan: Any, staff: Any, clock: StandingClock, client: Client) -> None:
    of_providers.tell(of_providers.stopped("carriers", "complaint_rate", 7), clock.instant)
    client.force_login(staff.manager)
    answer = client.get(f"/desk/notices/{Notice.objects.get().pk}/")
    assert answer["Location"] == "/desk/providers/carriers/"
