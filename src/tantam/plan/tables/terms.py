"""Builds the scope of a plan: types of computed terms in the order they need each other, cycles found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tantam.plan.errors import Finding
from tantam.plan.tables.scope import Declared, Scope
from tantam.plan.tables.types import RecordOf, Type


def build_scope(
    declared: Sequence[Declared], records: Mapping[str, RecordOf], currency: str
) -> tuple[Scope, list[Finding]]:
    """Return the scope of all declared terms and every finding in them. Set `deadline` with dataclasses.replace."""
    raise NotImplementedError
