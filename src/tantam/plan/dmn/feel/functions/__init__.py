"""FEEL's built-in functions, by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tantam.plan.dmn.feel.functions import contexts, lists, numbers, ranges, strings, temporals
from tantam.plan.dmn.feel.values import Function

BUILTINS: Mapping[str, Function] = {
    **numbers.FUNCTIONS, **strings.FUNCTIONS, **lists.FUNCTIONS, **contexts.FUNCTIONS, **ranges.FUNCTIONS,
    **temporals.FUNCTIONS,
    # Only a run knows the time: `clock` puts these in their place.
    "now": Function(((),), lambda: None, lambda count: not count),
    "today": Function(((),), lambda: None, lambda count: not count),
}  # fmt: skip


def clock(now: datetime) -> dict[str, Any]:
    """Return the built-in functions of a run that takes place `now`."""
    return {
        **BUILTINS,
        "now": Function(((),), lambda: now, lambda count: not count),
        "today": Function(((),), now.date, lambda count: not count),
    }
