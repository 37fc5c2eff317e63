"""Single cells read by a type outside of any table: expected results of cases, durations of reasons."""

from __future__ import annotations

from typing import Any

from tantam.plan.errors import Severity
from tantam.plan.sections import Plan
from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.reader import Cell
from tantam.plan.tables.table import Wanted, one_row
from tantam.plan.tables.types import Type

NAME = "value"


def cell_value(plan: Plan, text: str, kind: Type) -> Any:
    """Return what an output cell of this type means without any facts; None if it cannot be read."""
    cell = Cell(text, plan.root.place)
    table, findings = one_row({NAME: cell}, plan.scope, Wanted(NAME, {NAME: kind}))
    if table is None or any(each.severity is Severity.ERROR for each in findings):
        return None
    return compile_table(table, plan.scope)({}).outputs.get(NAME)
