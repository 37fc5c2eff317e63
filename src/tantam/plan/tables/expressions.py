"""Reads expressions, cells and types of the plan into trees; knows their grammar, not what their names mean."""

from __future__ import annotations

from tantam.plan.errors import Finding, Place
from tantam.plan.tables.nodes import Expr


def parse(text: str, place: Place) -> tuple[Expr | None, list[Finding]]:
    """Return the tree of an expression, or None and what cannot be read. place: of its first character."""
    raise NotImplementedError
