"""How conversations are reviewed by the plan, as the desk asks it: which are drawn, the form, what marks come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tantam.desk.plans.running import RunningPlan
from tantam.plan.run import reviewing
from tantam.plan.run.reviewing import Mark, Scored


@dataclass(frozen=True, slots=True)
class Drawn:
    """A conversation to be reviewed. level: whose people review it beside managers, "" for nobody. due: UTC."""

    form: str
    level: str
    due: datetime
    clause: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form. critical: without it the whole is not good."""

    name: str
    words: str
    weight: float
    critical: bool


@dataclass(frozen=True, slots=True)
class Form:
    """A form in a language. four_eyes: a second person looks at each review."""

    label: str
    lines: tuple[Line, ...]
    four_eyes: bool
    clause: str


def drawn(plan: RunningPlan, case: int, provider: str, ended: datetime) -> tuple[Drawn, ...]:
    """Return by which forms a conversation is reviewed that ended then. provider: "" for the house's own people."""
    return tuple(
        Drawn(each.form, plan.plan.quality[each.form].by, each.due.astimezone(UTC), clause_of(each.form))
        for each in reviewing.drawn(plan.plan, case, provider, ended)
    )


def form(plan: RunningPlan, name: str, lang: str) -> Form:
    """Return a form of this version of the plan."""
    found = plan.plan.quality[name]
    lines = tuple(
        Line(each.name, plan.called(each.name, each.words, lang), each.weight, each.critical) for each in found.items
    )
    return Form(plan.called(name, found.label, lang), lines, found.four_eyes, clause_of(name))


def items(plan: RunningPlan, name: str) -> tuple[str, ...]:
    """Return the names of a form's lines."""
    return tuple(each.name for each in plan.plan.quality[name].items)


def four_eyes(plan: RunningPlan, name: str) -> bool:
    """Whether a second person looks at each review by this form."""
    return plan.plan.quality[name].four_eyes


def scored(plan: RunningPlan, name: str, marks: Mapping[str, Mark]) -> Scored:
    """Return what the marks by a form come to."""
    return reviewing.scored(plan.plan.quality[name], marks)


def draws(plan: RunningPlan) -> bool:
    """Whether the plan has any form by which conversations are reviewed."""
    return bool(forms(plan))


def forms(plan: RunningPlan) -> tuple[str, ...]:
    """Return the names of the forms by which anything can be looked at, in the plan's order."""
    return tuple(name for name, each in plan.plan.quality.items() if each.items)


def clause_of(name: str) -> str:
    """Return where a form stands in the plan."""
    return f"quality.{name}"


__all__ = [
    "Drawn",
    "Form",
    "Line",
    "Mark",
    "Scored",
    "clause_of",
    "drawn",
    "draws",
    "form",
    "forms",
    "four_eyes",
    "items",
    "scored",
]
