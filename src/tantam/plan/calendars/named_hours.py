"""Reads all hours of a plan: those with days of their own first, then those that are made of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tantam.plan.calendars.hours import Combined, Hours, How, Settled
from tantam.plan.calendars.hours_form import HoursFault, parse_hours
from tantam.plan.calendars.spans import days_open
from tantam.plan.weekdays import DAYS

_WAYS = tuple(How)
_DEEPEST = 8  # hours made of hours made of hours …
_MONDAY = date(2026, 6, 15)  # of an ordinary week: no zone changes its clocks in it
Fixed = Mapping[str, Mapping[int, frozenset[date]] | Settled]


@dataclass(frozen=True, slots=True)
class Read:
    """The hours as far as they can be read. unknown: by the key that names them, hours that the plan does not have."""

    hours: Hours
    faults: tuple[HoursFault, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


def parse_all(
    forms: Mapping[str, Mapping[Any, Any]],
    zone: str,
    *,
    feeds: Mapping[str, str] | None = None,
    fixed: Fixed | None = None,
) -> dict[str, Read]:
    """Return all named hours, in their order.

    forms: as `parse_hours` reads them, or `{rest_of: office}`, `{any_of: [office, evening]}`, `{all_of: [a, b]}`.
    feeds: the texts of iCalendar files by name. fixed: what a frozen plan brings along, by hours: the holidays of some
    years, or all days of some years that differ from their weekday.
    """
    reading = _Reading(forms, zone, feeds or {}, fixed or {})
    for name in forms:
        reading.read(name, ())
    return {name: reading.found[name] for name in forms}


@dataclass
class _Reading:
    forms: Mapping[str, Mapping[Any, Any]]
    zone: str
    feeds: Mapping[str, str]
    fixed: Fixed
    found: dict[str, Read] = field(default_factory=dict)

    def read(self, name: str, above: tuple[str, ...]) -> Hours:
        """Read the hours, and before them those that they are made of. above: what is made of them."""
        if name not in self.found:
            form = self.forms[name]
            ways = [str(key) for key in form if str(key) in _WAYS]
            self.found[name] = self._combined(name, form, ways, above) if ways else self._own(name, form)
        return self.found[name].hours

    def _own(self, name: str, form: Mapping[Any, Any]) -> Read:
        hours, faults = parse_hours(form, self.zone, name=name, feeds=self.feeds)
        match self.fixed.get(name):
            case Settled() as settled:
                hours = replace(hours, settled=settled)
            case Mapping() as years:
                hours = hours.frozen(years)
        return Read(hours, faults)

    def _combined(self, name: str, form: Mapping[Any, Any], ways: list[str], above: tuple[str, ...]) -> Read:
        faults: list[HoursFault] = []
        how, own = ways[0], [str(key) for key in form if str(key) not in (ways[0], "zone")]
        if own:
            faults.append(HoursFault(own[0], "H11", {"where": own[0], "got": own[0], "allowed": f"{how}, zone"}))
        parts, unknown = [], []
        for each in _names(form[how]):
            if each not in self.forms:
                unknown.append((how, each))
            elif each == name or each in above or len(above) >= _DEEPEST:
                circle = " → ".join((*above[above.index(each) if each in above else 0 :], name, each))
                faults.append(HoursFault(how, "H13", {"where": how, "circle": circle}))
            else:
                parts.append(self.read(each, (*above, name)))
        zone = str(form["zone"]) if "zone" in form else parts[0].zone if parts else self.zone
        checked, wrong = parse_hours({"zone": zone, "mon": "00:00-24:00"}, self.zone, name=name)
        week = ((),) * len(DAYS)
        hours = Hours(name, checked.zone, week, combined=Combined(How(how), tuple(parts)) if parts else None)
        if parts:
            ordinary = days_open(hours.ordinary(), _MONDAY, date.fromordinal(_MONDAY.toordinal() + len(DAYS) - 1))
            hours = replace(hours, week=tuple(intervals for _, intervals in ordinary))
        return Read(hours, (*faults, *wrong), tuple(unknown))


def _names(written: Any) -> list[str]:
    names = written if isinstance(written, (list, tuple)) else str(written).split(",")
    return list(dict.fromkeys(str(each).strip() for each in names))
