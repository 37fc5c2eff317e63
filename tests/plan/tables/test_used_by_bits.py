"""What an answer of the fast way rests on, read from bits, is what a walk over every condition finds."""

from __future__ import annotations

import random
from pathlib import Path

from tantam.plan.sections import read
from tantam.plan.tables.evaluate import CompiledTable
from tantam.plan.tables.program import Env, program_of
from tantam.plan.tables.types import Duration, Money, OneOf
from tantam.plan.tables.values import Amount, Family, Span

PLAN = read(Path(__file__).parents[3] / "plans" / "ben-xuan")


def _facts(rng: random.Random) -> dict[str, object]:
    facts: dict[str, object] = {}
    for name, term in PLAN.scope.terms.items():
        match term.type:
            case OneOf(values=values):
                facts[name] = rng.choice(values)
            case Duration(family=Family.CALENDAR):
                facts[name] = Span(Family.CALENDAR, rng.choice((0, 1, 3, 4, 7, 8, 30, 31, 365, 366, 800)))
            case Money(currency=currency):
                facts[name] = Amount(rng.choice((0, 5_000_000, 5_000_001)), currency)
    return facts


def test_the_bits_name_the_same_terms_as_the_walk() -> None:
    rng = random.Random(11)
    compared = 0
    for table in PLAN.tables().values():
        compiled = CompiledTable(table, program_of(PLAN.scope))
        for _ in range(200):
            facts = _facts(rng)
            fired = compiled(facts)
            assert fired.used == compiled.used(Env(compiled.program, facts)), (table.name, fired)
            compared += type(fired._trace).__name__ == "_Bits"
    assert compared > 500
