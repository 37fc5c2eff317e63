"""How long the plan lets the desk keep something: by its clause under `privacy`, where it has one that fits."""

from __future__ import annotations

from datetime import datetime, timedelta

from tantam.desk.plans.running import RunningPlan
from tantam.plan.sections.clauses_care import Retention
from tantam.plan.tables.values import Family

RAW = "raw_mail"  # what came in, as it came
MACHINES = "machine_mail"  # what machines wrote, and what came twice
CALLS = "assistant_calls"  # which tools assistants used, about whom
RAW_KEPT, MACHINES_KEPT = timedelta(days=400), timedelta(days=30)  # where no clause says it
_SAID = ("conversations", "cases", "messages")  # how plans call what is said: what came is a copy of it


def raw_before(plan: RunningPlan, now: datetime) -> datetime | None:
    """Return the instant before which nothing is kept as it came; None where it is kept for good.

    By the clause `raw_mail`; without one after RAW_KEPT, or sooner where what is said is itself kept for less.
    """
    return _as_what_is_said(RAW, plan, now)


def calls_before(plan: RunningPlan, now: datetime) -> datetime | None:
    """Return the instant before which no call of an assistant is kept; None where it is kept for good.

    By the clause `assistant_calls`; without one as what came: it says with whom an assistant was busy.
    """
    return _as_what_is_said(CALLS, plan, now)


def machines_before(plan: RunningPlan, now: datetime) -> datetime | None:
    """Return the instant before which no machine's mail is kept; None where it is kept for good."""
    clause = plan.plan.privacy.get(MACHINES)
    return _before(clause, now) if clause else now - MACHINES_KEPT


def words_before(plan: RunningPlan, now: datetime) -> tuple[str, datetime | None]:
    """Return the clause about what is said, and the instant before which it is kept no longer; "", None without one."""
    for each in _SAID:
        if each in plan.plan.privacy:
            return f"privacy.{each}", _before(plan.plan.privacy[each], now)
    return "", None


def _as_what_is_said(name: str, plan: RunningPlan, now: datetime) -> datetime | None:
    clauses = plan.plan.privacy
    if name in clauses:
        return _before(clauses[name], now)
    known = [_before(clauses[each], now) for each in _SAID if each in clauses]
    return max([now - RAW_KEPT, *(each for each in known if each is not None)])


def _before(clause: Retention, now: datetime) -> datetime | None:
    """Return `now` less the time of a clause; working days count as days, and one day is given beside months."""
    span = clause.keep
    if span is None:
        return None
    if span.family is Family.EXACT:
        return now - timedelta(seconds=span.key)
    return now - timedelta(days=span.key + bool(span.months))
