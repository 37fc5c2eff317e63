"""One decision of the example's exchange policy, with its reason, against zen-engine on the same table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from bench import Row, paired

PLAN = Path(__file__).parent.parent / "plans/ben-xuan"
NOW = datetime(2026, 3, 4, 3, tzinfo=UTC)
MANY = 2000
ROUNDS = 15
CASES = [(fault, days) for fault in ("ours", "transport", "customer", "none") for days in (1, 7, 8, 200, 365, 366, 900)]
# policies.exchange.decides of the example, as zen-engine wants it: conditions in its own language.
TABLE = (
    ("'ours'", "<= 365", "replace"),
    ("'ours'", "> 365", "repair"),
    ("'transport'", "<= 7", "replace"),
    ("'transport'", "> 7", "inspect"),
    ("'customer'", "", "estimate"),
    ("'none'", "<= 7", "swap"),
    ("'none'", "> 7", "decline"),
)


def rows() -> Iterator[Row]:
    """Yield the decision, and how far both agree on every case."""
    from tantam.plan import run, sections

    plan = sections.read(PLAN)
    told = [run.read_facts(plan, {"fault": fault, "owned": f"{days} days"}) for fault, days in CASES]
    facts = [dict(getattr(each, "facts", each)) for each in told]
    asked = cycle(facts)

    def ours() -> None:
        for _ in range(MANY):
            run.decide(plan, "exchange", next(asked), now=NOW)

    theirs = _zen()
    if theirs is None:
        yield _each(
            paired("one decision with its reason", ours, None, rounds=ROUNDS, note="zen-engine is not installed")
        )
        return
    differ = sum(
        run.decide(plan, "exchange", each, now=NOW).outcome != theirs(fault, days)
        for each, (fault, days) in zip(facts, CASES)
    )
    rival = cycle(CASES)
    note = f"zen-engine, which gives no reason; {differ} of {len(CASES)} answers differ"
    yield _each(paired("one decision with its reason", ours, lambda: _many(theirs, rival), rounds=ROUNDS, note=note))


def _many(decide: Callable[[str, int], str], cases: Iterator[tuple[str, int]]) -> None:
    for _ in range(MANY):
        decide(*next(cases))


def _each(row: Row) -> Row:
    return Row(row.what, row.ours / MANY, row.rival and row.rival / MANY, row.ratio, row.note)


def _zen() -> Callable[[str, int], str] | None:
    try:
        import zen
    except ImportError:
        return None
    decision = zen.ZenEngine().create_decision(json.dumps(_model()))
    return lambda fault, days: str(decision.evaluate({"fault": fault, "owned": days})["result"]["outcome"])


def _model() -> dict[str, Any]:
    columns = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in ("fault", "owned")],
        "outputs": [{"id": "outcome", "name": "outcome", "field": "outcome"}],
        "rules": [
            {"_id": str(place), "fault": fault, "owned": owned, "outcome": f"'{outcome}'"}
            for place, (fault, owned, outcome) in enumerate(TABLE)
        ],
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": columns},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return {"nodes": nodes, "edges": edges}
