"""Many open cases moved to another version: which of them, once, and what becomes of one that refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk import plans
from tantam.desk.accounts.models import Role
from tantam.desk.cases.actions import add_note, ask_customer, merge, move_cases, move_to_version, resolve
from tantam.desk.cases.actions.move_cases import MOST_REFUSALS, MOVE, move_on
from tantam.desk.cases.models import Case, Promise
from tantam.desk.cases.moving import Losses
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.plans.models import Move
from tests.desk.cases.test_move_to_version import LATER, SOONER, enacted
from tests.support.clock import StandingClock
from tests.support.desk import Staff, opened

LAST_ROW = "    update_serious      | update      | serious  | -                     |  every 1 working day | office\n"
UPDATE_TOO = (LAST_ROW, LAST_ROW + "    update_normal | update | normal | - |  2 h | office\n")


def at(version: int) -> set[int]:
    return set(Case.objects.filter(plan_version_id=version).values_list("pk", flat=True))


def done(move: Move) -> Move:
    move_on({"move": move.pk})
    move.refresh_from_db()
    return move


def test_only_what_is_under_way_under_the_named_version_moves(staff: Staff, hoa: Any, clock: StandingClock) -> None:
    open_, waiting, over, gone = (opened(hoa) for _ in range(4))
    ask_customer(waiting, staff.agent, "Ảnh ạ?")
    resolve(over, staff.agent)
    merge(gone, staff.agent, open_)
    second = enacted(SOONER, staff=staff).number
    between = opened(hoa)
    third = enacted(LATER, staff=staff).number
    move = move_cases(staff.manager, third, since=1)
    assert (move.total, move.since_id, move.made_at, move.made_by) == (2, 1, clock.instant, staff.manager)
    assert done(move).moved == 2
    assert (at(third), at(second)) == ({open_.pk, waiting.pk}, {between.pk})
    assert done(move_cases(staff.manager, third)).total == 1 and at(third) == {open_.pk, waiting.pk, between.pk}


def test_a_move_of_nothing_is_over_at_once(staff: Staff, hoa: Any, clock: StandingClock) -> None:
    opened(hoa)
    move = move_cases(staff.manager, 1)
    assert (move.total, move.ended_at) == (0, clock.instant)
    assert not DueWork.objects.filter(kind=MOVE).exists()
    assert move_cases(staff.manager, 1) != move, "that one was over: another may be asked for"


def test_the_work_is_asked_for_once_and_now(staff: Staff, hoa: Any, clock: StandingClock) -> None:
    opened(hoa)
    number = enacted(SOONER, staff=staff).number
    move = move_cases(staff.manager, number)
    assert move_cases(staff.manager, number, losses=Losses.TAKE) == move
    work = DueWork.objects.get(kind=MOVE)
    assert (work.payload, work.due_at, move.ended_at) == ({"move": move.pk}, clock.instant, None)


def test_each_move_ends_for_itself(staff: Staff, hoa: Any, clock: StandingClock) -> None:
    opened(hoa)
    number = enacted(SOONER, staff=staff).number
    forward = move_cases(staff.manager, number)
    opened(hoa)
    back = move_cases(staff.manager, 1)
    assert back != forward
    done(forward)
    back.refresh_from_db()
    assert (forward.ended_at, back.ended_at) == (clock.instant, None)


def test_a_case_that_came_after_it_was_asked_stays(staff: Staff, hoa: Any, clock: StandingClock) -> None:
    first = opened(hoa)
    number = enacted(SOONER, staff=staff).number
    Case.objects.update(plan_version_id=number)
    move = move_cases(staff.manager, 1)
    clock.forward(seconds=1)
    later = opened(hoa)
    assert done(move).moved == 1 and (at(1), at(number)) == ({first.pk}, {later.pk})


def test_what_one_case_refuses_is_noted_and_the_others_go_on(staff: Staff, hoa: Any, clock: StandingClock) -> None:
    cases = [opened(hoa), opened(hoa)]
    move = move_cases(staff.manager, enacted(SOONER, staff=staff).number)
    staff.manager.role = Role.AGENT
    staff.manager.save(update_fields=["role"])
    done(move)
    assert (move.moved, move.refused, move.after) == (0, 2, cases[1].pk)
    assert move.refusals == [[each.pk, "not_allowed"] for each in cases] and move.ended_at == clock.instant


def test_so_many_refusals_are_kept_and_all_are_counted(staff: Staff, hoa: Any) -> None:
    case = opened(hoa)
    move = move_cases(staff.manager, enacted(SOONER, staff=staff).number)
    Move.objects.update(refusals=[[each, "not_open"] for each in range(50)], refused=50)
    staff.manager.role = Role.AGENT
    staff.manager.save(update_fields=["role"])
    done(move)
    assert (len(move.refusals), move.refused, MOST_REFUSALS) == (50, 51, 50)
    assert [case.pk, "not_allowed"] not in move.refusals


def test_losses_are_taken_where_the_move_says_so(staff: Staff, hoa: Any) -> None:
    case = opened(hoa)
    number = enacted(LATER, staff=staff).number
    before = case.promises.get(kind="first_reply").due_at
    done(move_cases(staff.manager, number, losses=Losses.TAKE))
    assert case.promises.get(kind="first_reply", state="owed").due_at == before + timedelta(hours=2)


def test_only_a_manager_asks_and_only_for_a_version_that_is_there(staff: Staff, hoa: Any) -> None:
    opened(hoa)
    with pytest.raises(Refused) as refused:
        move_cases(staff.agent, 1)
    assert refused.value.code == "not_allowed"
    with pytest.raises(plans.NoPlan):
        move_cases(staff.manager, 9)
    assert not Move.objects.exists()


# ------------------------------------------------------------------ one case


def test_what_the_new_version_owes_besides_is_promised(staff: Staff, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    number = enacted(UPDATE_TOO, staff=staff).number
    move_to_version(case, staff.manager, number)
    made = case.promises.get(kind="update")
    assert (made.state, made.plan_version_id, made.made_at) == ("owed", number, clock.instant)
    assert case.events.get(code="moved_version").args["new"] == ["update"]


@pytest.mark.parametrize(
    ("losses", "state", "told"), [(Losses.KEEP, "owed", 0), (Losses.TAKE, "withdrawn", 1)], ids=["kept", "taken"]
)
def test_what_the_new_version_owes_no_more_is_lost_only_if_taken(
    losses: Losses, state: str, told: int, staff: Staff, hoa: Any, clock: StandingClock
) -> None:
    first = enacted(UPDATE_TOO, staff=staff).number
    case = opened(hoa)
    lost = case.promises.get(kind="update")
    said = case.messages.count()
    move_to_version(case, staff.manager, 1, losses=losses)
    lost.refresh_from_db()
    event = case.events.get(code="moved_version")
    assert (lost.state, case.messages.count() - said) == (state, told)
    assert (event.args["gone"], event.args["losses"]) == ([lost.pk], losses.value)
    assert (event.plan_version_id, first) == (1, 2)
    assert [each.args["reason"] for each in case.events.filter(code="withdrawn")] == ["moved_version"] * told


def test_closed_cases_and_unread_ones_stay(staff: Staff, hoa: Any) -> None:
    number = enacted(SOONER, staff=staff).number
    Case.objects.update(plan_version_id=1)
    over, unread = opened(hoa), opened(hoa)
    Case.objects.update(plan_version_id=1)
    resolve(over, staff.agent)
    seen = unread.events.order_by("-pk")[0].pk
    add_note(unread, staff.agent, "Khách gọi.")
    for case, more, code in ((over, {}, "not_open"), (unread, {"seen": seen}, "changed_meanwhile")):
        with pytest.raises(Refused) as refused:
            move_to_version(case, staff.manager, number, **more)
        assert refused.value.code == code
    assert at(1) == {over.pk, unread.pk}


def test_its_events_say_whose_promise_ended(staff: Staff, hoa: Any) -> None:
    case = opened(hoa)
    old = case.promises.get(kind="first_reply")
    move_to_version(case, staff.manager, enacted(SOONER, staff=staff).number)
    gone = case.events.get(code="withdrawn")
    new = case.promises.get(kind="first_reply", state=Promise.State.OWED)
    assert (gone.clause, gone.plan_version_id) == (old.clause, 1)
    assert (new.made_at, new.clause, new.clock) == (old.made_at, old.clause, old.clock)
