"""A case that shows something, told as the table's head would put it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tantam.plan.checks.space.shown import value_text
from tantam.plan.checks.space.witness import MISSING
from tantam.plan.tables.evaluate import evaluate
from tantam.plan.tables.nodes import Fact
from tantam.plan.tables.reach import given_below
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Table


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


def _is_given(name: str, scope: Scope) -> bool:
    term = scope.terms.get(name.split(".")[0])
    return term is None or (term.computed is None and term.table is None) or "." in name
