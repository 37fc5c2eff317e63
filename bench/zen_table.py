"""A decision table run by zen-engine: our rival in decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Zen = Callable[[Mapping[str, Any]], Mapping[str, Any]]
Table = tuple[
    tuple[str, ...], str | tuple[str, ...], tuple[tuple[str, ...], ...]
]  # inputs, output or outputs, rows: a condition an input, the values


def zen_table(table: Table, *, trace: bool = False) -> Zen | None:
    """Return what decides one case by the first row that holds; None if zen-engine is not installed.

    The table is compiled once and cached by the engine, the fastest that it offers. trace: the answer holds the row
    that fired and the values that it looked at, under `trace`, beside `result`."""
    try:
        import zen
    except ImportError:
        return None
    evaluate = zen.ZenEngine({"loader": {"type": "static", "content": {"table": _model(*table)}}}).evaluate
    if trace:
        return lambda facts: evaluate("table", facts, {"trace": True})
    return lambda facts: evaluate("table", facts)["result"]


def _model(
    inputs: tuple[str, ...], outputs: str | tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> dict[str, Any]:
    names = (outputs,) if isinstance(outputs, str) else outputs
    columns = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in inputs],
        "outputs": [{"id": name, "name": name, "field": name} for name in names],
        "rules": [
            {"_id": str(place), **dict(zip((*inputs, *names), row, strict=True))} for place, row in enumerate(rows)
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
