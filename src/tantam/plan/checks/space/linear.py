"""Whether sums of variables can all lie within their bounds at once, and with which numbers (Fourier-Motzkin)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from tantam.plan.checks.space.axes import Stretch, Variable

_MOST_BOUNDS = 400
_MOST_SPLITS = 6


@dataclass(frozen=True, slots=True)
class Bound:
    """The sum of factor × variable is at most `limit`, or less if strict."""

    terms: tuple[tuple[str, Fraction], ...]
    limit: Fraction
    strict: bool


class TooManyBounds(Exception):
    """The elimination grew beyond its limit; nothing is known."""


def between(
    terms: Sequence[tuple[str, Fraction]], low: tuple[Fraction | None, bool], high: tuple[Fraction | None, bool]
) -> list[Bound]:
    """Return the bounds that keep a sum between `low` and `high`.

    Each is a number, None for no bound, and whether it is open.
    """
    bounds = []
    if high[0] is not None:
        bounds.append(Bound(tuple(terms), high[0], high[1]))
    if low[0] is not None:
        bounds.append(Bound(tuple((name, -factor) for name, factor in terms), -low[0], low[1]))
    return bounds


def numbers(bounds: Iterable[Bound], variables: Mapping[str, Variable]) -> dict[str, Fraction] | None:
    """Return a number for each variable that meets all bounds, usual or round where possible; None if there is none.

    Where the bounds leave a variable no whole number, it gets a broken one. Raises TooManyBounds.
    """
    left = list(dict.fromkeys(bounds))
    names = sorted({name for bound in left for name, _ in bound.terms})
    taken: list[tuple[str, list[Bound]]] = []
    while names:
        name = min(names, key=lambda each: _growth(left, each))
        names.remove(name)
        taken.append((name, [bound for bound in left if _factor(bound, name)]))
        left = _without(left, name)
        if len(left) > _MOST_BOUNDS:
            raise TooManyBounds
    if any(bound.limit < 0 or (bound.limit == 0 and bound.strict) for bound in left):
        return None
    found: dict[str, Fraction] = {}
    for name, own in reversed(taken):
        found[name] = _number(variables[name], own, found)
    return found


def whole_numbers(
    bounds: Sequence[Bound], variables: Mapping[str, Variable], splits: int = _MOST_SPLITS
) -> dict[str, Fraction] | None:
    """Return `numbers` with whole ones where a variable takes no others: 2 n = 1 has none.

    After so many splits a broken number is believed. Raises TooManyBounds.
    """
    found = numbers(bounds, variables)
    if found is None or not splits:
        return found
    broken = next((name for name, each in found.items() if variables[name].whole and each.denominator > 1), None)
    if broken is None:
        return found
    below = Bound(((broken, Fraction(1)),), Fraction(floor(found[broken])), False)
    above = Bound(((broken, Fraction(-1)),), -Fraction(ceil(found[broken])), False)
    for bound in (below, above):
        if (whole := whole_numbers([*bounds, bound], variables, splits - 1)) is not None:
            return whole
    return None


def _factor(bound: Bound, name: str) -> Fraction:
    return next((factor for each, factor in bound.terms if each == name), Fraction(0))


def _growth(bounds: list[Bound], name: str) -> int:
    above = sum(_factor(bound, name) > 0 for bound in bounds)
    below = sum(_factor(bound, name) < 0 for bound in bounds)
    return above * below - above - below


def _without(bounds: list[Bound], name: str) -> list[Bound]:
    """Return the bounds that remain on the other variables when `name` may be anything that fits."""
    upper = [bound for bound in bounds if _factor(bound, name) > 0]
    lower = [bound for bound in bounds if _factor(bound, name) < 0]
    rest = [bound for bound in bounds if not _factor(bound, name)]
    for one in upper:
        for other in lower:
            scale, other_scale = 1 / _factor(one, name), -1 / _factor(other, name)
            terms: dict[str, Fraction] = {}
            for bound, factor in ((one, scale), (other, other_scale)):
                for each, count in bound.terms:
                    terms[each] = terms.get(each, Fraction(0)) + count * factor
            kept = tuple(sorted((each, count) for each, count in terms.items() if count))
            limit = one.limit * scale + other.limit * other_scale
            rest.append(Bound(kept, limit, one.strict or other.strict))
    return list(dict.fromkeys(rest))


def _number(variable: Variable, bounds: list[Bound], found: Mapping[str, Fraction]) -> Fraction:
    name = variable.key
    low: Fraction | None = None
    high: Fraction | None = None
    low_open = high_open = False
    for bound in bounds:
        factor = _factor(bound, name)
        rest = sum((count * found[each] for each, count in bound.terms if each != name), Fraction(0))
        edge = (bound.limit - rest) / factor
        if factor > 0 and (high is None or edge < high or (edge == high and bound.strict)):
            high, high_open = edge, bound.strict
        if factor < 0 and (low is None or edge > low or (edge == low and bound.strict)):
            low, low_open = edge, bound.strict
    return picture(variable, Stretch(low, high, low_open, high_open))


def picture(variable: Variable, stretch: Stretch) -> Fraction:
    """Return the usual or roundest number of a stretch: 400 for more than 365, so that people can picture it."""
    low, high, low_open, high_open = stretch.low, stretch.high, stretch.low_open, stretch.high_open
    if variable.usual is not None:
        return _nearest(variable, stretch)
    first = None if low is None else Fraction(floor(low) + 1 if low_open else ceil(low))
    last = None if high is None else Fraction(ceil(high) - 1 if high_open else floor(high))
    if first is None and last is None:
        return Fraction(0)
    if first is None:
        assert last is not None
        first = min(Fraction(0), last - max(1, abs(last) // 4))
    if last is None:
        last = first + max(1, abs(first) // 4)
    if first > last:
        middle = ((low or Fraction(0)) + (high or Fraction(0))) / 2
        return low if low is not None and low == high else middle
    if first <= 0 <= last:
        return Fraction(0)
    if first > 0:
        last = min(last, 10 * first)  # the roundest number of all is too far away to be pictured
    largest = 10 ** len(str(max(abs(first), abs(last))))
    steps = variable.grains or tuple(largest // 10**n // half for n in range(len(str(largest))) for half in (1, 2))
    return _multiple(first, last, steps)


def _multiple(first: Fraction, last: Fraction, steps: Sequence[int]) -> Fraction:
    """Return the least multiple from first to last of the largest step that has one there, else `first`."""
    for step in steps:
        if step and (multiple := ceil(first / step) * step) <= last:
            return Fraction(multiple)
    return first


def _nearest(variable: Variable, stretch: Stretch) -> Fraction:
    """Return the usual number if it lies in the stretch, else one near the end towards it, in steps people count in."""
    low, high, usual = stretch.low, stretch.high, variable.usual
    assert usual is not None
    steps = (*variable.grains, 1)
    if low is not None and (usual < low or (usual == low and stretch.low_open)):
        first = Fraction(floor(low) + 1 if stretch.low_open else ceil(low))
        for step in steps:
            nearest = Fraction(ceil(first / step) * step)
            if high is None or nearest < high or (nearest == high and not stretch.high_open):
                return nearest
        return low if high is None else (low + high) / 2
    if high is not None and (usual > high or (usual == high and stretch.high_open)):
        last = Fraction(ceil(high) - 1 if stretch.high_open else floor(high))
        for step in steps:
            nearest = Fraction(floor(last / step) * step)
            if low is None or nearest > low or (nearest == low and not stretch.low_open):
                return nearest
        return high if low is None else (low + high) / 2
    return usual
