"""Freezing: a plan as JSON text with the holidays of three years, and back, without reading any file."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from os.path import commonpath
from pathlib import PurePath
from typing import Any

from tantam.plan.calendars import Hours, Interval, holiday_dates
from tantam.plan.calendars.hours import Settled
from tantam.plan.calendars.special_days import special_days
from tantam.plan.errors import PlanUnreadable
from tantam.plan.files import Mapping, Source
from tantam.plan.files.links import normal
from tantam.plan.files.packed import packed, unpacked
from tantam.plan.files.sources import trouble
from tantam.plan.sections.build import build
from tantam.plan.sections.plan import Plan

FORM = 3
FROZEN = "frozen plan"  # what it is called where its text does not say
YEARS = 3


def freeze(plan: Plan, *, version: int | None = None, today: date) -> str:
    """Return the plan as JSON text: its sources and number, and its holidays from `today`'s year for three years.

    nodes: what YAML reads in the sources, so that thawing need not. seal: of both, for they must stay one.
    """
    sources = [{"name": name, "text": each.text} for name, each in zip(_names(plan), plan.sources)]
    nodes = packed(plan.root, [each.name for each in plan.sources])
    frozen = {
        "form": FORM,
        "hash": plan.hash,
        "version": version,
        "holidays": {name: _dates(hours, today.year) for name, hours in plan.hours.items() if hours.holidays.codes},
        "days": {name: _days(hours, today.year) for name, hours in plan.hours.items() if hours.is_moving},
        "sources": sources,
        "nodes": nodes,
        "seal": _seal(sources, nodes),
    }
    return json.dumps(frozen, ensure_ascii=False, separators=(",", ":"))


def thaw(text: str) -> Plan:
    """Return the plan that `freeze` wrote. Raises PlanUnreadable if the text was changed since, or is another's."""
    try:
        return _thawed(json.loads(text))
    except (ValueError, KeyError, TypeError, AssertionError) as broken:
        problem = f"{type(broken).__name__}: {broken}"
        raise PlanUnreadable([trouble("F18", FROZEN, got=problem, expected=f"form {FORM}")]) from broken


def _thawed(frozen: dict[str, Any]) -> Plan:
    sources = tuple(Source(each["name"], each["text"]) for each in frozen["sources"])
    holidays = {
        name: {int(year): frozenset(map(date.fromisoformat, dates)) for year, dates in years.items()}
        for name, years in frozen["holidays"].items()
    }
    days = {name: _settled(years) for name, years in frozen.get("days", {}).items()}
    plan = build(sources, version=frozen["version"], holidays={**holidays, **days}, root=_root(frozen))
    if plan.hash != frozen["hash"]:
        raise _changed(frozen, plan.hash, frozen["hash"])
    return plan


def _root(frozen: dict[str, Any]) -> Mapping | None:
    """Return what the sources say; None in form 1, which has the sources alone."""
    if frozen["form"] == 1:
        return None
    seal = _seal(frozen["sources"], frozen["nodes"])
    if seal != frozen["seal"]:
        raise _changed(frozen, seal, frozen["seal"])
    root = unpacked(frozen["nodes"], [each["name"] for each in frozen["sources"]])
    assert isinstance(root, Mapping)
    return root


def _seal(sources: list[dict[str, str]], nodes: list[Any]) -> str:
    return hashlib.sha256(json.dumps([sources, nodes], ensure_ascii=False).encode()).hexdigest()[:12]


def _changed(frozen: dict[str, Any], got: str, expected: str) -> PlanUnreadable:
    return PlanUnreadable([trouble("F18", frozen["sources"][0]["name"], got=got, expected=expected)])


def _names(plan: Plan) -> list[str]:
    """Return what the sources are called: bare names of one folder, else paths from the folder around them all."""
    paths = [PurePath(normal(each.name)) for each in plan.sources]
    if len({each.parent for each in paths}) < 2:
        return [each.name for each in paths]
    around = commonpath([str(each.parent) for each in paths])
    return [each.relative_to(around).as_posix() for each in paths]


def _days(hours: Hours, year: int) -> dict[str, dict[str, list[list[int]]]]:
    """Return, by year and date, the minutes that are open on the days that differ from their weekday."""
    return {
        str(each): {
            day.isoformat(): [[interval.start, interval.end] for interval in known.opens]
            for day, known in sorted(special_days(hours, each).items())
        }
        for each in range(year, year + YEARS)
    }


def _settled(years: dict[str, dict[str, list[list[int]]]]) -> Settled:
    days = tuple(
        (date.fromisoformat(day), tuple(Interval(start, end) for start, end in opens))
        for found in years.values()
        for day, opens in found.items()
    )
    return Settled(frozenset(map(int, years)), days)


def _dates(hours: Hours, year: int) -> dict[str, list[str]]:
    known = holiday_dates(hours.holidays.codes, range(year, year + YEARS))
    return {str(year): sorted(each.isoformat() for each in dates) for year, dates in known.items()}
