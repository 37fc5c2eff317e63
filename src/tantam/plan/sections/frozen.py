"""Freezing: a plan as JSON text with the holidays of three years, and back, without reading any file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import PurePath

from tantam.plan.calendars import Hours, holiday_dates
from tantam.plan.errors import PlanUnreadable
from tantam.plan.files import Source
from tantam.plan.files.sources import trouble
from tantam.plan.sections.build import build
from tantam.plan.sections.plan import Plan

FORM = 1
YEARS = 3


def freeze(plan: Plan, *, version: int | None = None, today: date) -> str:
    """Return the plan as JSON text: its sources and number, and its holidays from `today`'s year for three years."""
    frozen = {
        "form": FORM,
        "hash": plan.hash,
        "version": version,
        "holidays": {name: _dates(hours, today.year) for name, hours in plan.hours.items() if hours.holidays.codes},
        "sources": [{"name": PurePath(each.name).name, "text": each.text} for each in plan.sources],
    }
    return json.dumps(frozen, ensure_ascii=False)


def thaw(text: str) -> Plan:
    """Return the plan that `freeze` wrote. Raises PlanUnreadable if the text was changed since."""
    frozen = json.loads(text)
    sources = tuple(Source(each["name"], each["text"]) for each in frozen["sources"])
    holidays = {
        name: {int(year): frozenset(map(date.fromisoformat, dates)) for year, dates in years.items()}
        for name, years in frozen["holidays"].items()
    }
    plan = build(sources, version=frozen["version"], holidays=holidays)
    if plan.hash != frozen["hash"]:
        raise PlanUnreadable([trouble("F18", sources[0].name, got=plan.hash, expected=frozen["hash"])])
    return plan


def _dates(hours: Hours, year: int) -> dict[str, list[str]]:
    known = holiday_dates(hours.holidays.codes, range(year, year + YEARS))
    return {str(year): sorted(each.isoformat() for each in dates) for year, dates in known.items()}
