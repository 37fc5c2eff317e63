"""What names mean: the terms, records, currency and deadline rule that expressions may speak of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tantam.plan.errors import Place
from tantam.plan.months import add_months
from tantam.plan.tables.types import RecordOf, Type
from tantam.plan.tables.values import Family, Span

if TYPE_CHECKING:
    from tantam.plan.tables.form import Table
    from tantam.plan.tables.nodes import Expr
    from tantam.plan.tables.reader import TableText

Deadline = Callable[[date, Span], date]


@dataclass(frozen=True, slots=True)
class Term:
    """A typed fact. computed: its checked expression; table: what decides it; default: its value when missing."""

    name: str
    type: Type
    place: Place
    computed: Expr | None = None
    table: Table | None = None
    default: Any = None


def calendar_deadline(start: date, span: Span) -> date:
    """Return `start` plus the span; working days are Monday to Friday. For plans without rules of their own."""
    if span.family is not Family.WORKING:
        days = span.amount if span.family is Family.CALENDAR else -(-span.amount // 86_400)
        return add_months(start, span.months) + timedelta(days=days)
    weeks, left = divmod(max(span.amount, 0), 5)
    end = start + timedelta(weeks=weeks)
    while left:
        end += timedelta(days=1)
        left -= end.weekday() < 5
    return end


@dataclass(frozen=True, slots=True)
class Scope:
    """terms and records by name; currency: ISO 4217 of the plan; deadline: the rule of `deadline(date, duration)`."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    records: Mapping[str, RecordOf] = field(default_factory=dict)
    currency: str = ""
    deadline: Deadline = calendar_deadline
    # What was compiled of it, by those who compile; `dataclasses.replace` starts anew.
    prepared: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Given:
    """A term that is told or recorded."""

    name: str
    type: Type
    place: Place
    default: Any = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A term computed from others: `difference: sum(swaps, …)`. place: where its text begins."""

    name: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class ByTable:
    """A term that a table decides; the type is declared, the table's output column bears the term's name."""

    name: str
    type: Type
    table: TableText
    place: Place


Declared = Given | Computed | ByTable
