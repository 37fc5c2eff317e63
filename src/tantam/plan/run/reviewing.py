"""Which ended conversations are reviewed, by when, and what a review's answers come to.

Who is drawn is decided by the case's number and the month alone: asked again, the answer is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from tantam.plan.errors import NeverOpens
from tantam.plan.run.promises import due_at
from tantam.plan.run.serving import IN_HOUSE
from tantam.plan.run.unsaid import GOOD_FROM, REVIEWED
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses_care import QualityForm
from tantam.plan.tables.values import Span

_BYTES = 8


class Mark(StrEnum):
    """What a reviewer says of one line of the form."""

    YES = "yes"
    NO = "no"
    NONE = "none"  # it could not be seen in this conversation


@dataclass(frozen=True, slots=True)
class Drawn:
    """A conversation to be reviewed. form: the plan's name. due: aware, by when."""

    form: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Scored:
    """What a review comes to. points: 0..100. good: enough points, and nothing indispensable missing."""

    points: int
    good: bool


def drawn(plan: Plan, case: int, provider: str, ended: datetime) -> tuple[Drawn, ...]:
    """Return by which forms a conversation is reviewed that ended then, in the plan's order.

    provider: whose case it was, "" for the house's own people; its `sampled` counts before the form's `sample`. A form
    without items draws nothing. case: its id. ended: aware; its month in the company's zone is the period.
    """
    period = ended.astimezone(ZoneInfo(plan.zone)).strftime("%Y-%m")
    theirs = _sampled(plan, provider)
    return tuple(
        Drawn(name, _due(plan, ended, form.within or REVIEWED))
        for name, form in plan.quality.items()
        if form.items and _lot(f"{name}:{period}:{case}") < (theirs if theirs is not None else form.sample or 0.0)
    )


def scored(form: QualityForm, marks: Mapping[str, Mark]) -> Scored:
    """Return what the marks come to; a line that is not marked could not be seen.

    The points are the weight of what was there, of all that could be seen. An indispensable line that is missing makes
    it 0. Where nothing could be seen there is nothing to judge: 100 points and good.
    """
    seen = [each for each in form.items if marks.get(each.name, Mark.NONE) is not Mark.NONE]
    there = [each for each in seen if marks[each.name] is Mark.YES]
    if any(each.critical for each in seen if each not in there):
        return Scored(0, False)
    most, got = sum(each.weight for each in seen), sum(each.weight for each in there)
    share = got / most if most else float(len(there) == len(seen))
    enough = GOOD_FROM if form.pass_mark is None else form.pass_mark
    return Scored(round(100 * share), share >= enough)


def _due(plan: Plan, ended: datetime, span: Span) -> datetime:
    """Return by when, on the clock of the promises; where that never opens, in calendar time."""
    try:
        return due_at(plan, ended, span, plan.promises.clock)
    except NeverOpens:
        return due_at(plan, ended, span, "")


def _sampled(plan: Plan, provider: str) -> float | None:
    """Return the share of a provider's work that is looked at; of the house's own people, where the plan says one."""
    if provider:
        found = plan.providers.get(provider)
        return found.share if found else None
    return next((each.share for each in plan.providers.values() if each.kind == IN_HOUSE), None)


def _lot(key: str) -> float:
    """Return a number in [0, 1) that only the key decides, spread evenly over keys."""
    digest = hashlib.sha256(key.encode()).digest()[:_BYTES]
    return int.from_bytes(digest, "big") / (1 << 8 * _BYTES)
