"""Hours, working days, channels, levels and groups: names found, amounts and conditions typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import available_timezones

from tantam.plan.calendars import DeadlineRules, Due, Ends, FirstDay, Hours, Roll, WorkingDays
from tantam.plan.calendars.named_hours import Fixed, parse_all
from tantam.plan.errors import Finding, Severity, TantamError
from tantam.plan.files import nearest
from tantam.plan.sections.clauses import Channel, Group, Level
from tantam.plan.sections.draft import Draft, Path
from tantam.plan.sections.shape import error
from tantam.plan.tables.plain import read_fact
from tantam.plan.tables.reach import given_below
from tantam.plan.tables.types import Duration, Money, YesNo
from tantam.plan.tables.values import Amount, Span

DESCRIBING = ("name", "label", "about")
WEIGHTS = {"H14": "note", "H18": "warning", "H19": "warning"}  # all else about hours is an error


def build_hours(draft: Draft, fixed: Fixed) -> dict[str, Hours]:
    """Return the named hours; what cannot be read in them is noted. fixed: what a frozen plan brings along."""
    zone = draft.document.company.timezone
    if zone not in available_timezones():
        near = nearest(zone, available_timezones())
        wrong = error("S11", draft.root, ("company", "timezone"), name=zone, nearest=near, near=near)
        draft.add([replace(wrong, remedy="tables_near" if near else "")], ("company", "timezone"))
        zone = "UTC"
    forms = {
        name: {key: value for key, value in form.items() if key not in DESCRIBING}
        for name, form in (draft.document.hours or {}).items()
    }
    feeds = {name: str(text) for name, text in (draft.document.feeds or {}).items()}
    read = parse_all(forms, zone, feeds=feeds, fixed=fixed)
    for name, each in read.items():
        for fault in each.faults:
            path: Path = ("hours", name, fault.key) if fault.key else ("hours", name)
            if draft.aside.part_of(path):
                continue
            clause, weight = f"hours.{name}", Severity(WEIGHTS.get(fault.code, "error"))
            args = {**fault.args, "where": clause}
            draft.findings.append(Finding(fault.code, weight, draft.key_place(*path), clause=clause, args=args))
        for key, missing in each.unknown:
            draft.known("hours", missing, [other for other in forms if other != name], ("hours", name, key))
    return {name: each.hours for name, each in read.items()}


def build_working_days(draft: Draft, hours: Mapping[str, Hours]) -> WorkingDays | None:
    """Return whose days are working days; without the section, those of the plan's only hours, else None."""
    written = draft.document.working_days
    if written is None:
        only = list(hours.values())
        return WorkingDays(only[0]) if len(only) == 1 else None
    path: Path = ("working_days", "on") if draft.has(("working_days", "on")) else ("working_days",)
    if not draft.known("hours", written.on, hours, path):
        return None
    return WorkingDays(hours[written.on], Due(written.due) if written.due else Due.SAME_TIME)


def build_deadlines(draft: Draft) -> DeadlineRules:
    """Return how `deadline(date, duration)` counts."""
    written = draft.document.deadlines
    if written is None:
        return DeadlineRules()
    return DeadlineRules(FirstDay(written.first_day), Ends(written.ends), Roll(written.roll))


def build_channels(draft: Draft, hours: Mapping[str, Hours]) -> dict[str, Channel]:
    """Return the channels; unknown hours and fallbacks are noted."""
    written = draft.document.channels or {}
    built = {}
    for name, spec in written.items():
        if spec.hours and spec.hours != "always":
            draft.known("hours", spec.hours, hours, ("channels", name, "hours"))
        if spec.answered:
            draft.known("hours", spec.answered, hours, ("channels", name, "answered"))
        if spec.fallback:
            draft.known("channel", spec.fallback, written, ("channels", name, "fallback"))
        built[name] = Channel(
            name,
            draft.key_place("channels", name),
            label=draft.words(spec.label or spec.name),
            hours="" if spec.hours == "always" else spec.hours,
            answered=spec.answered,
            fallback=spec.fallback,
            address=spec.address if isinstance(spec.address, str) else "",
            goes_on=_span(draft, spec.goes_on, ("channels", name, "goes_on")),
            tries_again=_span(draft, spec.tries_again, ("channels", name, "tries_again")),
        )
    return built


