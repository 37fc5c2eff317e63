"""A case that shows something, told as the table's head would put it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tantam.plan.checks.space.shown import value_text
from tantam.plan.checks.space.witness import MISSING
from tantam.plan.tables.evaluate import evaluate
from tantam.plan.tables.nodes import Fact
from tantam.plan.tables.reach import given_below
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Table
from tantam.plan.tables.values import Family, Span

_MOST_DAYS = 1_000_000


@dataclass(frozen=True, slots=True)
class Case:
    """words: what matters of the case, by given term, as cells would write it.

    columns: the same as the table's head puts it, with computed terms instead of what they are computed from.
    """

    words: Mapping[str, str]
    columns: Mapping[str, str]

    @property
    def text(self) -> str:
        """The case in one line: `fault = transport, owned = 400 days`; what is not known is `?`."""
        return ", ".join(f"{name} = {'?' if value == MISSING else value}" for name, value in self.columns.items())


def told(table: Table, scope: Scope, words: Mapping[str, str], facts: Mapping[str, Any]) -> Case:
    """Return the case for people. words: what matters of it; facts: all of it, to compute what the head asks."""
    columns: dict[str, str] = {}
    covered: set[str] = set()
    for column in table.inputs:
        if not isinstance(column.expr, Fact):
            continue
        name = ".".join(column.expr.path)
        below = given_below((column.expr,), scope)
        if name in words:
            columns[name] = words[name]
        elif not _is_given(name, scope) and any(each.split(".")[0] in below for each in words):
            known = evaluate(column.expr, facts, scope)
            if known.value is not None:
                columns[name] = value_text(known.value)
                covered.update(below)
    rest = {name: value for name, value in words.items() if name.split(".")[0] not in covered}
    return Case(words, {**columns, **rest})


def aged(facts: Mapping[str, Any], start: date) -> dict[str, Any]:
    """Return the facts with every age counted from `start`, so that it compares with months to the day."""
    return {name: _aged(value, start) for name, value in facts.items()}


def _aged(value: Any, start: date) -> Any:
    if isinstance(value, Mapping):
        return aged(value, start)
    if isinstance(value, Span) and value.family is Family.CALENDAR and not value.months:
        return replace(value, since=start) if abs(value.amount) < _MOST_DAYS else value
    return value


def dated(case: Case, facts: Mapping[str, Any]) -> Case:
    """Return the case with the days between which an age lies: `31 days (2026-07-01 … 2026-08-01)`."""
    columns = dict(case.columns)
    for name, value in facts.items():
        if name in columns and isinstance(value, Span) and value.since is not None:
            columns[name] += f" ({value.since} … {value.since + timedelta(days=value.amount)})"
    return Case(case.words, columns)


def _is_given(name: str, scope: Scope) -> bool:
    term = scope.terms.get(name.split(".")[0])
    return term is None or (term.computed is None and term.table is None) or "." in name
