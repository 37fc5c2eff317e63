"""A built table knows of each of its parts what was written there and where, and calls its rows by names that stay."""

from __future__ import annotations

import pytest

from tantam.plan.tables.form import Hit, Kind, Table
from tantam.plan.tables.nodes import Expr, children
from tantam.plan.tables.types import Duration, OneOf, SomeOf, Text
from tantam.plan.tables.values import Family, Span
from tests.plan.tables.tables import HERE, scope_of, table_of

SCOPE = scope_of()
MORE = {
    "note": Text(),
    "marks": SomeOf(("smoke", "heat")),
    "rank": OneOf(("low", "high")),
    "grace": Duration(Family.CALENDAR, Span(Family.CALENDAR)),
}
GRID = """fault      | owned < 5 days | paid   => outcome         | say   | note      | marks        | rank | grace
ours       | yes            | > 5 EUR | exchange + refund | sorry | 'as told' | smoke + heat | low  | 3 days
not none   | no             | -       | -                 | 'a b' | city      | smoke        | -    | owned + 1 days
customer   | -              | 1 EUR.. | repair, refund    | -     | new one   | -            | high | 2 * owned
otherwise                   => judge                       | -     | -         | -            | -    | -"""
MUST = "must                     => say\nowned < 5 days and new   | late\nevery(items, in_stock)   | gone"


def lines_of(text: str) -> list[str]:
    return text.split("\n")


def stands(table: Table, text: str) -> list[str]:
    """Return what should be found where, but is not: as it is written, at its place."""
    lines = lines_of(text)
    said = [(each.name, each.place) for each in (*table.inputs, *table.outputs)]
    for row in table.rows:
        said += [(each.text, each.place) for each in row.conditions if each is not None]
        said += [(each.text, each.place) for each in row.outputs.values()]
    return [
        f"{wanted} at {place}"
        for wanted, place in said
        if place.file != HERE.file or not lines[place.line - HERE.line][place.column - HERE.column :].startswith(wanted)
    ]


def parts(expr: Expr) -> list[Expr]:
    return [expr, *(part for each in children(expr) for part in parts(each))]


@pytest.mark.parametrize("text", [GRID, MUST], ids=["grid", "must"])
def test_everything_stands_where_it_was_written(text: str) -> None:
    table = table_of(text, SCOPE, outputs=MORE)
    assert stands(table, text) == []
    assert table.place == HERE
    assert [row.place.line - HERE.line for row in table.rows] == list(range(1, len(lines_of(text))))
    for row in table.rows:
        exprs = [each.expr for each in (*row.conditions, *row.outputs.values()) if each is not None]
        for expr in (part for each in exprs for part in parts(each)):
            assert expr.place is not None and expr.place.file == HERE.file
            # A cell's subject stands in the head.
            assert expr.place.line in (HERE.line, row.place.line)


def test_rows_are_numbered_as_people_count_and_an_absent_result_is_none() -> None:
    table = table_of(GRID, SCOPE, outputs=MORE)
    assert [row.index for row in table.rows] == [1, 2, 3, 4]
    assert [row.otherwise for row in table.rows] == [False, False, False, True]
    assert [sorted(row.outputs) for row in table.rows[1:]] == [
        ["grace", "marks", "note", "say"],
        ["grace", "note", "outcome", "rank"],
        ["outcome"],
    ]
    assert [each is None for each in table.rows[1].conditions] == [False, False, True]
    assert all(each is None for each in table.rows[3].conditions)


def test_results_are_words_sets_texts_and_values() -> None:
    first, second, third, _ = table_of(GRID, SCOPE, outputs=MORE).rows
    found = {name: getattr(out.expr, "value", None) for name, out in first.outputs.items()}
    assert found == {
        "outcome": ("exchange", "refund"),
        "say": "sorry",
        "note": "as told",
        "marks": frozenset({"smoke", "heat"}),
        "rank": "low",
        "grace": Span(Family.CALENDAR, 3),
    }
    assert getattr(second.outputs["note"].expr, "path", None) == ("city",)
    assert getattr(second.outputs["say"].expr, "value", None) == "a b"
    assert getattr(third.outputs["note"].expr, "value", None) == "new one"
    assert getattr(third.outputs["outcome"].expr, "value", None) == ("repair", "refund")


def names(text: str, **wanted: object) -> list[str]:
    return [row.name for row in table_of(text, SCOPE, **wanted).rows]


def test_a_rows_name_stays_when_rows_are_moved_and_cells_are_laid_out_anew() -> None:
    one, two, three = names("fault | new => outcome\nours | yes | x\nnone | - | y\notherwise | z")
    assert names("fault | new => outcome\nnone | - | other\n  ours   | yes | x\notherwise | z") == [two, one, three]
    assert (len({one, two}), three) == (2, "otherwise")
    assert names("fault | new => outcome\nours | no | x") != [one]


def test_a_row_whose_conditions_come_again_is_counted_and_its_own_name_is_kept() -> None:
    first, *others = names("fault => outcome\nours | x\nours | y\nours | z")
    assert others == [f"{first}-2", f"{first}-3"]
    assert names("row | fault => outcome\na | ours | x\nb | ours | y") == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "kind", "hit"),
    [
        ("fault => outcome\nours | x", Kind.GRID, Hit.UNIQUE),
        ("when => outcome\nnew | x", Kind.LADDER, Hit.FIRST),
        ("must => say\nnew | x", Kind.MUST, Hit.FIRST),
        ("level \\ fault | ours\ngold | 3 days", Kind.CROSS, Hit.UNIQUE),
        ("promise | fault => within\nreply | ours | 3 days", Kind.PROMISES, Hit.SOONEST),
    ],
)
def test_the_head_says_of_which_kind_a_table_is_and_which_rows_count(text: str, kind: Kind, hit: Hit) -> None:
    cross = {"cross": "within"} if kind is Kind.CROSS else {}
    labels = {"labels": frozenset({"promise"})} if kind is Kind.PROMISES else {}
    table = table_of(text, SCOPE, **cross, **labels)
    assert (table.kind, table.hit, table.name) == (kind, hit, "policies.exchange.decides")
    assert table.labels == (("promise",) if labels else ())
    assert table_of(text, SCOPE, hit=Hit.COLLECT, **cross, **labels).hit is Hit.COLLECT


def test_of_a_table_with_names_the_rows_of_one_are_a_table() -> None:
    text = "promise | fault => within\nreply | ours | 3 days\nrepair | - | 5 days\nreply | otherwise | 4 days"
    table = table_of(text, SCOPE, labels=frozenset({"promise"}))
    reply = table.only("promise", "reply")
    assert [(row.index, row.labels) for row in reply.rows] == [(1, {"promise": "reply"}), (3, {"promise": "reply"})]
    assert table.only("promise", "call").rows == ()
