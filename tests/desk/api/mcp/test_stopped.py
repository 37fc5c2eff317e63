"""A program that the plan stopped: it reads and calls a person, and writes, opens and grants nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.accounts.models import Person, Role
from tantam.desk.assistants.actions import propose
from tantam.desk.assistants.whom import Assistant
from tantam.desk.cases import actions
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor
from tantam.desk.common.errors import Refused
from tantam.desk.plans.providers import ENOUGH
from tantam.desk.providers.actions import Found, stop_provider
from tantam.desk.providers.stopping import stopped
from tantam.desk.reports import stops
from tests.support import assistants
from tests.support.assistants import Helper, admitted
from tests.support.clock import StandingClock
from tests.support.desk import hire, opened


@pytest.fixture
def helper(db: None, clock: StandingClock) -> Helper:
    """A helper whose provider was stopped."""
    plan = assistants.put_in_force()
    made = admitted(hire().manager)
    stop_provider(Found("helper", "reopened", 0.3, 40), plan, clock.instant)
    return made


def test_stopped_it_writes_opens_and_grants_nothing(helper: Helper, hoa: Any) -> None:
    case = opened(hoa)
    assert "stopped" in helper.refused("draft_reply", case=case.reference, words="Please unplug it.")
    with pytest.raises(Refused) as refused:
        propose(case, Assistant(helper.person), "Please unplug it.")
    assert refused.value.code == "assistant_stopped"


def test_stopped_it_still_reads_and_hands_over(helper: Helper, hoa: Any) -> None:
    case = opened(hoa)
    assert helper.call("follow_case", case=case.reference)
    helper.call("hand_over", case=case.reference, summary="She asks for somebody.")
    assert case.events.filter(code="handed_over", person=helper.person).exists()


@pytest.mark.parametrize(("number", "stops_it"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_the_worker_stops_a_program_by_the_cases_in_which_it_wrote(
    plan: Any, hoa: Any, staff: Any, clock: StandingClock, number: int, stops_it: bool
) -> None:
    bong = Person.objects.create(
        email="bong@assistants.invalid", name="Bông", role=Role.ASSISTANT, level="agent", provider="assistant"
    )
    for each in range(number + 3):
        case = opened(hoa)
        if each < number:
            act_on(case, Actor.PERSON, bong).append("assistant_drafted", clause="providers.assistant", draft=each + 1)
        clock.forward(minutes=1)
        actions.resolve(case, staff.agent, "Xong.")
        if each % 3 == 0 or each >= number:  # those in which it wrote nothing are opened again, all of them
            clock.forward(minutes=1)
            actions.reopen(case, by=Actor.PERSON, person=staff.agent, reason="Còn kêu.")
    clock.set_to(clock.instant + timedelta(minutes=5))
    stops.watch()
    assert stopped() == ({"assistant"} if stops_it else frozenset())
