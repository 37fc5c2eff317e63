"""What would have become of a promise follows from what was really done and when, on the draft's own clocks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tantam.plan.sections import read_text
from tantam.plan.whatif import Fate, Tells, Turn
from tests.plan.whatif.cases import ALWAYS, BERLIN, SMALL, at, changed, over, past, plan, promised

BROKEN = {"topic": "broken", "danger": "no", "business": "no"}
SMOKES = BROKEN | {"danger": "yes"}
PLAN = plan()


def test_reply_in_time_keeps_and_a_minute_later_breaks() -> None:
    for minute, fate in ((0, Fate.KEPT), (1, Fate.BROKEN)):
        case = past(at(2), Turn(at(2), words=(at(2, 14, minute),)), facts=BROKEN)
        found = promised(PLAN, case, "first_reply")
        assert (found.due, found.fate) == (at(2, 14), fate)


def test_what_a_contract_promised_is_no_drafts_to_judge() -> None:
    case = past(at(2), facts=BROKEN, by_contract=frozenset({"first_reply"}))
    assert {each.kind for each in over(PLAN, case).cases[case.key].promises} == {"resolution"}


def test_case_opened_outside_hours_counts_from_the_opening_of_the_office() -> None:
    saturday = past(at(7, 22), Turn(at(7, 22), words=(at(9, 11, 59),)), facts=BROKEN)
    found = promised(PLAN, saturday, "first_reply")
    assert (found.due, found.fate) == (at(9, 12), Fate.KEPT)


def test_case_never_resolved_breaks_once_its_time_has_come_and_is_open_before() -> None:
    case = past(at(2), facts=BROKEN)
    assert promised(PLAN, case, "resolution", until=at(4, 16, 59)).fate is Fate.OPEN
    assert promised(PLAN, case, "resolution", until=at(4, 17)).fate is Fate.BROKEN


def test_waiting_moves_what_pauses_and_leaves_the_first_reply() -> None:
    wait = (at(2, 10), at(3, 10))
    turn = Turn(at(2), resolved=at(5, 9), words=(at(2, 10),), waits=(wait,))
    case = past(at(2), turn, facts=BROKEN)
    found = promised(PLAN, case, "resolution")
    assert (found.due, found.moved, found.fate) == (at(4, 17), at(5, 17), Fate.KEPT)
    reply = promised(PLAN, case, "first_reply")
    assert reply.due == reply.moved == at(2, 14)


def test_plan_that_pauses_nothing_breaks_while_the_customer_is_waited_for() -> None:
    strict = changed(("promises:\n  clock: office", "promises:\n  clock: office\n  pauses: []"))
    turn = Turn(at(2), resolved=at(5, 9), waits=((at(2, 10), at(3, 10)),))
    assert promised(strict, past(at(2), turn, facts=BROKEN), "resolution").fate is Fate.BROKEN


def test_case_settled_while_the_customer_is_waited_for_is_kept() -> None:
    turn = Turn(at(2), resolved=at(20), words=(at(2, 10),), waits=((at(2, 10), at(20)),))
    found = promised(PLAN, past(at(2), turn, facts=BROKEN), "resolution")
    assert (found.moved, found.fate) == (None, Fate.KEPT)


def test_waiting_without_an_end_leaves_the_promise_open() -> None:
    turn = Turn(at(2), words=(at(2, 10),), waits=((at(2, 10), None),))
    assert promised(PLAN, past(at(2), turn, facts=BROKEN), "resolution").fate is Fate.OPEN


def test_what_was_due_before_the_waiting_began_is_broken() -> None:
    turn = Turn(at(2), resolved=at(20), waits=((at(5), at(20)),))
    assert promised(PLAN, past(at(2), turn, facts=BROKEN), "resolution").fate is Fate.BROKEN


def test_word_of_the_customer_keeps_the_resolution_and_withdraws_the_rest() -> None:
    turn = Turn(at(2), resolved=at(2, 10), by_customer=True)
    case = past(at(2), turn, facts=BROKEN)
    assert promised(PLAN, case, "resolution").fate is Fate.KEPT
    assert promised(PLAN, case, "first_reply").fate is Fate.WITHDRAWN


def test_repeating_promise_counts_each_time_and_is_broken_if_one_is_missed() -> None:
    words = (at(2, 10), at(2, 14), at(2, 16))
    turn = Turn(at(2), resolved=at(2, 16, 30), words=words)
    found = promised(PLAN, past(at(2), turn, facts=SMOKES), "update")
    # Due at 11, 12, 16 and 9 the next morning; told at 10, 14, 16 and 16.30.
    assert (found.times, found.missed, found.fate) == (4, 1, Fate.BROKEN)


def test_reopening_promises_anew_from_the_reopening() -> None:
    again = at(10, 9)
    case = past(at(2), Turn(at(2), resolved=at(3)), Turn(again, resolved=at(13)), facts=BROKEN)
    found = over(PLAN, case).cases[case.key].promises
    done = {each.turn: (each.due, each.fate) for each in found if each.kind == "resolution"}
    assert done == {0: (at(4, 17), Fate.KEPT), 1: (at(12, 17), Fate.BROKEN)}


@pytest.mark.parametrize(
    ("day", "month", "due"),
    [
        (27, 3, datetime(2026, 3, 30, 8, tzinfo=UTC)),  # summer time begins on the 29th: 10 in the morning is 8 in UTC
        (23, 10, datetime(2026, 10, 26, 9, tzinfo=UTC)),  # it ends on the 25th: 10 in the morning is 9 in UTC
    ],
)
def test_open_hours_over_both_changes_of_the_clocks(day: int, month: int, due: datetime) -> None:
    berlin = read_text(SMALL.replace("Asia/Ho_Chi_Minh", "Europe/Berlin"))
    opened = at(day, 15, month=month, zone=BERLIN)
    found = promised(berlin, past(opened, facts=BROKEN), "first_reply")
    assert found.due == due


def test_draft_in_another_zone_counts_on_its_own_clocks() -> None:
    berlin = read_text(SMALL.replace("Asia/Ho_Chi_Minh", "Europe/Berlin"))
    case = past(at(2, 9), facts=BROKEN)  # three in the morning in Berlin
    assert promised(berlin, case, "first_reply").due == at(2, 12, zone=BERLIN)


def test_log_without_replies_tells_only_what_was_surely_kept() -> None:
    for resolved, fate in ((at(2, 13), Fate.KEPT), (at(3), Fate.UNKNOWN)):
        case = past(at(2), Turn(at(2), resolved=resolved), facts=BROKEN, tells=Tells.NONE)
        assert promised(PLAN, case, "first_reply").fate is fate
    asked = past(at(2), Turn(at(2), words=(at(2, 13),)), facts=BROKEN, tells=Tells.NONE)
    assert promised(PLAN, asked, "first_reply").fate is Fate.KEPT


def test_log_of_first_replies_does_not_tell_of_repeats() -> None:
    case = past(at(2), Turn(at(2), words=(at(2, 9, 30),)), facts=SMOKES, tells=Tells.FIRST)
    assert promised(PLAN, case, "first_reply").fate is Fate.KEPT
    assert promised(PLAN, case, "update").fate is Fate.UNKNOWN


def test_hours_that_never_open_again_give_no_due() -> None:
    once = changed(('office: {mon-fri: "08:00-12:00, 13:00-17:00"}', 'office: {"2026-03-02": "08:00-12:00"}'))
    found = promised(once, past(at(3), facts=BROKEN), "first_reply")
    assert (found.due, found.fate) == (None, Fate.UNKNOWN)


def test_what_is_due_as_it_is_made_is_not_promised() -> None:
    at_once = changed(("=> 4 h", "=> 0 min"))
    case = past(at(2), facts=BROKEN, asked=ALWAYS)
    assert all(each.kind != "first_reply" for each in over(at_once, case).cases[case.key].promises)
