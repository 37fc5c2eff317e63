"""What the rules that hold come to in FEEL; which of them count, and in which order, the plan's tables say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tantam.plan.dmn.feel.frames import Frame
from tantam.plan.dmn.feel.functions.lists import largest, smallest, total
from tantam.plan.dmn.feel.operations import equal
from tantam.plan.tables.hits import Hit

LAST = 1_000_000


# As DMN writes them; what they mean is the plan's.
POLICIES: dict[str, Hit] = {
    "UNIQUE": Hit.UNIQUE, "ANY": Hit.ANY, "PRIORITY": Hit.PRIORITY, "FIRST": Hit.FIRST,
    "RULE ORDER": Hit.RULE_ORDER, "OUTPUT ORDER": Hit.OUTPUT_ORDER, "COLLECT": Hit.COLLECT,
}  # fmt: skip
AGGREGATIONS: dict[str, Callable[[list[Any]], Any]] = {
    "SUM": total, "MIN": smallest, "MAX": largest, "COUNT": lambda values: Decimal(len(values)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results. ranks: tests of its allowed values, the most important first. default: None if none."""

    name: str
    ranks: tuple[Callable[[Frame], Any], ...]
    default: Callable[[Frame], Any] | None


@dataclass(frozen=True, slots=True)
class Fired:
    """Which rules counted, from 1, in the order they count. owner: the table's decision or function."""

    owner: str
    rules: tuple[int, ...]
    names: tuple[str, ...]


def rank(values: Sequence[Any], outputs: Sequence[Output], frame: Frame) -> tuple[int, ...]:
    """Return the place of a rule's results in the order of allowed values, the first output foremost."""
    found = []
    for value, output in zip(values, outputs, strict=True):
        inner = frame.within({"?": value})
        found.append(next((place for place, test in enumerate(output.ranks) if test(inner) is True), LAST))
    return tuple(found)


def whole_result(values: Sequence[Any], outputs: Sequence[Output]) -> Any:
    """Return one rule's results: the value of a single output, or a context of all."""
    return values[0] if len(outputs) == 1 else {each.name: value for each, value in zip(outputs, values, strict=True)}


def alike(results: Sequence[Any]) -> bool:
    """Return whether all results are the same."""
    return all(equal(results[0], each) is True for each in results[1:])


def aggregated(rows: Sequence[Sequence[Any]], outputs: Sequence[Output], name: str) -> Any:
    """Return the results put together by an operator, output by output. name: SUM, MIN, MAX, COUNT."""
    function = AGGREGATIONS[name]
    if name == "COUNT":
        return function(list(rows))
    return whole_result([function(list(column)) for column in zip(*rows, strict=True)], outputs)
