"""What is known of a case: what was told and what is on record, whatever version of the plan asks."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk import plans
from tantam.desk.cases import grouping
from tantam.desk.cases.actions import open_case, receive, resolve
from tantam.desk.cases.facts import known_of
from tantam.desk.cases.models import Case
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.actions import enact
from tantam.desk.plans.bringing import Brought, plan_of, sources_of
from tests.support.clock import StandingClock
from tests.support.desk import Staff, concern
from tests.support.drafts import files, packed

MANY = "    number: 1..\n"  # of what the customer wants to buy


@pytest.fixture
def told(hoa: Any) -> Case:
    """A case whose customer told of five hundred pieces."""
    return open_case(concern(hoa, told={"pieces": "500"}))


def fewer(staff: Staff) -> RunningPlan:
    """Enact the example with a term that admits at most a hundred pieces."""
    changed = files(terms=(MANY, "    number: 1..100\n"))
    enact(plan_of(*sources_of(Brought("plan.zip", packed(changed)))), person=staff.manager)
    return plans.in_force()


def test_what_a_later_version_cannot_read_is_unknown_to_it(told: Case, staff: Staff, clock: StandingClock) -> None:
    assert "pieces" in known_of(told, plans.in_force(), clock.instant)
    assert "pieces" not in known_of(told, fewer(staff), clock.instant)


def test_a_word_on_a_settled_case_is_kept_where_the_plan_can_no_longer_read_what_was_told(
    told: Case, staff: Staff
) -> None:
    resolve(told, staff.manager, "Đã xong.")
    fewer(staff)
    receive(told, "Máy lại kêu.", channel="web")
    assert Case.objects.get(pk=told.pk).status == Case.Status.OPEN


def test_the_groups_of_a_case_rest_on_what_was_told_too_and_stay_when_it_is_asked_again(
    told: Case, staff: Staff
) -> None:
    changed = files(plan=("    when: age >= 65\n", "    when: pieces > 100\n"))
    enact(plan_of(*sources_of(Brought("plan.zip", packed(changed)))), person=staff.manager)
    grouping.regroup_open({})
    assert "elderly" in grouping.unpacked(Case.objects.get(pk=told.pk).groups)
