"""A column of cells as bit sets where they are constants, as steps where they compute; rule k is bit k.

The regions and their lookups are those of the plan's tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tantam.plan.dmn.feel import syntax
from tantam.plan.dmn.feel.compiled import compile_tests
from tantam.plan.dmn.feel.frames import Frame, Step
from tantam.plan.dmn.feel.syntax import Against, Node, Tests
from tantam.plan.dmn.feel.temporal import date_of
from tantam.plan.tables.cells import Interval, Region, Texts, Values, ordered
from tantam.plan.tables.masks import Lookup, lookup_of

ORDERED = (Decimal, date)


@dataclass(frozen=True, slots=True)
class Column:
    """value: the input. kind: of the values that `lookup` answers for. steps: all cells but `-`; slow: those of them
    that the lookup leaves open. free: bits of the rules with `-`. values: tells whether the input is one of those
    that are expected; `-` admits no others."""

    value: Step
    kind: type | None
    lookup: Lookup | None
    free: int
    steps: tuple[tuple[int, Step], ...]
    slow: tuple[tuple[int, Step], ...]
    values: Step | None = None

    def admits(self, frame: Frame, mask: int) -> int:
        """Return those of the rules in `mask` whose cell admits the input."""
        value = self.value(frame)
        found, steps = self.free, self.steps
        if self.lookup is not None and type(value) is self.kind:
            found, steps = self.lookup.of(_key(value)), self.slow
        inner = frame.within({"?": value})
        if self.values is not None and value is not None and self.values(inner) is not True:
            found &= ~self.free
        for bit, step in steps:
            if mask & bit:
                found = found | bit if step(inner) is True else found & ~bit
        return mask & found


def column_of(value: Step, cells: Sequence[Tests], values: Step | None = None) -> Column:
    """Return the column. cells: one a rule. values: tells whether an input is expected."""
    constants = [region_of(each) for each in cells]
    kind = next((each[0] for each in constants if each), None)
    free = slow_bits = 0
    regions: list[tuple[int, Region]] = []
    steps, slow = [], []
    for number, (tests, constant) in enumerate(zip(cells, constants, strict=True)):
        bit = 1 << number
        if tests.any:
            free |= bit
            continue
        steps.append((bit, compile_tests(tests)))
        if constant and constant[0] is kind:
            regions.append((bit, constant[1]))
        else:
            slow.append(steps[-1])
            slow_bits |= bit
    lookup = lookup_of(regions, free | slow_bits) if regions else None
    return Column(value, kind, lookup, free, tuple(steps), tuple(slow), values)


def region_of(tests: Tests) -> tuple[type, Region] | None:
    """Return the constant cell as a set of values of one type, None where it computes or mixes types."""
    found = [_interval(each) for each in tests.tests]
    kinds = {each[0] for each in found if each}
    if len(kinds) != 1 or None in found:
        return None
    (kind,) = kinds
    if kind in ORDERED:
        intervals = tuple(each[1] for each in found if each and isinstance(each[1], Interval))
        return None if tests.negated else (kind, ordered(intervals))
    values = frozenset(each[1] for each in found if each)
    if kind is str:
        return kind, Texts(values, excluded=tests.negated)
    return None if tests.negated else (kind, Values(values))


def _interval(test: Against | Node) -> tuple[type, Any] | None:
    match test:
        case Against(op=op, end=end):
            return _half(op, _constant(end))
        case syntax.Interval(low=syntax.Const() as low, high=syntax.Const() as high):
            one, two = _constant(low), _constant(high)
            if type(one) is not type(two) or type(one) not in ORDERED:
                return None
            return type(one), Interval(_key(one), _key(two), test.low_open, test.high_open)
    value = _constant(test)
    if type(value) in ORDERED:
        return type(value), Interval(_key(value), _key(value))
    return (type(value), value) if isinstance(value, str | bool) else None


def _half(op: str, value: Any) -> tuple[type, Any] | None:
    if type(value) not in ORDERED:
        return None
    bounds: dict[str, Callable[[Any], Interval]] = {
        "<": lambda key: Interval(None, key, high_open=True),
        "<=": lambda key: Interval(None, key),
        ">": lambda key: Interval(key, None, low_open=True),
        ">=": lambda key: Interval(key, None),
        "=": lambda key: Interval(key, key),
    }
    return (type(value), bounds[op](_key(value))) if op in bounds else None


def _constant(node: Any) -> Any:
    """Return the value of a literal or of a date written with its function, None for anything else."""
    match node:
        case syntax.Const(value=value):
            return value
        case syntax.Call(function=syntax.Name(name="date"), args=(syntax.Const(value=str() as text),), names=None):
            return date_of(text)
    return None


def _key(value: Any) -> Any:
    """Return the value as the tables' lookups want it: exact fractions for decimals, ordinals for dates."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else Fraction(value)
    return value if isinstance(value, str | bool) else value.toordinal()
