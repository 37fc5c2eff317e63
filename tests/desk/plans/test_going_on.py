"""How long a talk goes on, and when somebody is called again, is as the plan in force says; else the usual time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tantam.desk import plans
from tantam.desk.plans import calling, ways
from tantam.desk.plans.actions import enact
from tantam.desk.plans.bringing import Brought, plan_of, sources_of
from tantam.desk.plans.going_on import goes_on
from tests.support import desk
from tests.support.drafts import files, packed

SETTLED = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # Monday, ten in the morning in Saigon


def written(person: Any, *, chat: str = "", phone: str = "") -> plans.RunningPlan:
    """Put the example in force with keys added to its channels."""
    told = files(plan=("  chat:\n    label", f"  chat:\n{chat}    label"))
    told["plan.yaml"] = told["plan.yaml"].replace(b"  phone:\n    label", f"  phone:\n{phone}    label".encode())
    enact(plan_of(*sources_of(Brought("plan.zip", packed(told)))), person=person)
    return plans.in_force()


@pytest.mark.parametrize("said, days", [("", 7), ("    goes_on: 3 days\n", 3)])
def test_a_talk_goes_on_as_long_as_the_plan_says(staff: desk.Staff, said: str, days: int) -> None:
    plan = written(staff.manager, chat=said) if said else plans.in_force()
    end = SETTLED + timedelta(days=days)
    assert goes_on(plan, ways.CHAT, None, end)
    assert goes_on(plan, ways.CHAT, SETTLED, end - timedelta(minutes=1))
    assert not goes_on(plan, ways.CHAT, SETTLED, end)


def test_who_was_not_reached_is_called_again_when_the_plan_says(staff: desk.Staff) -> None:
    assert calling.tried_again(plans.in_force(), SETTLED) == SETTLED + timedelta(hours=1)
    plan = written(staff.manager, phone="    tries_again: 30 min\n")
    assert calling.tried_again(plan, SETTLED) == SETTLED + timedelta(minutes=30)
    assert calling.called_back(plan, SETTLED) == SETTLED + timedelta(hours=2)
