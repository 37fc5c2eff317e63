"""Words for promises by hand, for limits, and for what departments owe each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.cases.models import Promise
from tantam.desk.cases.vows import APPOINTMENT, BY_HAND, CALL, VISIT
from tantam.desk.common import clock, spoken
from tantam.desk.plans import RunningPlan, departments, limits
from tantam.desk.plans.care import department_label

ICONS = {
    "moved": "swap",
    "reminded": "clock",
    "invited": "mail",
    "uninvited": "mail",
    "limited": "zero",
    "excepted": "heart",
    "asked_department": "out",
    "endangered": "alert",
}
SENTENCES = {
    "moved": noop("%(who)s moved what was promised: %(what)s, now %(due)s"),
    "reminded": noop("%(owner)s was reminded: %(what)s, %(due)s"),
    "invited": noop("An invitation went to %(customer)s"),
    "uninvited": noop("The appointment was cancelled in the calendar of %(customer)s"),
    "limited": noop("The plan says that we do not do this: %(limit)s"),
    "excepted": noop("%(who)s made an exception: %(limit)s"),
    "asked_department": noop("%(who)s asked a department: %(department)s"),
    "endangered": noop("In danger: %(what)s. %(department)s is late with what it rests on"),
}
_LATE = {
    "moved": noop("%(who)s moved at the last moment what was promised: %(what)s, now %(due)s"),
    "withdrawn": noop("Withdrawn at the last moment: %(what)s"),
}
STORY = frozenset({"moved", "withdrawn", "limited", "excepted", "asked_department", "endangered"})
KINDS = {
    BY_HAND: noop("something else"),
    CALL: noop("a call"),
    APPOINTMENT: noop("an appointment"),
    VISIT: noop("a visit"),
}


def sentence(code: str, args: Mapping[str, Any]) -> str:
    """Return the sentence of a late change, "" for all others."""
    return _LATE.get(code, "") if args.get("late") else ""


def arguments(args: Mapping[str, Any], plan: RunningPlan, lang: str) -> dict[str, str]:
    """Return what these events name, in words."""
    rule, department = str(args.get("rule") or ""), str(args.get("department") or "")
    return {
        "limit": limits.label(plan, rule, lang) if rule else "–",
        "department": department_label(plan, department, lang) if department else "–",
    }


def owed(plan: RunningPlan, promise: Promise, lang: str) -> str:
    """Return what is owed, in the words that it was promised in, else in the plan's."""
    return promise.words or departments.what(plan, promise.clause, lang) or promise.kind.replace("_", " ")


def when(promise: Promise) -> str:
    """Return when it is due, and of what has an end until when."""
    at = spoken.instant(promise.due_at, clock.now())
    return f"{at} – {_until(promise.ends_at)}" if promise.ends_at else at


def _until(ends: datetime) -> str:
    return spoken.instant(ends, clock.now())


def kinds() -> list[tuple[str, str]]:
    """Return what one may promise, with its words."""
    return [(code, gettext(words)) for code, words in KINDS.items()]
