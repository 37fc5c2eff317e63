"""The panels of the case's page: each subject registers its own, and the page shows them in their columns.

A panel lives in `web/case_panels/<subject>.py` (imported by `case_panels/__init__`), its template in
`templates/web/panels/<subject>.html`, where `p` is what its function returned.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from tantam.desk.accounts.models import Person
from tantam.desk.cases.facts import groups_of, known_of
from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.plans import Fact, RunningPlan
from tantam.desk.web.case_log import CaseLog

Column = Literal["left", "top", "composer", "right"]
COLUMNS: tuple[Column, ...] = ("left", "top", "composer", "right")


@dataclass(frozen=True)
class Shown:
    """What every panel is asked for. typed: what was written in a form and refused, by the form's name.

    log: what happened, where the page has read it already.
    """

    case: Case
    person: Person
    plan: RunningPlan
    lang: str
    now: datetime
    typed: Any
    log: CaseLog | None = None

    @cached_property
    def turns(self) -> list[CaseEvent]:
        """What gave the case to people and levels, and what was answered, the newest first; read once a page."""
        codes = ("offered", "escalated", "deescalated", "taken", "handed_over", "replied", "asked", "resolved")
        if self.log and self.log.whole:
            return self.log.of(codes, self.case)[:40]
        return list(self.case.events.filter(code__in=codes).select_related("person").order_by("-id")[:40])

    @cached_property
    def known(self) -> Mapping[str, Fact]:
        """All that is known of the case, what was told when it was opened among it; read once a page."""
        return known_of(self.case, self.plan, self.now)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups that the customer is in."""
        return groups_of(self.case, self.known, self.plan, now=self.now)


Fill = Callable[[Shown], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """column: left (where we stand), top (above the conversation), composer (in it, below), right (who, owed, rights).

    order: smaller is higher. fill: returns the template's `p`; None leaves the panel out.
    """

    name: str
    column: Column
    order: int
    fill: Fill

    @property
    def template(self) -> str:
        """Its template."""
        return f"web/panels/{self.name}.html"


_panels: dict[str, Panel] = {}


def panel(name: str, column: Column, order: int) -> Callable[[Fill], Fill]:
    """Register the function that fills the panel `name`. Raises ValueError for a name that another one has."""

    def register(fill: Fill) -> Fill:
        known = _panels.setdefault(name, Panel(name, column, order, fill))
        if known.fill is not fill:
            raise ValueError(f"There is a panel {name!r} already; name this one differently.")
        return fill

    return register


def panels(shown: Shown) -> dict[str, list[dict[str, Any]]]:
    """Return {column: [{"template", "p"}]} of the panels that have something to show."""
    found: dict[str, list[dict[str, Any]]] = {column: [] for column in COLUMNS}
    for each in sorted(_panels.values(), key=lambda known: known.order):
        filled = each.fill(shown)
        if filled is not None:
            found[each.column].append({"template": each.template, "p": filled})
    return found
