"""What facts and cells hold: amounts, spans, ranges; exact arithmetic, no floats, no locale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

from tantam.plan.errors import NotComparable
from tantam.plan.months import add_months
from tantam.plan.tables.currencies import minor_digits as minor_digits

DAYS_IN_400_YEARS = 146_097
MONTHS_IN_400_YEARS = 4_800
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Family(StrEnum):
    """The three families of durations; they are never compared with each other."""

    EXACT = "exact"
    CALENDAR = "calendar"
    WORKING = "working"


def rounded(value: int | Fraction) -> int:
    """Return the nearest whole number; halves go away from zero, as tradesmen round."""
    if isinstance(value, int):
        return value
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return whole if value >= 0 else -whole


def plain_number(value: Fraction | int) -> int | Fraction:
    """Return an int where the value is whole, else the Fraction."""
    return int(value) if value.denominator == 1 else value


def number_text(value: int | Fraction, digits: int = 6) -> str:
    """Return the number without a locale: `3`, `0.6`, at most `digits` after the point."""
    if isinstance(value, int):
        return str(value)
    scaled = rounded(value * 10**digits)
    sign, scaled = ("-" if scaled < 0 else ""), abs(scaled)
    whole, rest = divmod(scaled, 10**digits)
    tail = f"{rest:0{digits}d}".rstrip("0")
    return f"{sign}{whole}.{tail}" if tail else f"{sign}{whole}"


def written(value: Any) -> str:
    """Return a value as a plan writes it: 2.5, not 5/2."""
    return number_text(value) if isinstance(value, Fraction) else str(value)


@dataclass(frozen=True, slots=True)
class Amount:
    """Money: whole minor units of one currency. Arithmetic rounds halves away from zero."""

    minor: int
    currency: str

    @classmethod
    def of(cls, major: int | Fraction, currency: str) -> Amount:
        """Return `major` units (9.90) as an amount, rounded to the currency's minor unit."""
        return cls(rounded(major * 10 ** minor_digits(currency)), currency)

    @property
    def major(self) -> int | Fraction:
        """The amount in major units, exactly."""
        return plain_number(Fraction(self.minor, 10 ** minor_digits(self.currency)))

    def _minor_of(self, other: Amount) -> int:
        if self.currency != other.currency:
            raise NotComparable(str(self), str(other))
        return other.minor

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.minor + self._minor_of(other), self.currency)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.minor - self._minor_of(other), self.currency)

    def __neg__(self) -> Amount:
        return Amount(-self.minor, self.currency)

    def __abs__(self) -> Amount:
        return Amount(abs(self.minor), self.currency)

    def __mul__(self, factor: int | Fraction) -> Amount:
        return Amount(rounded(self.minor * factor), self.currency)

    __rmul__ = __mul__

    def __truediv__(self, other: Amount | int | Fraction) -> Any:
        """Return a number for money / money, an amount for money / number. Raises ZeroDivisionError."""
        if isinstance(other, Amount):
            return plain_number(Fraction(self.minor, self._minor_of(other)))
        return Amount(rounded(Fraction(self.minor) / other), self.currency)

    def __lt__(self, other: Amount) -> bool:
        return self.minor < self._minor_of(other)

    def __le__(self, other: Amount) -> bool:
        return self.minor <= self._minor_of(other)

    def __gt__(self, other: Amount) -> bool:
        return self.minor > self._minor_of(other)

    def __ge__(self, other: Amount) -> bool:
        return self.minor >= self._minor_of(other)

    def __str__(self) -> str:
        digits = minor_digits(self.currency)
        if not digits:
            return f"{self.minor} {self.currency}"
        whole, rest = divmod(abs(self.minor), 10**digits)
        return f"{'-' if self.minor < 0 else ''}{whole}.{rest:0{digits}d} {self.currency}"


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """A duration. amount: seconds (exact), days (calendar), working days (working); months: calendar only.

    since: the day from which an age was counted; with it an age compares with months to the day.
    Two spans of nothing are equal in whatever family."""

    family: Family
    amount: int = 0
    months: int = 0
    since: date | None = field(default=None, compare=False)

    @classmethod
    def age(cls, since: date, until: date) -> Span:
        """Return the calendar days from `since` to `until`, knowing from which day they count."""
        return cls(Family.CALENDAR, (until - since).days, 0, since)

    @property
    def is_zero(self) -> bool:
        return not self.amount and not self.months

    @property
    def key(self) -> int:
        """Its place in its family's order: seconds, days, working days; a month is 30.436875 days, rounded down."""
        return self.amount + self.months * DAYS_IN_400_YEARS // MONTHS_IN_400_YEARS if self.months else self.amount

    def days_from(self, start: date) -> int:
        """Return how many days a calendar span lasts from that day. Raises OverflowError after year 9999."""
        return (add_months(start, self.months) - start).days + self.amount if self.months else self.amount

    def keys_against(self, other: Span) -> tuple[int, int]:
        """Return both places in their common order. Raises NotComparable for two families."""
        if self.family is not other.family and not self.is_zero and not other.is_zero:
            raise NotComparable(str(self), str(other))
        if self.since and other.months and not self.months:
            return self.amount, other.days_from(self.since)
        if other.since and self.months and not other.months:
            return self.days_from(other.since), other.amount
        return self.key, other.key

    def _with(self, other: Span, sign: int) -> Span:
        if self.family is not other.family:
            if other.is_zero:
                return self
            if not self.is_zero:
                raise NotComparable(str(self), str(other))
        return Span(other.family, self.amount + sign * other.amount, self.months + sign * other.months)

    def __add__(self, other: Span) -> Span:
        return self._with(other, 1)

    def __sub__(self, other: Span) -> Span:
        return self._with(other, -1)

    def __neg__(self) -> Span:
        return Span(self.family, -self.amount, -self.months)

    def __abs__(self) -> Span:
        return -self if self.key < 0 else self

    def __mul__(self, factor: int | Fraction) -> Span:
        return Span(self.family, rounded(self.amount * factor), rounded(self.months * factor))

    __rmul__ = __mul__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Span):
            return NotImplemented
        if self.is_zero and other.is_zero:
            return True
        return (self.family, self.amount, self.months) == (other.family, other.amount, other.months)

    def __hash__(self) -> int:
        return 0 if self.is_zero else hash((self.family, self.amount, self.months))

    def __lt__(self, other: Span) -> bool:
        mine, theirs = self.keys_against(other)
        return mine < theirs

    def __le__(self, other: Span) -> bool:
        mine, theirs = self.keys_against(other)
        return mine <= theirs

    def __gt__(self, other: Span) -> bool:
        mine, theirs = self.keys_against(other)
        return mine > theirs

    def __ge__(self, other: Span) -> bool:
        mine, theirs = self.keys_against(other)
        return mine >= theirs

    def __str__(self) -> str:
        """The span as a cell would write it: `1 h 30 min`, `14 days`, `3 working days`, `at once`."""
        return span_text(self)


