"""One axis of a plain table: the regions that its cells name, and the classes that they cut it into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from tantam.plan.checks.space.axes import Axis, Choice, Order, Stretch, Variable
from tantam.plan.checks.space.formula import Atom
from tantam.plan.checks.space.sums import variable_of
from tantam.plan.checks.space.translate import ANOTHER
from tantam.plan.tables.cells import Interval, Members, Ordered, Region, Texts, Values
from tantam.plan.tables.nodes import Fact
from tantam.plan.tables.types import OneOf, Type

YES, NO = Values(frozenset([True])), Values(frozenset([False]))


@dataclass(frozen=True, slots=True)
class Part:
    """What a cell says of one axis. member: of a set whose membership is the axis, else ""."""

    key: str
    path: tuple[str, ...]
    kind: Type
    region: Region
    member: str = ""


def parts_of(fact: Fact, region: Region) -> tuple[Part, ...] | None:
    """Return the parts that must all hold so that the region does; None if it is no box of axes."""
    key = ".".join(fact.path)
    if not isinstance(region, Members):
        return (Part(key, fact.path, fact.type, region),)
    if any(len(clause) != 1 for clause in region.clauses):
        return None
    there = [(member, YES) for clause in region.clauses for member in clause]
    wanted = [*there, *((member, NO) for member in region.without)]
    return tuple(Part(f"{key} has {member}", fact.path, fact.type, values, member) for member, values in sorted(wanted))


def part_of_atom(atom: Atom) -> Region:
    """Return the region of an atom; of `not in`, the one that it excludes."""
    if isinstance(atom.value, frozenset):
        return Values(frozenset(each for each in atom.value if isinstance(each, str | bool)))
    value = int(atom.value) if atom.value.denominator == 1 else atom.value
    match atom.op:
        case "<" | "<=":
            return Ordered((Interval(None, value, False, atom.op == "<"),))
        case ">" | ">=":
            return Ordered((Interval(value, None, atom.op == ">", False),))
        case "=":
            return Ordered((Interval(value, value),))
        case _:
            return Ordered((Interval(None, value, False, True), Interval(value, None, True, False)))


@dataclass(slots=True)
class Column:
    """An axis in the making: note all regions, cut it, then ask for their masks. whole: all its classes."""

    key: str
    path: tuple[str, ...]
    kind: Type
    member: str = ""
    whole: int = 0
    _masks: dict[Region, int] = field(default_factory=dict)

    def note(self, region: Region) -> None:
        """Let the cuts respect a region."""
        self._masks[region] = 0

    def mask(self, region: Region) -> int:
        """Return the classes that a noted region holds, once the axis is cut."""
        return self._masks[region]

    def cut(self, variables: dict[str, Variable]) -> Axis:
        """Return the axis, cut; an ordered one adds its variable."""
        if self.member:
            return self._chosen((False, True))
        if isinstance(self.kind, OneOf):
            return self._chosen(self.kind.values)
        named = [each for each in self._masks if isinstance(each, Ordered)]
        if named:
            return self._ordered(named, variables)
        texts = {value for each in self._masks if isinstance(each, Texts | Values) for value in each.values}
        if all(isinstance(each, Values) for each in self._masks) and texts <= {False, True}:
            return self._chosen((False, True))
        return self._chosen((*sorted(map(str, texts)), ANOTHER))

    def _chosen(self, values: Sequence[object]) -> Axis:
        self.whole = (1 << len(values)) - 1
        for region in self._masks:
            assert isinstance(region, Values | Texts)
            inside = sum(1 << n for n, value in enumerate(values) if value in region.values)
            excluded = isinstance(region, Texts) and region.excluded
            self._masks[region] = self.whole & ~inside if excluded else inside
        return Choice(self.key, tuple(values), self.path, self.member)

    def _ordered(self, regions: Sequence[Ordered], variables: dict[str, Variable]) -> Axis:
        variable = variable_of(self.key, self.path, self.kind)
        bounds = [bound for each in regions for one in each.intervals for bound in (one.low, one.high)]
        if variable.whole and any(isinstance(bound, Fraction) and bound.denominator > 1 for bound in bounds):
            variable = replace(variable, whole=False)
        variables[self.key] = variable
        axis = Order(self.key, ((self.key, Fraction(1)),), variable.low, variable.high, variable.whole)
        if variable.whole:
            self._whole_numbers(axis, regions)
        else:
            self._broken_numbers(axis, regions)
        return axis

    def _whole_numbers(self, axis: Order, regions: Sequence[Ordered]) -> None:
        """Cut where a region begins or has ended: among whole numbers, a class needs no bound of its own."""
        lowest = None if axis.low is None else ceil(axis.low)
        beyond = None if axis.high is None else floor(axis.high) + 1
        spans = {region: [_span(each) for each in region.intervals] for region in regions}
        inner = {edge for each in spans.values() for span in each for edge in span if edge is not None}
        starts = sorted(
            edge for edge in inner if (lowest is None or edge > lowest) and (beyond is None or edge < beyond)
        )
        edges = [lowest, *starts, beyond]
        axis.stretches = tuple(_stretch(low, end) for low, end in pairwise(edges))
        place = {edge: number for number, edge in enumerate(starts, 1)}
        count = len(axis.stretches)
        self.whole = (1 << count) - 1
        for region, each in spans.items():
            self._masks[region] = 0
            for low, end in each:
                first = 0 if low is None or (lowest is not None and low <= lowest) else place.get(low, count)
                last = count if end is None or (beyond is not None and end >= beyond) else place.get(end, 0)
                if first < last:
                    self._masks[region] |= (1 << last) - (1 << first)

    def _broken_numbers(self, axis: Order, regions: Sequence[Ordered]) -> None:
        points = {bound for each in regions for one in each.intervals for bound in (one.low, one.high)}
        axis.classes([Atom(self.key, "=", Fraction(point)) for point in points if point is not None])
        self.whole = (1 << len(axis.stretches)) - 1
        for region in regions:
            self._masks[region] = 0
            for each in region.intervals:
                low = Atom(self.key, ">" if each.low_open else ">=", Fraction(each.low or 0))
                high = Atom(self.key, "<" if each.high_open else "<=", Fraction(each.high or 0))
                above = self.whole if each.low is None else axis.mask(low)
                self._masks[region] |= above & (self.whole if each.high is None else axis.mask(high))


def _span(interval: Interval) -> tuple[int | None, int | None]:
    """Return the first whole number of an interval and the first one after it, None without bound."""
    low = None if interval.low is None else (floor(interval.low) + 1 if interval.low_open else ceil(interval.low))
    end = None if interval.high is None else (ceil(interval.high) if interval.high_open else floor(interval.high) + 1)
    return low, end


def _stretch(low: int | None, end: int | None) -> Stretch:
    return Stretch(None if low is None else Fraction(low), None if end is None else Fraction(end - 1))
