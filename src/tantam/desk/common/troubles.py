"""Panels of the page of troubles: a room that has something stuck registers how it is shown; no page names the room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

_panels: dict[str, Panel] = {}


@dataclass(frozen=True, slots=True)
class Panel:
    """template: shows `rows`, with its own heading. rows: returns at most so many, newest first."""

    template: str
    rows: Callable[[int], Sequence[object]]


def show(panel: Panel) -> None:
    """Let the page of troubles show the panel; the same template again changes nothing."""
    _panels[panel.template] = panel


def filled(most: int) -> list[tuple[str, Sequence[object]]]:
    """Return (template, rows) of the panels that have something to show. most: rows of each."""
    found = ((each.template, each.rows(most)) for each in _panels.values())
    return [(template, rows) for template, rows in found if rows]
