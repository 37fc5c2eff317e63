"""What the plan says of who a case goes to, when it goes up, and how long it may lie."""

from __future__ import annotations

from datetime import datetime, timedelta

from tantam.desk.plans.duty import hours_of, next_open
from tantam.desk.plans.running import RunningPlan
from tantam.plan import run
from tantam.plan.tables.plain import read_fact
from tantam.plan.tables.types import Duration
from tantam.plan.tables.values import Span

USUALLY = "8 h"  # open time after which a case that nobody moved is looked at, where its level does not say
LONGEST = timedelta(days=370)
EXACT_TO = timedelta(seconds=30)


def gives(plan: RunningPlan, level: str) -> bool:
    """Return whether the level's cases are given to somebody; else they are only offered."""
    clause = plan.plan.levels.get(level)
    return clause is not None and clause.gives


def above_for(plan: RunningPlan, level: str, why: str) -> str | None:
    """Return the level above that this very reason names: `soon` is no reason to go up unless the plan says so."""
    clause = plan.plan.levels.get(level)
    return clause.escalates_to.get(why) if clause else None


def goes_up_untouched(plan: RunningPlan, level: str) -> bool:
    """Return whether a case that nobody moves goes up from this level by itself."""
    clause = plan.plan.levels.get(level)
    return clause is not None and clause.after is not None


def lies_since(plan: RunningPlan, level: str, now: datetime) -> datetime:
    """Return the latest instant at which a case was moved last that has lain too long by `now`. Exact to 30 seconds."""
    span = patience(plan, level)
    early, late = now - LONGEST, now
    while late - early > EXACT_TO:
        middle = early + (late - early) / 2
        if run.due_at(plan.plan, middle, span, plan.plan.promises.clock) <= now:
            early = middle
        else:
            late = middle
    return early


def patience(plan: RunningPlan, level: str) -> Span:
    """Return how long a case of this level may lie."""
    clause = plan.plan.levels.get(level)
    if clause is not None and clause.after is not None:
        return clause.after
    usual = read_fact("after", USUALLY, Duration(None))
    assert isinstance(usual, Span)
    return usual


def patience_words(plan: RunningPlan, level: str, lang: str) -> str:
    """Return the same in words: `8 hours`."""
    return run.aloud(patience(plan, level), lang)


def patience_clause(plan: RunningPlan, level: str) -> str:
    """Return where the plan says so, "" where it does not."""
    return f"levels.{level}.after" if goes_up_untouched(plan, level) else ""


def next_shift(plan: RunningPlan, level: str, now: datetime) -> datetime | None:
    """Return the first instant from `now` on at which somebody of the level works, None within 366 days."""
    return next_open(plan, hours_of(plan, "", level), now)


def half_way(plan: RunningPlan, now: datetime, until: datetime) -> datetime:
    """Return when half of the open time between the two has passed."""
    clock = plan.plan.promises.clock
    minutes = run.open_minutes_left(plan.plan, clock, now=now, due=until)
    return run.due_again(plan.plan, clock, now=now, minutes=minutes // 2) if minutes else until


def in_open_minutes(plan: RunningPlan, now: datetime, minutes: int) -> datetime:
    """Return when so many minutes will have passed on the plan's clock."""
    return run.due_again(plan.plan, plan.plan.promises.clock, now=now, minutes=minutes)
