"""How promises ended, by kind, clause and day, and the ends behind a number."""

from __future__ import annotations

import pytest

from tantam.history.measures import (
    Definition,
    Listed,
    Which,
    behind,
    ended_promises,
    kept_by_clause,
    kept_by_day,
    kept_by_kind,
    measure,
    together,
    uses_by_clause,
)
from tests.history.measures.happenings import DAY, START, SmallPast, at, happening

WEEK = (START, START + 7 * DAY)
MORNING, LATER = 12 * 60, 36 * 60


@pytest.fixture
def past() -> SmallPast:
    first, low = {"kind": "first_reply", "clause": "promises#high"}, {"kind": "resolution", "clause": "promises#low"}
    return SmallPast(
        [
            happening(1, 0, "opened", reference="BX-1", clause="triage#x", stage="after", groups=["g"]),
            happening(1, MORNING, "kept", minutes=12, promise=6, **first),
            happening(1, LATER, "broken", minutes_late=0, promise=7, **low),
            happening(1, LATER + 6, "fulfilled", minutes_late=30, promise=7, **low),
            happening(1, LATER + 7, "fulfilled", minutes_late=99, promise=8, **low),
            happening(-1, LATER + 8, "kept", minutes=5, source="log", **low),
            happening(1, 7 * 1440, "broken", **low),
        ]
    )


def test_ends_are_counted_by_kind_clause_and_day(past: SmallPast) -> None:
    kinds = kept_by_kind(past, *WEEK)
    assert {kind: (each.n, each.kept, each.broken) for kind, each in kinds.items()} == {
        "first_reply": (1, 1, 0),
        "resolution": (2, 1, 1),
    }
    assert kept_by_clause(past, *WEEK)["promises#low"].share == 0.5
    assert kept_by_clause(past, *WEEK, source="desk")["promises#low"].share == 0
    days = kept_by_day(past, [(START + n * DAY, START + (n + 1) * DAY) for n in range(3)])
    assert [(each.n, each.kept) for each in days] == [(1, 1), (2, 1), (0, 0)]
    assert together(days).n == 3 and kept_by_day(past, []) == []


def test_a_delivery_is_a_promise_of_its_own_kind_in_every_count(past: SmallPast) -> None:
    past.delivered(at(MORNING + 1), "broken").delivered(at(MORNING + 2), "kept", purchase="DH-2")

    kinds = kept_by_kind(past, *WEEK)
    assert (kinds["delivery"].n, kinds["delivery"].kept) == (2, 1)
    assert kept_by_day(past, [(START, START + DAY)])[0].n == 3
    found = measure(past, Definition("ours", "promises_kept", "up", promise="delivery"), WEEK, weeks=0)
    assert (found.n, found.hits) == (2, 1)
    assert measure(past, Definition("all", "promises_kept", "up"), WEEK, weeks=0).n == sum(
        each.n for each in kinds.values()
    )
    (broken,) = behind(past, found.definition, WEEK, Listed(only=0))
    assert (broken.case_id, broken.reference, broken.customer) == (None, "DH-1", "7")
    late, *_ = ended_promises(past, WEEK, Which(("broken",), kind="delivery"))
    assert (late.case, late.reference, late.kind) == (None, "DH-1", "delivery")


def test_a_clause_is_used_as_it_opens_promises_or_answers(past: SmallPast) -> None:
    assert uses_by_clause(past, *WEEK) == {"triage#x": 1}


def test_each_end_leads_to_its_case(past: SmallPast) -> None:
    newest, *_, oldest = ended_promises(past, WEEK, Which(("kept", "broken"), source="desk"))
    assert (oldest.case, oldest.reference, oldest.at, oldest.minutes) == (1, "BX-1", at(MORNING), 12)
    assert (newest.code, newest.minutes) == ("broken", 30)


def test_ends_are_chosen_by_kind_clause_stage_and_group(past: SmallPast) -> None:
    def ends(**which: str) -> int:
        return len(ended_promises(past, WEEK, Which(("kept", "broken"), **which)))

    assert (ends(), ends(kind="resolution"), ends(clause="promises#high")) == (3, 2, 1)
    assert (ends(stage="after"), ends(stage="before"), ends(group="g"), ends(group="h")) == (2, 0, 2, 0)
    assert len(ended_promises(past, WEEK, Which(("kept", "broken")), most=1)) == 1
