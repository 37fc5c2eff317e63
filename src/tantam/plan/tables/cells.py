"""Conditions as sets over a term's domain: intervals, values, members; what gaps and overlaps are computed from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any, TypeAlias

from tantam.plan.tables.types import (
    Date,
    Duration,
    Moment,
    Money,
    Number,
    OneOf,
    SomeOf,
    Text,
    Time,
    Type,
    YesNo,
)
from tantam.plan.tables.values import EPOCH, Amount, Family, Key, Span, order_key


@dataclass(frozen=True, slots=True)
class Interval:
    """Keys (values.order_key) from low to high; None is unbounded; an open bound excludes itself."""

    low: Key | None
    high: Key | None
    low_open: bool = False
    high_open: bool = False

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def __contains__(self, key: Key) -> bool:
        above = self.low is None or key > self.low or (key == self.low and not self.low_open)
        below = self.high is None or key < self.high or (key == self.high and not self.high_open)
        return above and below


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
EVERYTHING = Interval(None, None)
DAY_SECONDS = 86_400


def whole(kind: Type) -> Region | None:
    """Return the region of everything that a value of this type can be; None for types without regions."""
    match kind:
        case YesNo():
            return Values(frozenset({True, False}))
        case OneOf(values=values):
            return Values(frozenset(values))
        case SomeOf():
            return Members(frozenset(), frozenset())
        case Text():
            return Texts(frozenset(), True)
        case Number(low=low, high=high):
            return Ordered((Interval(low, high),))
        case Money(low=least, high=most):
            return Ordered((Interval(_bound(least), _bound(most)),))
        case Duration(low=shortest, high=longest):
            return Ordered((Interval(_bound(shortest), _bound(longest)),))
        case Time():
            return Ordered((Interval(0, DAY_SECONDS - 1),))
        case Date():
            return Ordered((Interval(date.min.toordinal(), date.max.toordinal()),))
        case Moment():
            return Ordered((EVERYTHING,))
        case _:
            return None


def _bound(value: Amount | Span | None) -> Key | None:
    return None if value is None else order_key(value)


def is_discrete(kind: Type) -> bool:
    """Return whether keys of this type are whole numbers: all ordered types but numbers not declared whole."""
    return kind.whole if isinstance(kind, Number) else isinstance(kind, Money | Duration | Date | Time | Moment)


def contains(region: Region, value: Any) -> bool:
    """Return whether the known value lies in the region."""
    match region:
        case Ordered(intervals=intervals):
            key = order_key(value)
            return any(key in interval for interval in intervals)
        case Values(values=values):
            return value in values
        case Texts(values=texts, excluded=excluded):
            return (value in texts) != excluded
        case Members(clauses=clauses, without=without):
            return all(value & clause for clause in clauses) and not value & without


def intersect(left: Region, right: Region) -> Region:
    """Return what lies in both; both over one domain. Raises TypeError for two domains."""
    match left, right:
        case Ordered(intervals=mine), Ordered(intervals=theirs):
            return ordered(_overlap(one, two) for one in mine for two in theirs)
        case Values(values=some), Values(values=others):
            return Values(some & others)
        case Texts(), Texts():
            return _texts(left, right)
        case Members(clauses=ours, without=a), Members(clauses=yours, without=b):
            return Members(ours | yours, a | b)
    raise TypeError(f"{type(left).__name__} and {type(right).__name__} are of two domains")


def complement(region: Region, kind: Type) -> tuple[Region, ...]:
    """Return what of the type's domain lies outside, as disjoint regions; () if nothing."""
    match region:
        case Ordered(intervals=intervals):
            outside: Region = ordered(_between(intervals))
            domain = whole(kind)
            found = [intersect(outside, domain) if isinstance(domain, Ordered) else outside]
        case Values(values=values):
            everything = whole(kind)
            found = [Values(everything.values - values)] if isinstance(everything, Values) else []
        case Texts(values=texts, excluded=excluded):
            found = [Texts(texts, not excluded)]
        case Members():
            found = list(_missing_members(region))
    return tuple(each for each in found if not is_empty(each, kind))


def union(left: Region, right: Region) -> Region | None:
    """Return what lies in either; None where no one region says it (some_of cells that differ in kind)."""
    match left, right:
        case Ordered(intervals=mine), Ordered(intervals=theirs):
            return ordered((*mine, *theirs))
        case Values(values=some), Values(values=others):
            return Values(some | others)
        case Texts(), Texts():
            both = _texts(Texts(left.values, not left.excluded), Texts(right.values, not right.excluded))
            return Texts(both.values, not both.excluded)
        case Members(clauses=ours, without=a), Members(clauses=yours, without=b):
            if len(ours) == 1 == len(yours) and not a and not b:
                return Members(frozenset({next(iter(ours)) | next(iter(yours))}), frozenset())
            return left if left == right else None
    raise TypeError(f"{type(left).__name__} and {type(right).__name__} are of two domains")


