"""Promises in a text, and times as people write them, by the plan's zone and hours."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.plans.running import RunningPlan
from tantam.plan import vows
from tantam.plan.vows import Found


def found(text: str, lang: str, now: datetime, plan: RunningPlan) -> Found | None:
    """Return the last promise in the text, None if no sentence commits us to a time after `now`."""
    return vows.found(text, lang, now, plan.plan)


def when(words: str, lang: str, now: datetime, plan: RunningPlan) -> datetime | None:
    """Return the time that somebody wrote (`tomorrow at ten`, `2026-03-31 14:00`), aware; None if it is none."""
    moment = vows.moment(words, lang, now, plan.plan)
    return moment.due if moment else None


__all__ = ["Found", "found", "when"]
