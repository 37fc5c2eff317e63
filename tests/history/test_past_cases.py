"""Events become past cases: turns from opening to settling, words, waiting, facts, and how promises ended."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tantam.history.measures import measure, standard
from tantam.history.past import Past, open_past
from tantam.history.past_cases import ALL, Wanted, ends, past_cases
from tantam.plan.whatif import Claim, Counted, PastCase, Placed, Tells, Turn
from tests.support.log import imported

BEGAN = datetime(2026, 3, 2, 2, tzinfo=UTC)


def hour(number: float) -> datetime:
    return BEGAN + timedelta(hours=number)


def events(*told: tuple[float, str, dict[str, Any]], case: int = -1) -> list[dict[str, Any]]:
    """Return events of a case: so many hours after BEGAN, a code, other columns."""
    return [
        {
            "id": abs(case) * 1000 + number,
            "case_id": case,
            "instant": hour(hours).replace(tzinfo=None),
            "code": code,
            "actor": "person",
            "clause": "",
            **more,
        }
        for number, (hours, code, more) in enumerate(told)
    ]


def opened(**more: Any) -> tuple[float, str, dict[str, Any]]:
    return 0, "opened", {"actor": "customer", "reference": "INC1", **more}


def history(tmp_path: Path, *some: dict[str, Any], source: str = "log") -> Past:
    imported(tmp_path, list(some), source)
    return open_past(tmp_path / "history")


def only(past: Past, wanted: Wanted = ALL) -> PastCase:
    (case,) = past_cases(past, wanted)
    return case


def test_head_facts_and_place_are_those_of_the_opening(tmp_path: Path) -> None:
    facts, recorded = json.dumps({"danger": "no", "note": ""}), json.dumps({"age": "70"})
    told = opened(
        facts=facts, recorded=recorded, groups=["loyal"], channel="mail", topic="faulty", language="vi",
        stage="after", severity="normal", level="agent",
    )  # fmt: skip
    case = only(history(tmp_path, *events(told)))
    assert (case.key, case.source, case.reference, case.opened) == (-1, "log", "INC1", BEGAN)
    assert (case.told, case.recorded, case.groups) == ({"danger": "no"}, {"age": "70"}, frozenset({"loyal"}))
    assert (case.channel, case.topic, case.language) == ("mail", "faulty", "vi")
    assert case.placed == Placed("after", "normal", "agent")
    assert case.turns == (Turn(BEGAN),)


def test_what_the_log_does_not_know_stays_unknown(tmp_path: Path) -> None:
    case = only(history(tmp_path, *events(opened())))
    assert (case.told, case.recorded, case.groups, case.placed) == ({}, {}, None, Placed())


def test_what_a_contract_promised_is_told_apart_from_what_the_rows_did(tmp_path: Path) -> None:
    by_contract, by_row = (
        {"kind": "first_reply", "clause": "precedence"},
        {"kind": "resolution", "clause": "promises#done"},
    )
    made = (0, "promised", by_contract), (0, "promised", by_row), (1, "kept", by_contract), (2, "broken", by_row)
    case = only(history(tmp_path, *events(opened(), *made)))
    assert case.by_contract == {"first_reply"}
    assert case.ended == {"resolution": Counted(promised=1, broken=1)}


def test_words_waiting_and_settling_make_a_turn(tmp_path: Path) -> None:
    told = (opened(), (1, "replied", {}), (2, "asked", {}), (2, "paused", {}), (4, "received", {}), (5, "resolved", {}))
    (turn,) = only(history(tmp_path, *events(*told))).turns
    assert turn == Turn(BEGAN, hour(5), False, (hour(1), hour(2)), ((hour(2), hour(4)),))


def test_waiting_is_what_the_measures_leave_out(tmp_path: Path) -> None:
    waited = (
        opened(),
        (2, "asked", {}),
        (3, "replied", {}),
        (4, "asked", {}),
        (6, "received", {}),
        (7, "received", {}),
    )
    settled = (*waited, (8, "asked", {}), (9, "resolved", {}), (10, "received", {}), (11, "reopened", {}))
    told = (*settled, (12, "received", {}), (13, "asked", {}), (15, "resolved", {}))
    past = history(tmp_path, *events(*told))
    waits = [(end or hour(15)) - begin for turn in only(past).turns for begin, end in turn.waits]
    whole, working = (
        measure(past, replace(standard("resolution", ""), leaves_out=leaves_out), (BEGAN, hour(24)), weeks=0).value
        for leaves_out in ((), ("waiting",))
    )
    assert whole is not None and working is not None
    assert sum(waits, timedelta()) == timedelta(minutes=whole - working) == timedelta(hours=7)


def test_waiting_ends_with_settling_and_else_with_nothing(tmp_path: Path) -> None:
    settled = events(opened(), (2, "asked", {}), (3, "resolved", {"actor": "customer"}))
    waiting = events(opened(), (2, "asked", {}), case=-2)
    by_key = {case.key: case.turns[0] for case in past_cases(history(tmp_path, *settled, *waiting))}
    assert by_key[-1].waits == ((hour(2), hour(3)),) and by_key[-1].by_customer
    assert by_key[-2].waits == ((hour(2), None),)


def test_reopening_begins_another_turn_and_what_lies_between_counts_nowhere(tmp_path: Path) -> None:
    told = (opened(), (1, "resolved", {}), (2, "replied", {}), (3, "reopened", {}), (4, "replied", {}))
    case = only(history(tmp_path, *events(*told)))
    assert case.turns == (Turn(BEGAN, hour(1)), Turn(hour(3), words=(hour(4),)))
    assert case.resolved is None


def test_decisions_are_words_where_a_person_says_them(tmp_path: Path) -> None:
    told = (opened(), (1, "granted", {"actor": "plan"}), (2, "granted", {}), (3, "refused", {}))
    assert only(history(tmp_path, *events(*told))).turns[0].words == (hour(2), hour(3))


def test_promises_of_tables_are_counted_by_kind_and_those_of_policies_are_not(tmp_path: Path) -> None:
    told = (
        opened(),
        (0, "promised", {"kind": "resolution", "clause": "promises#a"}),
        (0, "promised", {"kind": "refund", "clause": "policies.refund.decides#b"}),
        (1, "kept", {"kind": "refund", "clause": "policies.refund.decides#b"}),
        (2, "broken", {"kind": "resolution", "clause": "promises#a"}),
    )
    assert only(history(tmp_path, *events(*told))).ended == {"resolution": Counted(promised=1, broken=1)}


@pytest.mark.parametrize(("code", "tells"), [("replied", Tells.FIRST), ("asked", Tells.NONE)])
def test_log_with_replies_tells_the_first_and_one_without_tells_none(tmp_path: Path, code: str, tells: Tells) -> None:
    assert only(history(tmp_path, *events(opened(), (1, code, {})))).tells is tells


def test_stretch_takes_the_openings_in_it_with_their_whole_life(tmp_path: Path) -> None:
    late = (opened()[0] + 24, "opened", opened()[2])
    past = history(tmp_path, *events(opened(), (30, "resolved", {})), *events(late, case=-2))
    assert only(past, Wanted(until=hour(24))).resolved == hour(30)
    assert only(past, Wanted(since=hour(24))).key == -2
    assert list(past_cases(past, Wanted(source="elsewhere"))) == []
    assert only(past, Wanted(until=hour(1), asked={"log": frozenset({"x"})})).asked == {"x"}
    assert ends(past) == hour(30) and ends(past, "elsewhere") is None


def test_batches_leave_no_case_out_and_none_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tantam.history.past_cases.BATCH", 3)
    some = [each for number in range(1, 11) for each in events(opened(), (1, "resolved", {}), case=-number)]
    keys = [case.key for case in past_cases(history(tmp_path, *some))]
    assert keys == sorted(range(-10, 0))


def test_claims_are_those_decided_each_as_it_was_last(tmp_path: Path) -> None:
    told = events(
        opened(),
        (1, "claimed", {"claim": 7, "policy": "exchange"}),
        (2, "refused", {"claim": 7}),
        (3, "granted", {"claim": 7, "policy": "exchange", "outcome": "swap", "minor": 500, "currency": "EUR"}),
        (4, "claimed", {"claim": 8, "policy": "refund"}),
        (5, "refused", {"claim": 8}),
        (6, "claimed", {"claim": 9, "policy": "refund"}),
    )
    exchange, refund = only(history(tmp_path, *told)).claims
    assert exchange == Claim("exchange", "swap", hour(3), 500)
    assert refund == Claim("refund", "", hour(5), 0)


def test_what_was_chosen_counts_as_decided_when_it_was_granted(tmp_path: Path) -> None:
    told = events(
        opened(),
        (1, "granted", {"claim": 7, "policy": "refund", "outcome": "less_fee", "minor": 90, "currency": "EUR"}),
        (2, "chosen", {"claim": 7, "policy": "refund", "outcome": "credit", "minor": 100, "currency": "EUR"}),
    )
    assert only(history(tmp_path, *told)).claims == (Claim("refund", "credit", hour(1), 100),)


def test_a_log_that_names_no_claims_has_one_for_each_decision(tmp_path: Path) -> None:
    given = {"policy": "refund", "outcome": "full", "currency": "EUR"}
    told = events(opened(), (1, "granted", {**given, "minor": 100}), (2, "granted", {**given, "minor": 200}))
    assert [each.minor for each in only(history(tmp_path, *told)).claims] == [100, 200]


def test_a_refusal_of_which_nobody_knows_the_policy_is_no_claim(tmp_path: Path) -> None:
    assert only(history(tmp_path, *events(opened(), (1, "refused", {})))).claims == ()