AT_ONCE = Span(Family.EXACT)


def span_text(span: Span) -> str:
    """Return the span as a cell would write it, without a locale."""
    if span.is_zero:
        return "at once" if span.family is Family.EXACT else f"0 {'working ' * (span.family is Family.WORKING)}days"
    if span.family is Family.WORKING:
        return _counted(span.amount, "working day")
    if span.family is Family.CALENDAR and not span.months:
        return _counted(span.amount, "day")
    if span.family is Family.CALENDAR:
        years, months = divmod(span.months, 12) if span.months % 12 == 0 else (0, span.months)
        parts = [_counted(years, "year"), _counted(months, "month"), _counted(span.amount, "day")]
        return " ".join(part for part in parts if part)
    sign, left, parts = ("-" if span.amount < 0 else ""), abs(span.amount), []
    for unit, seconds in (("h", 3600), ("min", 60), ("s", 1)):
        count, left = divmod(left, seconds)
        if count:
            parts.append(f"{sign}{count} {unit}")
    return " ".join(parts)


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if abs(count) == 1 else 's'}" if count else ""


@dataclass(frozen=True, slots=True)
class Range:
    """An output that names two bounds, such as `5..7 working days`; a missing bound is None."""

    low: Any
    high: Any

    def __str__(self) -> str:
        low, high = ("" if bound is None else written(bound) for bound in (self.low, self.high))
        number, _, unit = low.partition(" ")
        short = unit and number.isdigit() and unit.rstrip("s") == high.partition(" ")[2].rstrip("s")
        return f"{number if short else low}..{high}"


@dataclass(frozen=True, slots=True)
class Every:
    """An output that repeats, such as `every 1 h`."""

    span: Span

    def __str__(self) -> str:
        return f"every {self.span}"


def longest(within: Any) -> Span | None:
    """Return the time that an output of time gives: of a range the later bound; None where it gives none."""
    match within:
        case Range(high=Span() as high):
            return high
        case Every(span=span) | (Span() as span):
            return span
        case _:
            return None


Value: TypeAlias = (
    bool | int | Fraction | Amount | Span | Range | Every | date | time | datetime | str
    | frozenset[str] | tuple[Any, ...] | Mapping[str, Any]
)  # fmt: skip
Key: TypeAlias = int | Fraction


def order_key(value: Any) -> Key:
    """Return the place of an ordered value in its type's order.

    Numbers as they are, money in minor units, spans in seconds or days, dates as ordinals,
    times in seconds after midnight, moments in microseconds of the epoch. Raises TypeError for the rest."""
    match value:
        case bool():
            raise TypeError("yes and no have no order")
        case int() | Fraction():
            return value
        case Amount():
            return value.minor
        case Span():
            return value.key
        case datetime():
            return (value - EPOCH) // MICROSECOND
        case date():
            return value.toordinal()
        case time():
            return value.hour * 3600 + value.minute * 60 + value.second
    raise TypeError(f"{type(value).__name__} has no order")
