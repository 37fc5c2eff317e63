"""A decision table run by zen-engine: our rival in decisions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

Zen = Callable[[Mapping[str, Any]], Mapping[str, Any]]
Table = tuple[
    tuple[str, ...], str, tuple[tuple[str, ...], ...]
]  # inputs, output, rows: a condition an input, the value


def zen_table(table: Table) -> Zen | None:
    """Return what decides one case by the first row that holds; None if zen-engine is not installed."""
    try:
        import zen
    except ImportError:
        return None
    decision = zen.ZenEngine().create_decision(json.dumps(_model(*table)))
    return lambda facts: decision.evaluate(dict(facts))["result"]


def _model(inputs: tuple[str, ...], output: str, rows: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    columns = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in inputs],
        "outputs": [{"id": output, "name": output, "field": output}],
        "rules": [
            {"_id": str(place), **dict(zip((*inputs, output), row, strict=True))} for place, row in enumerate(rows)
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
