"""Puts the rows of a table into the order of their results, for the hit policies that rank them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tantam.plan.errors import Finding
from tantam.plan.tables.findings import finding
from tantam.plan.tables.form import Output, Row, Wanted
from tantam.plan.tables.hits import Hit, in_order
from tantam.plan.tables.nodes import Literal
from tantam.plan.tables.types import OneOf

Ranks = Mapping[str, Mapping[object, int]]


def ranked(rows: Sequence[Row], outputs: Sequence[Output], hit: Hit, wanted: Wanted) -> tuple[list[Row], list[Finding]]:
    """Return the rows by the rank of their results, the first output foremost, and findings.

    What is not among the ranks, or absent, comes last; `otherwise` stays after all."""
    ranks = _ranks(outputs, wanted)
    if not ranks:
        return list(rows), [finding("T53", outputs[0].place, got=hit)] if outputs else []
    wrong = [
        finding("T54", out.place, got=out.text, name=name, hit=hit)
        for row in rows
        for name, out in row.outputs.items()
        if name in ranks and not isinstance(out.expr, Literal)
    ]
    if wrong:
        return list(rows), wrong
    order = in_order(hit, range(len(rows)), lambda place: _rank(rows[place], ranks))
    return [rows[place] for place in order], []


def _ranks(outputs: Sequence[Output], wanted: Wanted) -> Ranks:
    """Return the place of each value, by output; only of outputs that have an order."""
    found: dict[str, tuple[str, ...]] = {}
    for output in outputs:
        if output.name in wanted.ranks:
            found[output.name] = wanted.ranks[output.name]
        elif isinstance(output.type, OneOf):
            found[output.name] = output.type.values
    return {name: {value: place for place, value in enumerate(values)} for name, values in found.items() if values}


def _rank(row: Row, ranks: Ranks) -> tuple[bool, tuple[int, ...]]:
    return row.otherwise, tuple(_place(row, name, places) for name, places in ranks.items())


def _place(row: Row, name: str, places: Mapping[object, int]) -> int:
    out = row.outputs.get(name)
    if out is None or not isinstance(out.expr, Literal):
        return len(places)
    value = out.expr.value
    words: tuple[object, ...] = value if isinstance(value, tuple) else (value,)
    return min((places.get(word, len(places)) for word in words), default=len(places))
