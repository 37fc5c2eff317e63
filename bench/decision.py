"""One decision of the example's exchange policy, with its reason, against zen-engine on the same table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from bench import Row, paired
from bench.zen_table import zen_table

Zen = Callable[[str, int], str]
PLAN = Path(__file__).parent.parent / "plans/ben-xuan"
NOW = datetime(2026, 3, 4, 3, tzinfo=UTC)
MANY = 2000
ROUNDS = 15
CASES = [(fault, days) for fault in ("ours", "transport", "customer", "none") for days in (1, 7, 8, 200, 365, 366, 900)]
# policies.exchange.decides of the example, as zen-engine wants it: conditions in its own language.
TABLE = (
    ("'ours'", "<= 365", "'replace'"),
    ("'ours'", "> 365", "'repair'"),
    ("'transport'", "<= 7", "'replace'"),
    ("'transport'", "> 7", "'inspect'"),
    ("'customer'", "", "'estimate'"),
    ("'none'", "<= 7", "'swap'"),
    ("'none'", "> 7", "'decline'"),
)


def rows() -> Iterator[Row]:
    """Yield the table alone, then the whole answer, each with how far both agree on every case."""
    from tantam.plan import run, sections
    from tantam.plan.tables.evaluate import compile_table

    plan = sections.read(PLAN)
    written = [{"fault": fault, "owned": f"{days} days"} for fault, days in CASES]
    values = [{name: fact.value for name, fact in run.read_facts(plan, each, now=NOW).items()} for each in written]
    table = compile_table(plan.policies["exchange"].decides, plan.scope)
    theirs = _zen()
    answers = [run.decide(plan, "exchange", each, now=NOW).outcome for each in written]
    differ = sum(ours != theirs(*case) for ours, case in zip(answers, CASES)) if theirs else 0
    about = f"zen-engine; {differ} of {len(CASES)} answers differ" if theirs else "zen-engine is not installed"
    yield _row("one row of a decision table", lambda each: table.index(each), values, theirs, about)
    yield _row(
        "one answer: facts read, decided, with its reason",
        lambda each: run.decide(plan, "exchange", each, now=NOW),
        written,
        theirs,
        f"{about}; it reads no text and gives no reason" if theirs else about,
    )


def _row(
    what: str, ask: Callable[[dict[str, Any]], Any], facts: list[dict[str, Any]], theirs: Zen | None, note: str
) -> Row:
    asked, cases = cycle(facts), cycle(CASES)

    def ours() -> None:
        for _ in range(MANY):
            ask(next(asked))

    row = paired(what, ours, (lambda: _many(theirs, cases)) if theirs else None, rounds=ROUNDS, note=note)
    return Row(row.what, row.ours / MANY, row.rival and row.rival / MANY, row.ratio, row.note)


def _many(decide: Zen, cases: Iterator[tuple[str, int]]) -> None:
    for _ in range(MANY):
        decide(*next(cases))


def _zen() -> Zen | None:
    decide = zen_table((("fault", "owned"), "outcome", TABLE))
    return (lambda fault, days: str(decide({"fault": fault, "owned": days})["outcome"])) if decide else None
