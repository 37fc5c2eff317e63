"""A column of conditions as bit sets: which rows does a value admit? Row k of the table is bit k."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tantam.plan.tables.cells import Members, Ordered, Region, Texts, Values, contains
from tantam.plan.tables.form import Condition, Table
from tantam.plan.tables.nodes import Expr, Literal, children
from tantam.plan.tables.values import Key, Span, order_key

Regions = Sequence[tuple[int, Region]]


@dataclass(frozen=True, slots=True)
class ByOrder:
    """points ascending; masks[2i] is for keys just below point i, masks[2i + 1] for the point itself."""

    points: tuple[Key, ...]
    masks: tuple[int, ...]

    def of(self, value: Any) -> int:
        return self.at(order_key(value))

    def at(self, key: Key) -> int:
        """Return the bits that a place in the order admits."""
        return self.masks[bisect_left(self.points, key) + bisect_right(self.points, key)]


@dataclass(frozen=True, slots=True)
class ByValue:
    """masks by value; other: for every value not named."""

    masks: Mapping[Any, int]
    other: int

    def of(self, value: Any) -> int:
        return self.masks.get(value, self.other)


@dataclass(frozen=True, slots=True)
class ByMembers:
    """free: rows that admit every set."""

    free: int
    regions: tuple[tuple[int, Region], ...]

    def of(self, value: Any) -> int:
        mask = self.free
        for bit, region in self.regions:
            if contains(region, value):
                mask |= bit
        return mask


Lookup = ByOrder | ByValue | ByMembers


@dataclass(frozen=True, slots=True)
class Column:
    """One input. lookup: for the rows whose cell is a region, None if there are none.

    free: bits of the rows with `-`. predicates: bit and condition of cells that speak of other terms."""

    expr: Expr | None
    lookup: Lookup | None
    free: int
    predicates: tuple[tuple[int, Condition], ...]

    @property
    def fallback(self) -> int:
        """The bits that a lookup must not clear: `-` and predicates."""
        mask = self.free
        for bit, _ in self.predicates:
            mask |= bit
        return mask


def columns_of(table: Table) -> tuple[Column, ...]:
    """Return the table's inputs as bit sets; rows that are `otherwise` have no bit."""
    return tuple(_column(table, position) for position in range(len(table.inputs)))


def _column(table: Table, position: int) -> Column:
    free, regions, predicates = 0, list[tuple[int, Region]](), list[tuple[int, Condition]]()
    for number, row in enumerate(table.rows):
        bit = 1 << number
        if row.otherwise:
            continue
        condition = row.conditions[position]
        if condition is None:
            free |= bit
        elif condition.region is None or _speaks_of_months(condition.expr):
            predicates.append((bit, condition))
        else:
            regions.append((bit, condition.region))
    open_bits = free
    for bit, _ in predicates:
        open_bits |= bit
    lookup = lookup_of(regions, open_bits) if regions else None
    return Column(table.inputs[position].expr, lookup, free, tuple(predicates))


def _speaks_of_months(expr: Expr) -> bool:
    """Return whether a bound is in months: an age compares with it from its own first day, not by a fixed order."""
    if isinstance(expr, Literal):
        return isinstance(expr.value, Span) and expr.value.months != 0
    return any(_speaks_of_months(child) for child in children(expr))


def lookup_of(regions: Regions, free: int) -> Lookup:
    """Return the lookup for the regions of one domain. free: bits that every value admits."""
    first = regions[0][1]
    match first:
        case Ordered():
            return _by_order(regions, free)
        case Values() | Texts():
            return _by_value(regions, free)
        case Members():
            return ByMembers(free, tuple(regions))


def _by_order(regions: Regions, free: int) -> ByOrder:
    intervals = [
        (bit, interval)
        for bit, region in regions
        if isinstance(region, Ordered)
        for interval in region.intervals
        if not interval.empty
    ]
    points = sorted({bound for _, each in intervals for bound in (each.low, each.high) if bound is not None})
    place = {point: number for number, point in enumerate(points)}
    # Along the order, a row's bit is set where an interval of its begins and cleared after its end.
    begins, ends = [0] * (2 * len(points) + 2), [0] * (2 * len(points) + 2)
    for bit, each in intervals:
        first = 0 if each.low is None else 2 * place[each.low] + (2 if each.low_open else 1)
        last = 2 * len(points) if each.high is None else 2 * place[each.high] + (0 if each.high_open else 1)
        begins[first] |= bit
        ends[last + 1] |= bit
    masks, mask = [], free
    for begin, end in zip(begins[:-1], ends, strict=False):
        mask = mask & ~end | begin
        masks.append(mask)
    return ByOrder(tuple(points), tuple(masks))


def _by_value(regions: Regions, free: int) -> ByValue:
    named = {value for _, region in regions if isinstance(region, Values | Texts) for value in region.values}
    other = free
    for bit, region in regions:
        other |= bit if isinstance(region, Texts) and region.excluded else 0
    masks = {}
    for value in named:
        masks[value] = free
        for bit, region in regions:
            masks[value] |= bit if contains(region, value) else 0
    return ByValue(masks, other)


def bits(mask: int) -> list[int]:
    """Return the positions of the bits that are set, ascending."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
