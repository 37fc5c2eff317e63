"""Which rows count under each hit policy, and what their results come to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.hits import Hit, Total, total_of
from tantam.plan.tables.types import OneOf
from tantam.plan.tables.values import Amount
from tests.plan.tables.tables import scope_of, table_of, try_table
from tests.support.proving import examples

RANKED = {"ranks": {"outcome": ("replace", "repair", "refund")}}
TABLE = """
row  | fault | new => outcome
some | -     | yes => refund
ours | ours  | -   => replace
more | ours  | yes => repair
same | ours  | yes => refund
rest | otherwise   => judge
"""


def fired(hit: Hit, facts: dict[str, Any], text: str = TABLE, **wanted: Any) -> list[str]:
    table = compile_table(table_of(text, hit=hit, **(RANKED | wanted)), scope_of())
    return [row.name for row in table(facts).rows]


BOTH = {"fault": "ours", "new": True}


@pytest.mark.parametrize(
    ("hit", "rows"),
    [
        (Hit.UNIQUE, ["some", "ours", "more", "same"]),
        (Hit.ANY, ["some", "ours", "more", "same"]),
        (Hit.FIRST, ["some", "ours", "more", "same"]),
        (Hit.PRIORITY, ["ours", "more", "some", "same"]),
        (Hit.RULE_ORDER, ["some", "ours", "more", "same"]),
        (Hit.OUTPUT_ORDER, ["ours", "more", "some", "same"]),
        (Hit.COLLECT, ["some", "ours", "more", "same"]),
    ],
)
def test_rows_count_in_the_order_of_their_policy(hit: Hit, rows: list[str]) -> None:
    assert fired(hit, BOTH) == rows
    assert fired(hit, {"fault": "none", "new": False}) == ["rest"]


@pytest.mark.parametrize("hit", Hit)
def test_one_row_counts_or_all(hit: Hit) -> None:
    answer = compile_table(table_of(TABLE, hit=hit, **RANKED), scope_of())(BOTH)
    assert len(answer.results) == (1 if hit.single else 4)


def test_priority_asks_for_what_could_still_bring_a_more_important_row() -> None:
    table = compile_table(table_of(TABLE, hit=Hit.PRIORITY, **RANKED), scope_of())
    assert table({"new": True}).unknown == "fault"
    assert table({"fault": "ours"}).outputs == {"outcome": ("replace",)}


def test_rows_are_numbered_as_they_were_written_whatever_their_rank() -> None:
    assert [(row.name, row.index) for row in table_of(TABLE, hit=Hit.PRIORITY, **RANKED).rows] == [
        ("ours", 2), ("more", 3), ("some", 1), ("same", 4), ("rest", 5),
    ]  # fmt: skip


def test_the_first_output_ranks_before_the_second() -> None:
    outputs = {"how": OneOf(("soon", "late")), "who": OneOf(("owner", "chief", "agent"))}
    text = (
        "row | new => how | who\na | - | late | owner\nb | yes | soon | agent\nc | - | soon | chief\nd | - | - | owner"
    )
    table = table_of(text, hit=Hit.OUTPUT_ORDER, outputs=outputs)
    assert [row.name for row in table.rows] == ["c", "b", "a", "d"]


def test_what_has_no_order_cannot_be_ranked() -> None:
    assert [each.code for each in try_table(TABLE, hit=Hit.PRIORITY)[1]] == ["T53"]


def test_what_is_worked_out_cannot_be_ranked() -> None:
    text = "new => level\nyes | fault2\nno | gold"
    scope = scope_of(fault2="if(new, level, 'gold')")
    _, found = try_table(text, scope, hit=Hit.OUTPUT_ORDER, outputs={"level": OneOf(("plain", "silver", "gold"))})
    assert [(each.code, each.args["got"]) for each in found] == [("T54", "fault2")]


@settings(max_examples=examples(100), deadline=None)
@given(st.permutations(["replace", "repair", "refund", "judge"]), st.integers(1, 4), st.booleans())
def test_priority_takes_the_most_important_of_all_that_hold(order: list[str], listed: int, new: bool) -> None:
    ranks = {"outcome": tuple(order[:listed])}
    facts = {"fault": "ours", "new": new}
    every = compile_table(table_of(TABLE, hit=Hit.COLLECT), scope_of())(facts)
    rank = {name: place for place, name in enumerate(order[:listed])}
    best = min(every.rows, key=lambda row: (rank.get(row.outputs["outcome"].text, 9), row.index))
    assert fired(Hit.PRIORITY, facts, ranks=ranks)[0] == best.name


def test_totals_of_what_holds() -> None:
    amounts = [Amount(700, "EUR"), Amount(-100, "EUR"), Amount(300, "EUR")]
    assert [total_of(each, amounts) for each in Total] == [
        Amount(900, "EUR"), Amount(-100, "EUR"), Amount(700, "EUR"), 3,
    ]  # fmt: skip
    assert [total_of(each, []) for each in Total] == [None, None, None, 0]