def build_levels(draft: Draft) -> dict[str, Level]:
    """Return the levels in the plan's order, lowest first; circles and unknown names are noted."""
    written = draft.document.levels or {}
    built = {}
    for rank, (name, spec) in enumerate(written.items()):
        path: Path = ("levels", name)
        built[name] = Level(
            name,
            draft.key_place(*path),
            rank,
            label=draft.words(spec.label or spec.name),
            handles=tuple(spec.handles or ()),
            authority=_authority(draft, spec.authority or {}, (*path, "authority")),
            escalates_to=_above(draft, spec.escalates_to, (*path, "escalates_to")),
            duty=draft.words(spec.duty or spec.about),
            beyond=draft.words(spec.beyond),
            after=_span(draft, spec.after, (*path, "after")),
            gives=spec.assign == "give",
        )
    _find_circles(draft, built)
    return built


def _authority(draft: Draft, written: Mapping[str, str], path: Path) -> dict[str, Amount]:
    amounts: dict[str, Amount] = {}
    if draft.hides_currency():
        return amounts
    for kind, text in written.items():
        try:
            amount = read_fact(kind, text, Money(draft.currency))
        except TantamError as problem:
            draft.unread(problem, (*path, kind))
            continue
        if isinstance(amount, Amount):
            amounts[kind] = amount
    return amounts


def _span(draft: Draft, written: str, path: Path) -> Span | None:
    if not written:
        return None
    try:
        value = read_fact(str(path[-1]), written, Duration(None))
    except TantamError as problem:
        draft.unread(problem, path)
        return None
    return value if isinstance(value, Span) else None


def _above(draft: Draft, written: Any, path: Path) -> dict[str, str]:
    """Return the level above by reason; a single name is for every reason."""
    by_reason = written if isinstance(written, dict) else {"": written}
    above = {}
    for reason, level in by_reason.items():
        if level in (None, "", "nobody", "-"):
            continue
        at = (*path, reason) if reason else path
        if isinstance(level, str) and draft.known("level", level, draft.document.levels or {}, at):
            above[str(reason)] = level
    return above


def _find_circles(draft: Draft, levels: Mapping[str, Level]) -> None:
    """Note every circle of levels, whatever the reason is that goes round in it, once."""
    told: set[frozenset[str]] = set()
    for reason in dict.fromkeys(reason for level in levels.values() for reason in level.escalates_to):
        for start in levels:
            seen = [start]
            while (above := levels[seen[-1]].above(reason)) and above not in seen:
                seen.append(above)
            if above == start and frozenset(seen) not in told:
                told.add(frozenset(seen))
                draft.wrong("S14", ("levels", start, "escalates_to"), path=" → ".join((*seen, above)))


def build_groups(draft: Draft) -> dict[str, Group]:
    """Return the groups with their conditions typed; `exclusive` holds both ways."""
    written = draft.document.groups or {}
    exclusive: dict[str, set[str]] = {name: set() for name in written}
    for name, spec in written.items():
        for other in spec.exclusive or ():
            if draft.known("group", other, written, ("groups", name, "exclusive")) and other != name:
                exclusive[name].add(other)
                exclusive[other].add(name)
    built = {}
    for name, spec in written.items():
        path: Path = ("groups", name)
        when = draft.expr(spec.when, (*path, "when"), YesNo()) if spec.when else None
        if when is not None and "group" in given_below((when,), draft.scope):
            draft.wrong("S17", (*path, "when"), group=name)
        built[name] = Group(
            name,
            draft.key_place(*path),
            when=when,
            label=draft.words(spec.label or spec.name),
            care=draft.words(spec.care),
            exclusive=tuple(each for each in written if each in exclusive[name]),
        )
    return built


def severities(draft: Draft) -> tuple[str, ...]:
    """Return the severities in the plan's order: of its term, else what its levels handle."""
    term = (draft.document.terms or {}).get("severity")
    if term is not None and term.one_of is not None:
        return tuple(term.one_of)
    handled = [each for level in (draft.document.levels or {}).values() for each in level.handles or ()]
    return tuple(dict.fromkeys(handled))
