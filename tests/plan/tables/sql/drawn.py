"""Random tables over every type that a cell can have, with computed ends and terms, and random cases of them.

Drawn from a seed rather than by hypothesis: a database answers many tables in one question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tantam.plan.errors import Place
from tantam.plan.tables.form import Hit, Table, Wanted
from tantam.plan.tables.reader import read_table
from tantam.plan.tables.scope import ByTable, Computed, Given, Scope
from tantam.plan.tables.table import build_table
from tantam.plan.tables.terms import build_scope
from tantam.plan.tables.types import Date, Duration, OneOf, Word, Words, YesNo
from tantam.plan.tables.values import Amount, Family, Span
from tests.plan.tables.tables import HERE, declared, records, type_of

COMPUTED = {
    "left": "paid - shipping",
    "half": "paid * 50 %",
    "third": "shipping / 3",
    "age": "delivered - bought",
    "both": "new and broken",
    "best": "max(paid, shipping)",
    "worth": "if(new, paid, shipping)",
    "many": "count(signs)",
    "gone": "seen - told",
    "mean": "(tries + share) / 2",
}
BAND = """
paid     | new => band
<= 2 EUR | -   => low
-        | yes => mid
otherwise      => high
"""
OUTPUTS = {
    "outcome": Word(),
    "gets": type_of("money", "any"),
    "score": type_of("number", "any"),
    "say": Words(),
    "within": Duration(None),
    "until": Date(),
}
RESULTS = {
    "outcome": ["w", "x", "y", "z"],
    "gets": ["-", "0 EUR", "2.50 EUR", "paid", "left", "half", "third", "shipping * 2", "if(new, paid, worth)"],
    "score": ["-", "0", "2.5", "1.25", "tries", "mean", "tries - share", "many"],
    "say": ["-", "a", "a + b"],
    "until": ["-", "bought", "delivered - 2 days", "2024-02-29"],
}
TIMES = [
    ["-", "1 h", "2 days", "1 months", "3 working days"],
    ["-", "limit", "2 days", "limit + 1 days"],
    ["-", "1 h", "waited"],
]
LONG = Span(Family.CALENDAR, 2)


def scope() -> Scope:
    """Return the terms of the small tables, and what is computed and decided from them."""
    text, _ = read_table(BAND, Place("band.yaml", 1, 1))
    assert text is not None
    more = [
        Given("limit", type_of("duration", "0 days.."), HERE),
        Given("grace", type_of("duration", "0 days.."), HERE, default=LONG),
        Given("delivered", type_of("date", "any"), HERE),
        Given("ready", YesNo(), HERE, default=True),
        *(Computed(name, text, HERE) for name, text in COMPUTED.items()),
        ByTable("band", OneOf(("low", "mid", "high")), text, HERE),
    ]
    found, findings = build_scope([*declared(), *more], records(), "EUR")
    assert not findings, [each.sentence() for each in findings]
    return found


SCOPE = scope()


def _money(draw: Random) -> str:
    return f"{draw.choice([0, 1, 2, 3, 4])}.{draw.choice(['00', '50', '33'])} EUR"


def _day(draw: Random) -> str:
    return f"2024-02-{draw.randint(24, 29)}"


def _moment_of(draw: Random) -> datetime:
    return datetime(2024, 3, 31, draw.randint(0, 3), draw.choice([0, 30]), tzinfo=UTC)


ENDS: dict[str, Callable[[Random], str]] = {
    "owned": lambda draw: draw.choice([f"{draw.randint(0, 6)} days", "limit", "grace", "limit + 1 days"]),
    "waited": lambda draw: f"{draw.randint(0, 4)} h",
    "paid": lambda draw: draw.choice([_money(draw), _money(draw), "shipping", "shipping * 2", "third", "half"]),
    "left": lambda draw: draw.choice([_money(draw), "shipping", "-1 EUR"]),
    "half": _money,
    "worth": _money,
    "best": _money,
    "tries": lambda draw: draw.choice(["0", "1", "2.5", "3", "1.25", "share", "share * 4", "mean", "tries / 3 + 1"]),
    "mean": lambda draw: draw.choice(["0.5", "1", "1.25", "share"]),
    "share": lambda draw: draw.choice(["0.25", "0.5", "50 %", "0"]),
    "many": lambda draw: str(draw.randint(0, 3)),
    "bought": lambda draw: draw.choice([_day(draw), _day(draw), "delivered", "delivered - 2 days"]),
    "age": lambda draw: draw.choice([f"{draw.randint(-1, 4)} days", "limit"]),
    "gone": lambda draw: f"{draw.randint(0, 2)} h",
    "opens": lambda draw: f"{draw.randint(7, 10):02}:{draw.choice(['00', '30'])}",
    "paid / shipping": lambda draw: draw.choice(["0.5", "1", "2"]),
    "abs(left)": _money,
    "round(tries)": lambda draw: str(draw.randint(0, 3)),
    "min(tries, share)": lambda draw: draw.choice(["0.25", "0.5"]),
}
VALUES: dict[str, list[str]] = {
    "fault": ["ours", "customer", "'none'", "!= ours"],
    "level": ["plain", "silver", "gold"],
    "band": ["low", "mid", "high"],
    "signs": ["smoke", "has noise", "heat"],
    "new": ["yes", "no", "broken"],
    "both": ["yes", "no"],
    "ready": ["yes", "no"],
    "city": ["'Huế'", "'Köln'", "!= 'Hà Nội'", "'it''s'"],
    "known(city)": ["yes", "no"],
    "told + 1 h < seen": ["yes", "no"],
    "new or paid > shipping": ["yes", "no"],
    "shipping / paid > 0.5": ["yes", "no"],
}
WHEN = [
    "new",
    "not broken and paid > shipping",
    "signs has smoke or tries > 2",
    "told < seen",
    "bought + 2 days >= delivered",
    "fault = ours",
    "level in [gold, silver]",
    "paid * 10 % > third",
    "round(paid, 0) >= 2 EUR",
    "tries * 2 > share + 1",
    "max(tries, share) > 2",
    "if(known(new), new, broken)",
    "paid / 3 >= shipping * 33.3 %",
    "not (new or broken)",
]


def _ordered(name: str, draw: Random) -> str:
    def test() -> str:
        low, high = ENDS[name](draw), ENDS[name](draw)
        kind = draw.randrange(3)
        if kind == 0:
            return f"{draw.choice(['<', '<=', '>', '>=', '!=', ''])} {low}".strip()
        if kind == 1:
            return draw.choice([f"{low}..", f"..{high}"])
        opening, closing = draw.choice("[("), draw.choice("])")
        return f"{opening}{low}..{high}{closing}"

    return ", ".join(test() for _ in range(draw.choice([1, 1, 2])))


def _cell(name: str, draw: Random) -> str:
    if draw.random() < 0.3:
        return "-"
    if name == "when":
        return draw.choice(WHEN)
    if name in ENDS:
        text = _ordered(name, draw)
    else:
        text = ", ".join(draw.sample(VALUES[name], draw.choice([1, 1, 2])))
    return f"not {text}" if draw.random() < 0.15 else text


def table(draw: Random, hit: Hit, rows: int) -> Table:
    """Return a random table; rows that cannot be read (a range written backwards) are left out."""
    given = {**RESULTS, "within": draw.choice(TIMES)}
    head = " | ".join(given)
    names = draw.sample([*ENDS, *VALUES, "when"], draw.randint(1, 5))
    lines = [[*(_cell(name, draw) for name in names), *map(draw.choice, given.values())] for _ in range(rows)]
    rest = (
        "\notherwise" + " |" * len(names) + " | ".join(map(draw.choice, given.values())) if draw.random() < 0.5 else ""
    )
    kept: list[list[str]] = []
    wanted = Wanted("t", OUTPUTS, hit=hit, ranks={"outcome": tuple(RESULTS["outcome"][:3])})
    for number, line in enumerate(lines):
        read, wrong = read_table("\n".join([" | ".join(names) + " => " + head, " | ".join(line)]), HERE)
        assert read is not None and not wrong
        one, found = build_table(read, SCOPE, wanted)
        if one is None:
            assert {each.code for each in found} <= {"T21"}, ([each.sentence() for each in found], names, line)
        kept += [line] if one is not None else []
        assert number < rows
    text = (
        " | ".join(names)
        + f" => {head}\n"
        + "\n".join(" | ".join(line) for line in kept or [[*("-" * len(names)), "z", *("-" * (len(given) - 1))]])
    )
    read, _ = read_table(text + rest, HERE)
    assert read is not None
    made, found = build_table(read, SCOPE, wanted)
    assert made is not None, [each.sentence() for each in found]
    return made


def tables(seed: int, count: int, rows: int = 8) -> list[Table]:
    """Return random tables, each hit policy in turn."""
    draw, hits = Random(seed), list(Hit)
    return [table(draw, hits[number % len(hits)], draw.randint(1, rows)) for number in range(count)]


FACTS: dict[str, Callable[[Random], Any]] = {
    "fault": lambda draw: draw.choice(["ours", "customer", "none"]),
    "level": lambda draw: draw.choice(["plain", "silver", "gold"]),
    "signs": lambda draw: frozenset(each for each in ("smoke", "noise", "heat") if draw.random() < 0.4),
    "owned": lambda draw: Span(Family.CALENDAR, draw.randint(0, 7)),
    "limit": lambda draw: Span(Family.CALENDAR, draw.randint(0, 6)),
    "grace": lambda draw: Span(Family.CALENDAR, draw.randint(0, 6)),
    "waited": lambda draw: Span(Family.EXACT, draw.choice([0, 1, 3599, 3600, 7200, 14401])),
    "paid": lambda draw: Amount(draw.choice([0, 1, 50, 99, 100, 133, 200, 333, 400]), "EUR"),
    "shipping": lambda draw: Amount(draw.choice([0, 1, 2, 50, 100, 150, 266, 400]), "EUR"),
    "tries": lambda draw: draw.choice([0, 1, 2, 3, Fraction(5, 2), Fraction(5, 4), Fraction(1, 8)]),
    "share": lambda draw: draw.choice([0, 1, Fraction(1, 2), Fraction(1, 4)]),
    "new": lambda draw: draw.random() < 0.5,
    "broken": lambda draw: draw.random() < 0.5,
    "ready": lambda draw: draw.random() < 0.5,
    "bought": lambda draw: date(2024, 2, 24) + timedelta(days=draw.randint(0, 7)),
    "delivered": lambda draw: date(2024, 2, 24) + timedelta(days=draw.randint(0, 7)),
    "told": _moment_of,
    "seen": _moment_of,
    "opens": lambda draw: time(draw.randint(7, 10), draw.choice([0, 30])),
    "city": lambda draw: draw.choice(["Huế", "Hà Nội", "Köln", "it's"]),
}


def cases(seed: int, count: int) -> list[dict[str, Any]]:
    """Return random cases; some lack nothing, some a little, some a lot."""
    draw = Random(seed)
    found = []
    for number in range(count):
        missing = (0, 0.1, 0.5)[number % 3]
        found.append({name: None if draw.random() < missing else value(draw) for name, value in FACTS.items()})
    return found
