"""Small scopes and tables for the tests of this room, and strategies that write random ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tantam.plan.errors import Finding, Place
from tantam.plan.tables.domains import read_type
from tantam.plan.tables.form import Hit, Table, Wanted
from tantam.plan.tables.reader import read_table
from tantam.plan.tables.scope import Computed, Declared, Given, Scope
from tantam.plan.tables.table import build_table
from tantam.plan.tables.terms import build_scope
from tantam.plan.tables.types import Duration, RecordOf, Type, Word, Words
from tantam.plan.tables.values import Amount, Family, Span

HERE = Place("plan.yaml", 10, 5)
ITEM = {"kind": {"text": "any"}, "price": {"money": "0.."}, "in_stock": {"yes_no": "any"}}
TERMS: dict[str, tuple[str, Any]] = {
    "fault": ("one_of", ["ours", "customer", "none"]),
    "signs": ("some_of", ["smoke", "noise", "heat"]),
    "level": ("one_of", ["plain", "silver", "gold"]),
    "owned": ("duration", "0 days.."),
    "waited": ("duration", "0 min.."),
    "paid": ("money", "0.."),
    "shipping": ("money", "0.."),
    "tries": ("number", "0.."),
    "share": ("number", "0..1"),
    "new": ("yes_no", "any"),
    "broken": ("yes_no", "any"),
    "bought": ("date", "any"),
    "told": ("moment", "any"),
    "seen": ("moment", "any"),
    "opens": ("time", "any"),
    "city": ("text", "any"),
    "swaps": ("list", "swap"),
    "items": ("list", "item"),
    "käufer": ("one_of", ["verbraucher", "unternehmer"]),
}
OUTPUTS: dict[str, Type] = {
    "outcome": Words(),
    "say": Word(),
    "law": Word(),
    "within": Duration(Family.CALENDAR, Span(Family.CALENDAR)),
}


def type_of(kind: str, spec: Any, records: dict[str, RecordOf] | None = None) -> Type:
    found, findings = read_type(kind, spec, HERE, records=records or {}, currency="EUR")
    assert found is not None and not findings, [each.sentence() for each in findings]
    return found


def records() -> dict[str, RecordOf]:
    item = RecordOf("item", {name: type_of(*next(iter(spec.items()))) for name, spec in ITEM.items()})
    return {"item": item, "swap": RecordOf("swap", {"old": item, "new": item})}


def declared() -> list[Declared]:
    known = records()
    return [Given(name, type_of(kind, spec, known), HERE) for name, (kind, spec) in TERMS.items()]


def scope_of(**computed: str) -> Scope:
    """Return the scope of TERMS and further computed terms; it has no findings."""
    scope, findings = try_scope(*(Computed(name, text, HERE) for name, text in computed.items()))
    assert not findings, [each.sentence() for each in findings]
    return scope


def try_scope(*more: Declared) -> tuple[Scope, list[Finding]]:
    return build_scope([*declared(), *more], records(), "EUR")


def table_of(text: str, scope: Scope | None = None, **wanted: Any) -> Table:
    """Return the table written in `text`; it has no findings."""
    table, findings = try_table(text, scope, **wanted)
    assert table is not None and not findings, [each.sentence() for each in findings]
    return table


def try_table(text: str, scope: Scope | None = None, **wanted: Any) -> tuple[Table | None, list[Finding]]:
    read, findings = read_table(text, HERE)
    if read is None:
        return None, findings
    want = Wanted("policies.exchange.decides", OUTPUTS | wanted.pop("outputs", {}), **wanted)
    table, more = build_table(read, scope or scope_of(), want)
    return table, [*findings, *more]


def codes(text: str, **wanted: Any) -> list[str]:
    return [each.code for each in try_table(text, **wanted)[1]]


# Random facts and cells of the same terms.

days = st.integers(0, 12).map(lambda count: Span(Family.CALENDAR, count))
ages = st.integers(0, 800).map(lambda count: Span.age(date(2024, 1, 31), date.fromordinal(738916 + count)))
FACTS: dict[str, st.SearchStrategy[Any]] = {
    "fault": st.sampled_from(["ours", "customer", "none"]),
    "signs": st.frozensets(st.sampled_from(["smoke", "noise", "heat"])),
    "owned": st.one_of(days, ages),
    "paid": st.integers(0, 600).map(lambda minor: Amount(minor, "EUR")),
    "tries": st.one_of(st.integers(0, 6), st.sampled_from([Fraction(1, 2), Fraction(7, 2)])),
    "new": st.booleans(),
    "bought": st.integers(738_900, 738_910).map(date.fromordinal),
    "city": st.sampled_from(["Huế", "Hà Nội", "Köln"]),
}


def facts() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: st.one_of(st.none(), each) for name, each in FACTS.items()})


def _ordered(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    compared = st.tuples(st.sampled_from(["<", "<=", ">", ">=", "!=", ""]), values).map(" ".join)
    pair = st.tuples(st.sampled_from(["", "(", "["]), values, values, st.booleans())
    spans = pair.map(lambda p: f"{p[0]}{p[1]}..{p[2]}" + (("]" if p[3] else ")") if p[0] else ""))
    return _listed(st.one_of(compared, spans))


def _listed(tests: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    listed = st.lists(tests, min_size=1, max_size=3).map(", ".join)
    return st.one_of(st.just("-"), st.just("-"), listed, listed, listed.map(lambda text: f"not {text}"))


CELLS: dict[str, st.SearchStrategy[str]] = {
    "fault": _listed(st.sampled_from(["ours", "customer", "'none'", "!= ours"])),
    "signs": _listed(st.sampled_from(["smoke", "has noise", "heat"])),
    "owned": _ordered(
        st.one_of(st.integers(0, 12).map("{} days".format), st.sampled_from(["1 months", "1 years", "limit"]))
    ),
    "paid": _ordered(st.one_of(st.integers(0, 6).map("{} EUR".format), st.sampled_from(["3.33 EUR", "shipping"]))),
    "tries": _ordered(st.one_of(st.integers(0, 6).map(str), st.sampled_from(["2.5", "0.5"]))),
    "new": _listed(st.sampled_from(["yes", "no", "broken"])),
    "bought": _ordered(st.integers(738_900, 738_910).map(lambda day: date.fromordinal(day).isoformat())),
    "city": _listed(st.sampled_from(["'Huế'", "'Köln'", "!= 'Hà Nội'"])),
}
MORE_FACTS = {
    "shipping": st.integers(0, 600).map(lambda minor: Amount(minor, "EUR")),
    "broken": st.booleans(),
    "limit": days,
}


def random_scope() -> Scope:
    scope, _ = build_scope([*declared(), Given("limit", type_of("duration", "0 days.."), HERE)], records(), "EUR")
    return scope


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A random table that can be typed: a grid of up to 12 rows over up to four terms, perhaps with `otherwise`."""
    names = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=4, unique=True))
    rows = draw(st.lists(st.tuples(*(CELLS[name] for name in names)), min_size=1, max_size=12))
    lines = [" | ".join([*names]) + " => outcome"]
    lines += [" | ".join([*row, f"o{number}"]) for number, row in enumerate(rows)]
    if draw(st.booleans()):
        lines.append("otherwise | rest")
    read, _ = read_table("\n".join(lines), HERE)
    assert read is not None
    ranks = draw(st.permutations([f"o{number}" for number in range(0, len(rows), 2)]))
    wanted = Wanted("t", OUTPUTS, hit=draw(st.sampled_from(Hit)), ranks={"outcome": tuple(ranks)})
    table, found = build_table(read, random_scope(), wanted)
    # A range written backwards is a finding: leave those cells out rather than the whole example.
    while table is None:
        assert {each.code for each in found} <= {"T21"}, [each.sentence() for each in found]
        wrong = {each.place.line for each in found}
        kept = tuple(row for row in read.rows if row.place.line not in wrong)
        read = replace(read, rows=kept)
        table, found = build_table(read, random_scope(), wanted)
    return table


def cases() -> st.SearchStrategy[dict[str, Any]]:
    more = st.fixed_dictionaries({name: st.one_of(st.none(), each) for name, each in MORE_FACTS.items()})
    return st.tuples(facts(), more).map(lambda both: both[0] | both[1])
