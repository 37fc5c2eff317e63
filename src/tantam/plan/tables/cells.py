"""Conditions as sets over a term's domain: intervals, values, members; what gaps and overlaps are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from tantam.plan.tables.types import Type
from tantam.plan.tables.values import Key


@dataclass(frozen=True, slots=True)
class Interval:
    """Keys (values.order_key) from low to high; None is unbounded; an open bound excludes itself."""

    low: Key | None
    high: Key | None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Ordered:
    """Disjoint intervals, ascending and never touching, over a number, money, duration, date, time or moment."""

    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """Some values of a one_of (str) or yes_no (bool) domain."""

    values: frozenset[str | bool]


@dataclass(frozen=True, slots=True)
class Texts:
    """These texts, or all but these."""

    values: frozenset[str]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Members:
    """Subsets of a some_of domain that meet every set of `clauses` and have nothing of `without`."""

    clauses: frozenset[frozenset[str]]
    without: frozenset[str]


Region: TypeAlias = Ordered | Values | Texts | Members


def whole(kind: Type) -> Region:
    """Return the region of everything that a value of this type can be."""
    raise NotImplementedError


def contains(region: Region, value: Any) -> bool:
    """Return whether the known value lies in the region."""
    raise NotImplementedError


def intersect(left: Region, right: Region) -> Region:
    """Return what lies in both; both over one domain."""
    raise NotImplementedError


def complement(region: Region, kind: Type) -> tuple[Region, ...]:
    """Return what of the type's domain lies outside, as disjoint regions; () if nothing."""
    raise NotImplementedError


def is_empty(region: Region, kind: Type) -> bool:
    """Return whether no value of the type lies in the region."""
    raise NotImplementedError


def example(region: Region, kind: Type) -> Any:
    """Return a value in the region that a person would name; None if it is empty."""
    raise NotImplementedError
