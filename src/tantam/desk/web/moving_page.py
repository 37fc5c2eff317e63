"""What a page shows of promises that another version makes otherwise: what, before and after, clause, loss."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from tantam.desk import plans
from tantam.desk.cases.models import Case
from tantam.desk.cases.moving import CaseChanges, Change, Fate
from tantam.desk.plans import RunningPlan

WORDS: dict[Fate, str | Lazy] = {
    Fate.LATER: _("Later than promised"),
    Fate.GONE: _("No longer owed"),
    Fate.SOONER: _("Sooner"),
    Fate.NEW: _("Newly owed"),
    Fate.PASSED: _("Would be overdue already"),
}
NOTES: dict[Fate, str | Lazy] = {
    Fate.LATER: _("A loss for the customer. The earlier time is kept unless you say otherwise."),
    Fate.GONE: _("A loss for the customer. The promise is kept unless you say otherwise."),
    Fate.SOONER: _("The new time takes the place of the old."),
    Fate.NEW: _("Owed from the move on."),
    Fate.PASSED: _("The new time lies in the past. The promise stays as it was made."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One promise of a case. before, after: None where nothing was, or will be owed. clause, version: who says so."""

    case: Case
    what: str
    before: datetime | None
    after: datetime | None
    clause: str


@dataclass(frozen=True, slots=True)
class Group:
    """Promises that meet the same fate."""

    fate: str
    title: str
    note: str
    is_loss: bool
    lines: tuple[Line, ...]


def groups(found: Iterable[CaseChanges], plan: RunningPlan, lang: str) -> list[Group]:
    """Return what would change, losses first; what stays as it is is left out."""
    every = [(each.case, change) for each in found for change in each.changes]
    grouped = [(fate, [pair for pair in every if pair[1].fate is fate]) for fate in WORDS]
    return [
        Group(
            fate.value,
            str(WORDS[fate]),
            str(NOTES[fate]),
            fate in (Fate.LATER, Fate.GONE),
            tuple(_line(case, change, plan, lang) for case, change in pairs),
        )
        for fate, pairs in grouped
        if pairs
    ]


def _line(case: Case, change: Change, plan: RunningPlan, lang: str) -> Line:
    made = change.promise
    said_by = plan if change.owed or made is None else plans.version(made.plan_version_id)
    clause = change.owed.because.clause if change.owed else made.clause if made else ""
    before = made.due_at if made else None
    return Line(case, said_by.promise_label(change.kind, lang, clause), before, change.due, clause)
