"""What a term can be: one frozen dataclass a type, with its bounds; knows no facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from tantam.plan.tables.values import Amount, Family, Span


class Ordering(StrEnum):
    """What comparisons a type admits."""

    NONE = "none"
    EQUAL = "equal"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no; the value is a bool."""

    def __str__(self) -> str:
        return "yes_no"


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number: int, or Fraction where it is not whole. unit: a word of the plan, or "" for none.

    low, high: inclusive; None is unbounded. whole: only whole numbers occur (a count)."""

    unit: str = ""
    low: int | Fraction | None = None
    high: int | Fraction | None = None
    whole: bool = False

    def __str__(self) -> str:
        return f"number({self.unit})" if self.unit else "number"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217). low, high: inclusive; None is unbounded."""

    currency: str
    low: Amount | None = None
    high: Amount | None = None

    def __str__(self) -> str:
        return f"money({self.currency})"


UNITS_OF = {Family.EXACT: "min, h", Family.CALENDAR: "days", Family.WORKING: "working days"}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time of one family; families never compare with each other.

    family: None where the cells of a table mix them (then it can be shown, not compared)."""

    family: Family | None
    low: Span | None = None
    high: Span | None = None

    def __str__(self) -> str:
        return f"duration({UNITS_OF[self.family]})" if self.family else "duration"


@dataclass(frozen=True, slots=True)
class Date:
    """A day; the value is a datetime.date."""

    def __str__(self) -> str:
        return "date"


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day; the value is a datetime.time without a zone."""

    def __str__(self) -> str:
        return "time"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant; the value is an aware datetime."""

    def __str__(self) -> str:
        return "moment"


@dataclass(frozen=True, slots=True)
class Text:
    """Free text; as an output, the cell's words, or a text term of that name."""

    def __str__(self) -> str:
        return "text"


@dataclass(frozen=True, slots=True)
class Word:
    """The cell's own words and never an expression: the key of a text, a citation. Outputs only."""

    def __str__(self) -> str:
        return "word"


@dataclass(frozen=True, slots=True)
class Words:
    """Words joined by `+` or `,`; the value is a tuple of them. Outputs only."""

    def __str__(self) -> str:
        return "words"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Exactly one of `values`, in the plan's order."""

    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"one_of [{', '.join(self.values)}]"


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Any subset of `values`; the value is a frozenset, and an empty one is known, not missing."""

    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"some_of [{', '.join(self.values)}]"


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A record of the plan with its typed fields; the value is a mapping, fields may be missing."""

    name: str
    fields: Mapping[str, Type] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"record({self.name})"

    def __hash__(self) -> int:
        return hash((self.name, tuple(self.fields)))


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of records; the value is a tuple of mappings. low, high: how many, inclusive."""

    record: RecordOf
    low: int = 0
    high: int | None = None

    def __str__(self) -> str:
        return f"list({self.record.name})"


@dataclass(frozen=True, slots=True)
class Broken:
    """The type of what already has a finding: everything fits it, so that one fault is told once."""

    def __str__(self) -> str:
        return "?"


Type = (
    YesNo | Number | Money | Duration | Date | Time | Moment | Text | Word | Words
    | OneOf | SomeOf | RecordOf | ListOf | Broken
)  # fmt: skip


def ordering(kind: Type) -> Ordering:
    """Return which comparisons values of this type admit."""
    match kind:
        case Number() | Money() | Duration() | Date() | Time() | Moment() | Broken():
            return Ordering.ORDERED
        case YesNo() | Text() | Word() | OneOf() | SomeOf():
            return Ordering.EQUAL
        case Words() | RecordOf() | ListOf():
            return Ordering.NONE
