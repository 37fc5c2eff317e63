"""What can vary from case to case: values of a fact, members of a set, an order of numbers; each cut into classes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from tantam.plan.checks.space.formula import Atom
from tantam.plan.tables.types import Type


@dataclass(frozen=True, slots=True)
class Variable:
    """Something with a number, by `values.order_key`. low, high: inclusive bounds; whole: only whole numbers occur.

    path: of the fact, () if it is no fact but computed in a way that is not looked into.
    kind: its type in the plan, where it is known. grains: steps that people count in, largest first.
    usual: the number that people would think of first, if the case leaves it open; None: a round one.
    """

    key: str
    path: tuple[str, ...]
    low: Fraction | None = None
    high: Fraction | None = None
    whole: bool = True
    usual: Fraction | None = None
    kind: Type | None = None
    grains: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """An axis of separate values. path: of the fact. member: the value whose membership is meant, or "".

    known: the axis says whether the fact is known at all. Neither path nor member: a condition not looked into.
    """

    key: str
    values: tuple[object, ...]
    path: tuple[str, ...] = ()
    member: str = ""
    known: bool = False

    def classes(self, atoms: Iterable[Atom]) -> tuple[object, ...]:
        """Return the classes that the axis is cut into: its values."""
        return self.values

    def mask(self, atom: Atom) -> int:
        """Return the classes in which the atom holds."""
        assert isinstance(atom.value, frozenset)
        inside = sum(1 << n for n, value in enumerate(self.values) if value in atom.value)
        return inside if atom.op == "in" else ~inside & ((1 << len(self.values)) - 1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A class of an order: from low to high, None without bound; an open bound excludes itself."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @property
    def inside(self) -> Fraction:
        """A number in it."""
        if self.low is None:
            return (self.high or Fraction(0)) - (1 if self.high_open or self.high is None else 0)
        if self.high is None:
            return self.low + (1 if self.low_open else 0)
        return (self.low + self.high) / 2


@dataclass(slots=True)
class Order:
    """An axis of numbers: one variable, or a sum of several, the first with factor 1. terms: factor by variable."""

    key: str
    terms: tuple[tuple[str, Fraction], ...]
    low: Fraction | None
    high: Fraction | None
    whole: bool
    stretches: tuple[Stretch, ...] = field(default=())

    def classes(self, atoms: Iterable[Atom]) -> tuple[Stretch, ...]:
        """Return the stretches between and at the numbers that the atoms compare with."""
        cuts = sorted({atom.value for atom in atoms if isinstance(atom.value, Fraction)})
        edges: list[Fraction | None] = [None, *cuts, None]
        found: list[Stretch] = []
        for low, high in zip(edges, edges[1:]):
            found.append(Stretch(low, high, low_open=True, high_open=True))
            if high is not None:
                found.append(Stretch(high, high))
        cut = (self._within_domain(stretch) for stretch in found)
        self.stretches = tuple(stretch for stretch in cut if stretch is not None)
        return self.stretches

    def mask(self, atom: Atom) -> int:
        """Return the classes in which the atom holds; each lies wholly inside or outside."""
        assert isinstance(atom.value, Fraction)
        below = (1 << bisect_left(self.stretches, atom.value, key=_inside)) - 1
        up_to = (1 << bisect_right(self.stretches, atom.value, key=_inside)) - 1
        everything = (1 << len(self.stretches)) - 1
        match atom.op:
            case "<":
                return below
            case "<=":
                return up_to
            case ">":
                return everything ^ up_to
            case ">=":
                return everything ^ below
            case "=":
                return up_to ^ below
            case _:
                return everything ^ up_to ^ below

    def _within_domain(self, stretch: Stretch) -> Stretch | None:
        low, high, low_open, high_open = stretch.low, stretch.high, stretch.low_open, stretch.high_open
        if self.whole:
            # Between 7 and 8 days there is no whole day: an open bound is the next whole number.
            low = None if low is None else Fraction(floor(low) + 1 if low_open else ceil(low))
            high = None if high is None else Fraction(ceil(high) - 1 if high_open else floor(high))
            low_open = high_open = False
        if self.low is not None and (low is None or self.low > low):
            low, low_open = self.low, False
        if self.high is not None and (high is None or self.high < high):
            high, high_open = self.high, False
        if low is not None and high is not None and (low > high or (low == high and (low_open or high_open))):
            return None
        return Stretch(low, high, low_open, high_open)


Axis = Choice | Order


def _inside(stretch: Stretch) -> Fraction:
    return stretch.inside