def is_empty(region: Region, kind: Type) -> bool:
    """Return whether no value of the type lies in the region."""
    match region:
        case Ordered(intervals=intervals):
            return all(_closed(each).empty if is_discrete(kind) else each.empty for each in intervals)
        case Values(values=values):
            return not values
        case Texts(values=texts, excluded=excluded):
            return not texts and not excluded
        case Members(clauses=clauses, without=without):
            return any(clause <= without for clause in clauses)


def example(region: Region, kind: Type) -> Any:
    """Return a value in the region that a person would name; None if it is empty."""
    if is_empty(region, kind):
        return None
    match region:
        case Ordered(intervals=intervals):
            tight = [_closed(each) if is_discrete(kind) else each for each in intervals]
            first = next(each for each in tight if not each.empty)
            if isinstance(kind, Date | Moment) and first.low is None and first.high is not None:
                return value_at(first.high, kind)
            return value_at(_inside(first), kind)
        case Values(values=values):
            order = kind.values if isinstance(kind, OneOf) else (False, True)
            return next((value for value in order if value in values), next(iter(values)))
        case Texts(values=texts, excluded=excluded):
            return "…" if excluded else min(texts)
        case Members(clauses=clauses, without=without):
            return frozenset(min(clause - without) for clause in clauses)


def value_at(key: Key, kind: Type) -> Any:
    """Return the value of an ordered type at a place in its order: the inverse of values.order_key."""
    match kind:
        case Money(currency=currency):
            return Amount(int(key), currency)
        case Duration(family=family):
            return Span(family or Family.CALENDAR, int(key))
        case Date():
            return date.fromordinal(max(1, min(int(key), date.max.toordinal())))
        case Time():
            return time(int(key) // 3600, int(key) // 60 % 60, int(key) % 60)
        case Moment():
            return EPOCH + timedelta(microseconds=int(key))
        case _:
            return key


def ordered(intervals: Iterable[Interval]) -> Ordered:
    """Return the intervals ascending, the empty left out and those that touch joined."""
    found: list[Interval] = []
    for each in sorted((each for each in intervals if not each.empty), key=_start):
        if found and _touch(found[-1], each):
            found[-1] = _join(found[-1], each)
        else:
            found.append(each)
    return Ordered(tuple(found))


def _start(interval: Interval) -> tuple[bool, Key, bool]:
    return (interval.low is not None, interval.low or 0, interval.low_open)


def _end(interval: Interval) -> tuple[bool, Key, bool]:
    return (interval.high is None, interval.high or 0, not interval.high_open)


def _touch(first: Interval, second: Interval) -> bool:
    if first.high is None or second.low is None:
        return True
    return second.low < first.high or (second.low == first.high and not (first.high_open and second.low_open))


def _join(first: Interval, second: Interval) -> Interval:
    last = max(first, second, key=_end)
    return Interval(first.low, last.high, first.low_open, last.high_open)


def _overlap(one: Interval, two: Interval) -> Interval:
    low, high = max(one, two, key=_start), min(one, two, key=_end)
    return Interval(low.low, high.high, low.low_open, high.high_open)


def _between(intervals: tuple[Interval, ...]) -> list[Interval]:
    """Return the holes before, between and after ascending intervals."""
    holes: list[Interval] = []
    low: Key | None = None
    low_open, bounded = False, True
    for each in intervals:
        if each.low is not None:
            holes.append(Interval(low, each.low, low_open, not each.low_open))
        low, low_open, bounded = each.high, not each.high_open, each.high is not None
    return [*holes, Interval(low, None, low_open, False)] if bounded else holes


def _closed(interval: Interval) -> Interval:
    """Return the interval over whole numbers with its bounds included."""
    low, high = interval.low, interval.high
    if low is not None:
        low = (low // 1 + 1) if interval.low_open else -(-low // 1)
    if high is not None:
        high = (-(-high // 1) - 1) if interval.high_open else high // 1
    return Interval(low, high)


def _inside(interval: Interval) -> Key:
    """Return a key in the interval, a whole one near its lower end if there is one."""
    if interval.low is None:
        if interval.high is None:
            return 0
        return 0 if 0 in interval else interval.high // 1 - interval.high_open
    for key in (interval.low, interval.low // 1 + 1):
        if key in interval:
            return key
    return Fraction(interval.low + (interval.high or 0)) / 2


def _texts(left: Texts, right: Texts) -> Texts:
    match left.excluded, right.excluded:
        case False, False:
            return Texts(left.values & right.values)
        case True, True:
            return Texts(left.values | right.values, True)
        case False, _:
            return Texts(left.values - right.values)
        case _:
            return Texts(right.values - left.values)


def _missing_members(region: Members) -> Iterable[Members]:
    """Yield disjoint regions: each breaks one demand and keeps those before it."""
    kept: frozenset[frozenset[str]] = frozenset()
    for clause in sorted(region.clauses, key=sorted):
        yield Members(kept, clause)
        kept |= {clause}
    if region.without:
        yield Members(kept | {region.without}, frozenset())
