"""Regions: what lies in both, in either, outside; an example of each."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tantam.plan.tables.cells import (
    Interval,
    Members,
    Ordered,
    Region,
    Values,
    complement,
    contains,
    example,
    intersect,
    is_empty,
    ordered,
    union,
    whole,
)
from tantam.plan.tables.types import (
    Date,
    Duration,
    ListOf,
    Money,
    Number,
    OneOf,
    SomeOf,
    Text,
    Time,
    Type,
    Word,
    Words,
    YesNo,
)
from tantam.plan.tables.values import Amount, Family, Span
from tests.plan.tables.tables import FACTS, records, table_of, type_of

AGE = Duration(Family.CALENDAR, Span(Family.CALENDAR))


def region(cell: str, term: str = "owned") -> Region:
    condition = table_of(f"{term} => outcome\n{cell} | x").rows[0].conditions[0]
    assert condition is not None and condition.region is not None
    return condition.region


def test_cells_are_intervals() -> None:
    assert region("<= 7 days") == Ordered((Interval(None, 7),))
    assert region("(7 days..30 days]") == Ordered((Interval(7, 30, True, False),))
    assert region("<= 7 days, > 9 days") == Ordered((Interval(None, 7), Interval(9, None, True)))
    assert region("not 3..5 days") == Ordered((Interval(0, 3, False, True), Interval(5, None, True)))
    assert region("> 2 * 3.50 EUR", "paid") == Ordered((Interval(700, None, True),))


def test_gap_between_whole_days_is_none() -> None:
    assert not is_empty(ordered([Interval(7, 8, True, True)]), Number())
    assert is_empty(ordered([Interval(7, 8, True, True)]), AGE)
    covered = union(region("<= 7 days"), region(">= 8 days"))
    assert covered is not None and complement(covered, AGE) == ()


def test_complement_keeps_to_the_domain() -> None:
    assert complement(region(">= 5 days"), AGE) == (Ordered((Interval(0, 5, False, True),)),)
    assert complement(Values(frozenset({"a"})), OneOf(("a", "b"))) == (Values(frozenset({"b"})),)
    assert complement(Values(frozenset({True, False})), YesNo()) == ()


def test_example_is_what_a_person_would_name() -> None:
    assert example(region("> 7 days"), AGE) == Span(Family.CALENDAR, 8)
    assert example(Ordered((Interval(Fraction(1, 3), Fraction(1, 2)),)), Number()) == Fraction(1, 3)
    assert example(Ordered((Interval(0, 1, True, True),)), Number()) == Fraction(1, 2)
    assert example(region("> 5 EUR", "paid"), Money("EUR")) == Amount(501, "EUR")
    assert example(region("< 2024-01-01", "bought"), Date()) == date(2023, 12, 31)
    assert example(region("none, customer", "fault"), OneOf(("ours", "customer", "none"))) == "customer"
    assert example(region("yes, no", "new"), YesNo()) is False
    assert example(region("yes", "new"), YesNo()) is True
    assert example(region("smoke", "signs"), SomeOf(("smoke", "noise"))) == frozenset({"smoke"})


def test_sets_of_members_split_into_disjoint_parts() -> None:
    kind = SomeOf(("a", "b", "c"))
    parts = complement(Members(frozenset({frozenset({"a"}), frozenset({"b"})}), frozenset({"c"})), kind)
    subsets = [frozenset(each) for each in ([], "a", "b", "c", "ab", "ac", "bc", "abc")]
    inside = frozenset("ab")
    for each in subsets:
        assert sum(contains(part, each) for part in parts) == (each != inside)


KINDS: dict[str, Type] = {
    "owned": AGE,
    "paid": Money("EUR", Amount(0, "EUR")),
    "tries": Number("", 0),
    "fault": type_of("one_of", ["ours", "customer", "none"]),
    "signs": type_of("some_of", ["smoke", "noise", "heat"]),
    "new": YesNo(),
    "bought": Date(),
    "city": Text(),
}


@st.composite
def regions(draw: st.DrawFn, term: str) -> Region:
    from tests.plan.tables.tables import CELLS

    table = None
    while table is None:
        from tests.plan.tables.tables import try_table

        cell = draw(CELLS[term].filter(lambda text: "limit" not in text and "shipping" not in text))
        table, _ = try_table(f"{term} => outcome\n{cell} | x")
    condition = table.rows[0].conditions[0]
    everything = whole(KINDS[term])
    assert everything is not None
    return everything if condition is None or condition.region is None else condition.region


@given(st.data())
def test_regions_keep_the_laws_of_sets(data: st.DataObject) -> None:
    term = data.draw(st.sampled_from(sorted(KINDS)))
    kind = KINDS[term]
    one, two, value = data.draw(regions(term)), data.draw(regions(term)), data.draw(FACTS[term])
    both, either, outside = intersect(one, two), union(one, two), complement(one, kind)
    assert contains(both, value) == (contains(one, value) and contains(two, value))
    if either is not None:
        assert contains(either, value) == (contains(one, value) or contains(two, value))
    assert sum(contains(part, value) for part in outside) == (not contains(one, value))
    if is_empty(both, kind):
        assert not contains(both, value)
    else:
        assert contains(both, example(both, kind))


def test_records_have_no_region() -> None:
    assert whole(records()["item"]) is None


EXTREMES: list[tuple[Type, list[object]]] = [
    (Time(), [time(0), time(23, 59, 59)]),
    (Date(), [date.min, date.max]),
    (Number("", 1, 5), [1, 5]),
    (Money("EUR", Amount(0, "EUR"), Amount(9, "EUR")), [Amount(0, "EUR"), Amount(9, "EUR")]),
    (Duration(Family.WORKING, Span(Family.WORKING), Span(Family.WORKING, 4)), [Span(Family.WORKING, 4)]),
    (OneOf(("a", "b")), ["a", "b"]),
    (YesNo(), [True, False]),
    (SomeOf(("a", "b")), [frozenset(), frozenset({"a", "b"})]),
    (Text(), ["", "x"]),
]


@pytest.mark.parametrize(("kind", "values"), EXTREMES, ids=[type(kind).__name__ for kind, _ in EXTREMES])
def test_the_whole_of_a_type_holds_its_extremes_and_nothing_lies_outside(kind: Type, values: list[object]) -> None:
    everything = whole(kind)
    assert everything is not None and not is_empty(everything, kind)
    assert all(contains(everything, value) for value in values)
    assert complement(everything, kind) == ()
    assert contains(everything, example(everything, kind))


def test_a_day_goes_from_its_first_second_to_its_last() -> None:
    assert complement(region(">= 0:00", "opens"), Time()) == ()
    assert complement(region("<= 23:59", "opens"), Time()) == (Ordered((Interval(86_340, 86_399, True, False),)),)
    assert complement(region(">= 1:00", "opens"), Time()) == (Ordered((Interval(0, 3600, False, True),)),)
    assert complement(region(">= 1:00, < 0:30", "opens"), Time()) == (Ordered((Interval(1800, 3600, False, True),)),)


def test_records_lists_and_words_have_no_regions() -> None:
    item = records()["item"]
    assert [whole(each) for each in (item, ListOf(item), Words(), Word())] == [None] * 4


def test_regions_of_two_domains_are_not_put_together() -> None:
    for join in (union, intersect):
        with pytest.raises(TypeError, match="Ordered and Values are of two domains"):
            join(region("> 5 days"), Values(frozenset({"a"})))
