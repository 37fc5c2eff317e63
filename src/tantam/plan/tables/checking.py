"""Gives every name its meaning and every expression its type, by the rules of the plan's form."""

from __future__ import annotations

from tantam.plan.errors import Finding
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.types import Type


def check(expr: Expr, scope: Scope, expected: Type | None = None) -> tuple[Expr, list[Finding]]:
    """Return the expression with its names resolved and `.type` set, and all findings.

    expected: the type that its place demands (YesNo for a condition); None if any will do."""
    raise NotImplementedError
