"""FEEL's functions about points and ranges: which lies before, meets, overlaps, includes which."""

from __future__ import annotations

import re
from typing import Any

from tantam.plan.dmn.feel.functions.registry import Registry, builtin
from tantam.plan.dmn.feel.operations import both, compared, either, equal, within
from tantam.plan.dmn.feel.temporal import temporal_of
from tantam.plan.dmn.feel.tokens import unquoted
from tantam.plan.dmn.feel.values import DECIMALS, Range

FUNCTIONS: Registry = {}
WRITTEN = re.compile(r"\s*([\[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])\[])\s*", re.DOTALL)
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
NUMBER = re.compile(r"[+-]?(\d+(\.\d+)?|\.\d+)")
TEMPORAL = re.compile(r'(@|date and time\(|date\(|time\(|duration\()\s*("(?:[^"\\]|\\.)*")\s*\)?')
Truth = bool | None


def _span(value: Any) -> Range:
    return value if isinstance(value, Range) else Range(value, value, False, False)


def _before(one: Any, other: Any) -> Truth:
    """The first ends before the second begins."""
    left, right = _span(one), _span(other)
    apart = compared("=", left.high, right.low) if left.high_open or right.low_open else False
    return either([compared("<", left.high, right.low), apart])


def _starts_first(one: Range, other: Range) -> Truth:
    """The first begins earlier, or at the same point which only it holds."""
    closer = compared("=", one.low, other.low) if other.low_open and not one.low_open else False
    return either([compared("<", one.low, other.low), closer])


def _ends_last(one: Range, other: Range) -> Truth:
    closer = compared("=", one.high, other.high) if other.high_open and not one.high_open else False
    return either([compared(">", one.high, other.high), closer])


def _not(value: Truth) -> Truth:
    return None if value is None else not value


def _includes(one: Range, other: Any) -> Truth:
    if not isinstance(other, Range):
        return within(other, one)
    return both([_not(_starts_first(other, one)), _not(_ends_last(other, one))])


def _overlaps(one: Range, other: Range) -> Truth:
    return both([_not(_before(one, other)), _not(_before(other, one))])


def _same_start(one: Range, other: Range) -> Truth:
    return both([equal(one.low, other.low), one.low_open == other.low_open])


def _same_end(one: Range, other: Range) -> Truth:
    return both([equal(one.high, other.high), one.high_open == other.high_open])


@builtin(FUNCTIONS, "range(from: text)")
def _range(text: str) -> Range | None:
    """The range that a text writes with literals, such as `[18..21)`."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        return None
    low, high = (_end(found[place]) for place in (2, 3))
    if low is None or high is None or compared("<=", low, high) is not True:
        return None
    return Range(low, high, found[1] != "[", found[4] != "]")


def _end(text: str) -> Any:
    if NUMBER.fullmatch(text):
        return DECIMALS.create_decimal(text)
    if written := TEMPORAL.fullmatch(text):
        return temporal_of(unquoted(written[2]))
    return unquoted(text) if STRING.fullmatch(text) else None


@builtin(FUNCTIONS, "meets(range1: range, range2: range)")
def _meets(one: Range, other: Range) -> Truth:
    return both([equal(one.high, other.low), not one.high_open, not other.low_open])


builtin(FUNCTIONS, "met by(range1: range, range2: range)")(lambda one, other: _meets(other, one))


@builtin(FUNCTIONS, "overlaps before(range1: range, range2: range)")
def _overlaps_before(one: Range, other: Range) -> Truth:
    return both([_starts_first(one, other), _overlaps(one, other), _not(_ends_last(one, other))])


builtin(FUNCTIONS, "overlaps after(range1: range, range2: range)")(lambda one, other: _overlaps_before(other, one))


def _point_or_same(value: Any, end: Any, is_open: bool) -> Truth:
    return both([equal(value, end), not is_open])


@builtin(FUNCTIONS, "finishes(point, range: range)", "finishes(range1, range2: range)")
def _finishes(one: Any, other: Range) -> Truth:
    if not isinstance(one, Range):
        return _point_or_same(one, other.high, other.high_open)
    return both([_same_end(one, other), _not(_starts_first(one, other))])


@builtin(FUNCTIONS, "starts(point, range: range)", "starts(range1, range2: range)")
def _starts(one: Any, other: Range) -> Truth:
    if not isinstance(one, Range):
        return _point_or_same(one, other.low, other.low_open)
    return both([_same_start(one, other), _not(_ends_last(one, other))])


@builtin(FUNCTIONS, "coincides(point1, point2)", "coincides(range1, range2)")
def _coincides(one: Any, other: Any) -> Truth:
    return equal(one, other)


builtin(FUNCTIONS, "finished by(range: range, point)", "finished by(range1: range, range2)")(
    lambda one, other: _finishes(other, one)
)
builtin(FUNCTIONS, "started by(range: range, point)", "started by(range1: range, range2)")(
    lambda one, other: _starts(other, one)
)
for _name, _function in (("before", _before), ("after", lambda one, other: _before(other, one))):
    builtin(
        FUNCTIONS,
        f"{_name}(point1, point2)",
        f"{_name}(point, range)",
        f"{_name}(range, point)",
        f"{_name}(range1, range2)",
    )(_function)
builtin(FUNCTIONS, "includes(range: range, point)", "includes(range1: range, range2)")(_includes)
builtin(FUNCTIONS, "during(point, range: range)", "during(range1, range2: range)")(
    lambda one, other: _includes(other, one)
)
builtin(FUNCTIONS, "overlaps(range1: range, range2: range)")(_overlaps)
