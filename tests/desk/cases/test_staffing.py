"""What becomes of somebody's cases when they are let go or become something else here."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.accounts.actions.keep_person import Wanted
from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import ask_customer, resolve, take
from tantam.desk.cases.actions.staffing import change_colleague, dismiss
from tantam.desk.cases.models import Case
from tests.support.clock import StandingClock
from tests.support.desk import opened

CARRIER = Wanted("Mai", "agent", "agent", provider="carriers")


@pytest.fixture
def cases(hoa: Any, staff: Any) -> list[Case]:
    """An open, a waiting and a settled case of the agent, and an open one of a colleague."""
    mine = [take(opened(hoa), staff.agent) for _ in range(3)]
    ask_customer(mine[1], staff.agent, "Ảnh ạ?")
    resolve(mine[2], staff.agent)
    return [*mine, take(opened(hoa), staff.colleague)]


def owners(cases: list[Case]) -> list[Person | None]:
    return [Case.objects.get(pk=each.pk).owner for each in cases]


def test_who_is_let_go_leaves_what_is_under_way(cases: list[Case], staff: Any, clock: StandingClock) -> None:
    clock.forward(minutes=1)
    gone, back = dismiss(staff.agent, staff.manager)
    assert (back, gone.is_active) == (2, False)
    assert owners(cases) == [None, None, staff.agent, staff.colleague]
    told = cases[0].events.filter(code="handed_over").latest("pk")
    assert told.args == {"owner_before": staff.agent.pk, "owner": None, "level": "agent"}
    assert (told.person, told.actor, told.at) == (staff.manager, "person", clock.instant)


@pytest.mark.parametrize(
    ("wanted", "left"),
    [(CARRIER, 2), (Wanted("Mai", "agent", "specialist"), 0), (Wanted("Mai", "manager", "manager"), 0)],
    ids=["another house", "another level", "a manager"],
)
def test_who_can_no_longer_answer_a_case_leaves_it(wanted: Wanted, left: int, cases: list[Case], staff: Any) -> None:
    changed, back = change_colleague(staff.agent, staff.manager, wanted)
    assert (changed.level, changed.provider, back) == (wanted.level, wanted.provider, left)
    assert owners(cases)[:2] == ([None, None] if left else [staff.agent, staff.agent])


def test_a_case_of_ones_new_house_stays_ones_own(cases: list[Case], staff: Any) -> None:
    Case.objects.filter(pk=cases[0].pk).update(provider="carriers")
    _, back = change_colleague(staff.agent, staff.manager, CARRIER)
    assert back == 1 and owners(cases)[:2] == [staff.agent, None]
