"""An open case keeps the version it was promised under, and moves only when a manager says so, never worse unsaid."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tantam.desk import plans
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions import (
    ask_customer,
    move_cases,
    move_to_version,
    open_case,
    receive,
    reopen,
    reply,
    resolve,
)
from tantam.desk.cases.actions.move_cases import move_on
from tantam.desk.cases.models import Actor, Case, Message, Promise
from tantam.desk.cases.moving import Fate, Losses, preview
from tantam.desk.claims.deciding import decide_in
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.actions import enact
from tantam.desk.plans.bringing import Brought, plan_of, sources_of
from tests.support.clock import StandingClock
from tests.support.desk import Staff, concern, purchase
from tests.support.drafts import REPLY, files, packed


def enacted(*changed: tuple[str, str], staff: Staff) -> RunningPlan:
    """Enact the example with lines of its promises changed."""
    raw = files()
    text = raw["plan.yaml"].decode()
    for old, new in changed:
        assert old in text
        text = text.replace(old, new, 1)
    enact(plan_of(*sources_of(Brought("plan.zip", packed(raw | {"plan.yaml": text.encode()})))), person=staff.manager)
    return plans.in_force()


SOONER = (REPLY, REPLY.replace("4 h", "1 h"))
LATER = (REPLY, REPLY.replace("4 h", "6 h"))


def fates(case: Case, plan: RunningPlan, clock: StandingClock) -> dict[str, Fate]:
    return {each.kind: each.fate for each in preview(case, plan, clock.instant)}


def owed(case: Case, kind: str = "first_reply") -> Promise:
    return case.promises.get(kind=kind, state=Promise.State.OWED)


def test_open_case_keeps_its_version_and_promises(staff: Staff, hoa: object, clock: StandingClock) -> None:
    case = open_case(concern(hoa))
    due = owed(case).due_at
    enacted(SOONER, staff=staff)
    case.refresh_from_db()
    assert case.plan_version_id == 1
    assert owed(case).due_at == due


def test_sooner_promise_takes_the_place_of_the_old(staff: Staff, hoa: object, clock: StandingClock) -> None:
    case = open_case(concern(hoa))
    old = owed(case)
    plan = enacted(SOONER, staff=staff)
    assert fates(case, plan, clock)["first_reply"] is Fate.SOONER
    move_to_version(case, staff.manager, plan.number)
    case.refresh_from_db()
    new = owed(case)
    assert (case.plan_version_id, new.plan_version_id) == (2, 2)
    assert new.due_at == old.due_at - timedelta(hours=4)  # before the noon break
    assert case.next_due_at == new.due_at
    gone = case.events.get(code="withdrawn")
    assert gone.args["promise"] == old.pk and gone.args["reason"] == "moved_version"


def test_earlier_time_is_kept_unless_the_loss_is_taken(staff: Staff, hoa: object, clock: StandingClock) -> None:
    case = open_case(concern(hoa))
    old = owed(case)
    plan = enacted(LATER, staff=staff)
    assert fates(case, plan, clock)["first_reply"] is Fate.LATER
    said = case.messages.count()
    move_to_version(case, staff.manager, plan.number)
    assert owed(case) == old
    assert case.messages.count() == said
    assert case.events.get(code="moved_version").args["later"] == [old.pk]


def test_customer_is_told_of_a_loss_that_is_taken(staff: Staff, hoa: object, clock: StandingClock) -> None:
    case = open_case(concern(hoa))
    old = owed(case)
    plan = enacted(LATER, staff=staff)
    move_to_version(case, staff.manager, plan.number, losses=Losses.TAKE)
    assert owed(case).due_at == old.due_at + timedelta(hours=2)
    told = case.messages.filter(direction=Message.Direction.OUTGOING).order_by("-id").first()
    assert told is not None and "Trả lời lần đầu" in told.body and "17:00" in told.body


def test_promise_of_the_same_time_rests_on_the_new_version(staff: Staff, hoa: object, clock: StandingClock) -> None:
    case = open_case(concern(hoa))
    kept = owed(case, "resolution")
    plan = enacted(SOONER, staff=staff)
    move_to_version(case, staff.manager, plan.number)
    kept.refresh_from_db()
    assert (kept.state, kept.plan_version_id) == (Promise.State.OWED, plan.number)


def test_time_that_has_passed_already_is_not_promised(staff: Staff, hoa: object, clock: StandingClock) -> None:
    case = open_case(concern(hoa))
    old = owed(case)
    clock.forward(hours=2)
    plan = enacted(SOONER, staff=staff)
    assert fates(case, plan, clock)["first_reply"] is Fate.PASSED
    move_to_version(case, staff.manager, plan.number)
    assert owed(case) == old


def test_promise_whose_clock_stands_moves_with_what_it_stood(staff: Staff, hoa: object, clock: StandingClock) -> None:
    case = open_case(concern(hoa))
    clock.forward(minutes=30)
    ask_customer(case, staff.agent, "Máy màu gì ạ?")
    paused = owed(case, "resolution")
    clock.forward(days=1)
    plan = enacted(("|  5 working days      |", "|  3 working days      |"), staff=staff)
    move_to_version(case, staff.manager, plan.number)
    again = owed(case, "resolution")
    assert again.paused_at == paused.paused_at
    assert again.minutes_left is not None and paused.minutes_left is not None
    assert again.minutes_left < paused.minutes_left
    assert again.minutes_left == plan.minutes_left(again.clock, paused.paused_at, again.due_at) > 0
    receive(case, "Màu trắng", channel="web")
    assert owed(case, "resolution").paused_at is None


def test_what_is_answered_already_is_not_newly_owed(staff: Staff, hoa: object, clock: StandingClock) -> None:
    case = open_case(concern(hoa))
    reply(case, staff.agent, "Dạ, em xem ngay ạ.")
    plan = enacted(LATER, staff=staff)
    assert "first_reply" not in fates(case, plan, clock)


def test_moving_twice_changes_nothing(staff: Staff, hoa: object, clock: StandingClock) -> None:
    case = open_case(concern(hoa))
    plan = enacted(SOONER, staff=staff)
    move_to_version(case, staff.manager, plan.number)
    events = case.events.count()
    move_to_version(case, staff.manager, plan.number)
    assert case.events.count() == events


def test_agent_moves_nothing(staff: Staff, hoa: object) -> None:
    case = open_case(concern(hoa))
    with pytest.raises(Refused) as refused:
        move_to_version(case, staff.agent, 1)
    assert refused.value.code == "not_allowed"


def test_many_cases_move_as_work_and_twice_is_harmless(staff: Staff, hoa: object, clock: StandingClock) -> None:
    cases = [open_case(concern(hoa)) for _ in range(3)]
    plan = enacted(SOONER, staff=staff)
    move = move_cases(staff.manager, plan.number)
    assert move == move_cases(staff.manager, plan.number)
    move_on({"move": move.pk})
    move_on({"move": move.pk})
    move.refresh_from_db()
    assert (move.total, move.moved, move.refused) == (3, 3, 0) and move.ended_at is not None
    assert {Case.objects.get(pk=each.pk).plan_version_id for each in cases} == {plan.number}


def test_claim_pinned_to_its_case_is_decided_by_the_version_of_the_case(
    staff: Staff, hoa: Customer, clock: StandingClock
) -> None:
    bought = purchase(hoa)
    case = open_case(concern(hoa, purchase=bought))
    plan = enacted(SOONER, staff=staff)
    pinned = next(each for each in plan.policies() if not plan.pinned_to_purchase(each))
    assert decide_in(act_on(case, Actor.PLAN), pinned, {}).plan.number == 1
    move_to_version(case, staff.manager, plan.number)
    case.refresh_from_db()
    assert decide_in(act_on(case, Actor.PLAN), pinned, {}).plan.number == plan.number


def test_case_that_is_opened_again_comes_under_the_version_in_force(
    staff: Staff, hoa: object, clock: StandingClock
) -> None:
    case = open_case(concern(hoa))
    resolve(case, staff.agent)
    plan = enacted(SOONER, staff=staff)
    reopen(case)
    case.refresh_from_db()
    assert case.plan_version_id == owed(case).plan_version_id == plan.number
