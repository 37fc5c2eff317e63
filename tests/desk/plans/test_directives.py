"""A directive is a dated overlay: it counts from its beginning to its end, and is cited by what rests on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tantam.desk import plans
from tantam.desk.common.errors import Refused
from tantam.desk.plans import PlanHasFindings, PlanUnreadable, directives, versions
from tantam.desk.plans.actions import NewDirective, direct, enact, withdraw_directive
from tantam.desk.plans.bringing import Brought, plan_of, sources_of
from tantam.desk.plans.models import Directive, Laid, PlanVersion
from tests.support.clock import StandingClock
from tests.support.desk import Staff
from tests.support.drafts import hurried

CLOSED = 'hours:\n  office:\n    "2026-03-06": {hours: closed, because: Kiểm kê}\n'
FRIDAY_NOON = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def new(overlay: str = CLOSED, *, days: float = 5, **fields: Any) -> NewDirective:
    ends = datetime(2026, 3, 4, 3, 0, tzinfo=UTC) + timedelta(days=days)
    return NewDirective(**{"title": "Kiểm kê", "overlay": overlay, "reason": "Mỗi năm một lần", "ends": ends} | fields)


def test_directive_counts_from_its_beginning_to_its_end(staff: Staff, clock: StandingClock) -> None:
    before = plans.in_force()
    begins = clock.instant + DAY
    made = direct(new(begins=begins), person=staff.manager)
    assert plans.in_force().number == before.number
    assert plans.in_force(begins - timedelta(seconds=1)).directives == ()
    assert plans.in_force(begins).directives == (made,)
    assert plans.in_force(made.ends_at - timedelta(seconds=1)).directives == (made,)
    assert plans.in_force(made.ends_at).number == before.number


def test_directive_makes_no_version(staff: Staff, clock: StandingClock) -> None:
    before = plans.in_force()
    direct(new(), person=staff.manager)
    under = plans.in_force()
    assert under.version == before.number
    assert under.name == f"{before.name}+1"
    assert [each.number for each in versions.newest(5)] == [before.number]


def test_hours_of_a_directive_count(staff: Staff, clock: StandingClock) -> None:
    direct(new(), person=staff.manager)
    assert not plans.in_force().openness(FRIDAY_NOON).open


def test_reason_cites_the_directive_whose_hours_it_counts_on(staff: Staff, clock: StandingClock) -> None:
    plan = plans.in_force()
    facts = plan.read({"severity": "normal", "level": "agent"}, plans.Standing.RECORDED)
    owed = plan.owed(facts, clock.instant)[0]
    assert "Kiểm kê" not in plan.because(owed.because.stored(), "vi")
    direct(new(), person=staff.manager)
    under = plans.in_force()
    said = under.because(under.owed(facts, clock.instant)[0].because.stored(), "vi")
    assert "Kiểm kê" in said and "09/03" in said


def test_two_directives_stack_and_the_later_lies_on_top(staff: Staff, clock: StandingClock) -> None:
    direct(new(days=5), person=staff.manager)
    direct(new('hours: {office: {"2026-03-06": "08:00-12:00"}}', days=3), person=staff.manager)
    assert [each.number for each in plans.in_force().directives] == [1, 2]
    assert plans.in_force().openness(FRIDAY_NOON).open
    assert [each.number for each in plans.in_force(clock.instant + 4 * DAY).directives] == [1]


def test_withdrawn_directive_counts_no_longer(staff: Staff, clock: StandingClock) -> None:
    made = direct(new(), person=staff.manager)
    clock.forward(hours=1)
    withdraw_directive(made, person=staff.manager)
    assert plans.in_force().directives == ()
    assert plans.in_force(clock.instant - timedelta(minutes=1)).directives == (made,)


def test_version_enacted_under_a_directive_has_it_laid_over(staff: Staff, clock: StandingClock) -> None:
    direct(new(), person=staff.manager)
    clock.forward(minutes=1)
    row = enact(plan_of(*sources_of(Brought("plan.zip", hurried()))), person=staff.manager)
    under = plans.in_force()
    assert (under.version, [each.number for each in under.directives]) == (row.number, [1])


def test_directive_that_breaks_the_plan_is_refused(staff: Staff) -> None:
    with pytest.raises((PlanHasFindings, PlanUnreadable)) as wrong:
        direct(new("promises: {clock: nowhere}"), person=staff.manager)
    assert any(each.place.file.endswith("directives/1.yaml") for each in wrong.value.findings)
    assert not Directive.objects.exists()
    assert not Laid.objects.exists()
    assert PlanVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "directive_untitled"),
        ({"reason": ""}, "directive_without_reason"),
        ({"days": -1}, "directive_over"),
        ({"days": 400}, "directive_too_long"),
        ({"levels": ("nobody",)}, "directive_binds_nobody"),
        ({"overlay": ""}, "directive_says_nothing"),
        ({"overlay": "overlay: ../other"}, "directive_names_files"),
        ({"overlay": "company: {currency: VND}"}, "directive_changes_nothing"),
    ],
)
def test_wrong_directive_is_refused(staff: Staff, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        direct(new(**change), person=staff.manager)
    assert refused.value.code == code


def test_agent_directs_nothing(staff: Staff) -> None:
    with pytest.raises(Refused) as refused:
        direct(new(), person=staff.agent)
    assert refused.value.code == "not_allowed"


def test_plan_in_force_is_one_query(staff: Staff, django_assert_num_queries: Any) -> None:
    direct(new(), person=staff.manager)
    plans.in_force()
    with django_assert_num_queries(1):
        plans.in_force()


@pytest.mark.parametrize(
    ("second", "clash"),
    [
        (CLOSED.replace("closed", '"10:00-12:00"'), ("hours.office.2026-03-06",)),
        (CLOSED.replace("03-06", "03-05"), ()),
        ('hours: {office: {fri: "10:00-12:00"}}', ("hours.office",)),
        ("mission: Khác", ()),
    ],
)
def test_two_directives_clash_where_they_say_otherwise_of_the_same(
    staff: Staff, second: str, clash: tuple[str, ...]
) -> None:
    first = direct(new(), person=staff.manager)
    found = directives.preview(new(second, title="Khác")).conflicts
    assert found == (((first, clash),) if clash else ())
