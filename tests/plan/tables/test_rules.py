"""What may be added, multiplied, compared and chosen between, of which types, and what comes of it: all pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tantam.plan.tables.checking import check
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.functions import call_type
from tantam.plan.tables.nodes import Call, Literal
from tantam.plan.tables.rules import fits
from tantam.plan.tables.scope import Given
from tantam.plan.tables.types import (
    Broken,
    Date,
    Duration,
    ListOf,
    Moment,
    Money,
    Number,
    OneOf,
    RecordOf,
    SomeOf,
    Text,
    Type,
    Word,
    YesNo,
)
from tantam.plan.tables.values import Amount, Family, Span
from tests.plan.tables.tables import HERE, records, try_scope

GRIDS = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text("utf-8"))
TERMS = {
    "number": "tries", "percent": "percent", "pieces": "pieces", "money": "paid", "dollars": "dollars",
    "days": "owned", "hours": "waited", "working": "working", "any": "any", "date": "bought", "moment": "told",
    "time": "opens", "yes_no": "new", "fault": "fault", "colour": "colour", "set": "signs", "text": "city",
    "list": "items",
}  # fmt: skip
SCOPE, _ = try_scope(
    Given("percent", Number("%"), HERE),
    Given("pieces", Number("pieces", whole=True), HERE),
    Given("dollars", Money("USD"), HERE),
    Given("working", Duration(Family.WORKING), HERE),
    Given("any", Duration(None), HERE),
    Given("colour", OneOf(("red", "none")), HERE),
)
ITEM, SWAP = records()["item"], records()["swap"]
DAYS, HOURS = Duration(Family.CALENDAR), Duration(Family.EXACT)
FAULT = OneOf(("ours", "customer", "none"))


@pytest.mark.parametrize("grid", GRIDS.values(), ids=list(GRIDS))
def test_two_values_give_what_the_grid_says_and_all_else_is_refused(grid: dict[str, Any]) -> None:
    found: dict[str, dict[str, str]] = {}
    for left, one in TERMS.items():
        for right, two in TERMS.items():
            tree, wrong = parse(grid["form"].format(one, two), HERE)
            assert tree is not None and not wrong
            checked, findings = check(tree, SCOPE)
            assert len(findings) <= 1
            if not findings:
                found.setdefault(left, {})[right] = str(checked.type)
    assert found == grid["gives"]


@pytest.mark.parametrize(
    ("got", "wanted", "stands"),
    [
        (Broken(), YesNo(), True),
        (Text(), Broken(), True),
        (DAYS, DAYS, True),
        (HOURS, DAYS, True),
        (HOURS, Duration(Family.CALENDAR, Span(Family.CALENDAR)), True),
        (HOURS, Duration(Family.CALENDAR, Span(Family.CALENDAR, 1)), False),
        (DAYS, Duration(Family.CALENDAR, Span(Family.CALENDAR, 1)), True),
        (Duration(None), Duration(Family.CALENDAR, Span(Family.CALENDAR, 1)), True),
        (OneOf(("ours",)), FAULT, True),
        (FAULT, OneOf(("ours",)), False),
        (SomeOf(("a",)), SomeOf(("a", "b")), True),
        (SomeOf(("a", "b")), SomeOf(("a",)), False),
        (FAULT, Text(), True),
        (FAULT, Word(), True),
        (Text(), Word(), True),
        (Text(), FAULT, False),
        (ITEM, ITEM, True),
        (ITEM, SWAP, False),
        (ITEM, RecordOf("item", {}), True),
        (ListOf(ITEM), ListOf(ITEM), True),
        (ListOf(ITEM), ListOf(SWAP), False),
        (ListOf(ITEM), ITEM, False),
        (Number(), Number("%"), True),
        (Number("a"), Number("b"), False),
        (Money("EUR"), Money("EUR"), True),
        (Money("EUR"), Money("USD"), False),
        (Number(), Money("EUR"), False),
        (YesNo(), YesNo(), True),
        (YesNo(), Text(), False),
        (Date(), Date(), True),
        (Date(), Moment(), False),
    ],
)
def test_a_value_stands_where_its_type_fits(got: Type, wanted: Type, stands: bool) -> None:
    assert fits(got, wanted) is stands


def literal(value: Any, kind: Type) -> Literal:
    return Literal(value, HERE, kind)


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("abs", [(Amount(-5, "EUR"), Money("EUR"))], Money("EUR")),
        ("min", [(1, Number(whole=True)), (2, Number("%"))], Number("%")),
        ("round", [(1, Number("%"))], Number("%")),
        ("round", [(Amount(1, "EUR"), Money("EUR")), (9, Number())], Money("EUR")),
        ("round", [(Amount(1, "EUR"), Money("EUR")), (-9, Number())], Money("EUR")),
        ("deadline", [(None, Date()), (None, Duration(Family.WORKING))], Date()),
        ("if", [(True, YesNo()), (None, FAULT), (None, Text())], Text()),
    ],
)
def test_a_function_gives_the_type_of_what_it_takes(name: str, values: list[tuple[Any, Type]], kind: Type) -> None:
    call = Call(name, tuple(literal(*each) for each in values), HERE)
    assert call_type(call) == (kind, [])


@pytest.mark.parametrize("digits", [(10, Number()), (-10, Number()), (True, YesNo()), ("1", Text())])
def test_so_many_digits_nobody_rounds_to(digits: tuple[Any, Type]) -> None:
    _, findings = call_type(Call("round", (literal(1, Number()), literal(*digits)), HERE))
    assert [each.code for each in findings] == ["T50"]


@pytest.mark.parametrize("family", [None, Family.EXACT])
def test_a_deadline_counts_days_or_working_days_alone(family: Family | None) -> None:
    _, findings = call_type(Call("deadline", (literal(None, Date()), literal(None, Duration(family))), HERE))
    assert [(each.code, each.args["allowed"]) for each in findings] == [
        ("T45", "duration(days), duration(working days)")
    ]
