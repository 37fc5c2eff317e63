"""Measures for the templates: goals with their bar, cells with their curve, slices with their interval."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock, spoken
from tantam.desk.plans import RunningPlan, providers
from tantam.desk.reports import GoalSeen
from tantam.desk.web import case_words, definition_words, figure_words
from tantam.desk.web.charts import spark
from tantam.history.measures import NONE, UNKNOWN, Kind, Measured, Slice

STATES = {"reached": ("check", "t-kept"), "close": ("clock", "t-soon"), "missed": ("cross", "t-broken")}


def goal_row(seen: GoalSeen, plan: RunningPlan, lang: str) -> dict[str, Any]:
    """Return a goal for its row: what it aims at, now, target, a bar with the goal line, the weeks, the state."""
    found = seen.found
    icon, look = STATES.get(seen.state, ("ask", "quiet"))
    scale = _scale(found, seen.at)
    return {
        "aim": seen.aim.get(lang) or figure_words.name(seen.measure, plan, lang),
        "measure": seen.measure,
        "counted": found is not None,
        "name": figure_words.name(seen.measure, plan, lang),
        "whose": figure_words.whose(plan, seen.part.group, seen.part.stage, lang) or gettext("everyone"),
        "narrowed": {"group": seen.part.group, "stage": seen.part.stage},
        "date": _date(seen.date),
        "now": figure_words.value(found.kind, found.value) if found else "–",
        "between": figure_words.between(found.kind, found.low, found.high) if found else "",
        "target": _target(seen),
        "value_at": _percent(found.value if found else None, scale),
        "target_at": _percent(seen.at, scale),
        "state": _state(seen.state),
        "icon": icon,
        "look": look,
        "missed": seen.state == "missed",
        "spark": spark(found.weeks) if found else "",
    }


def _state(code: str) -> str:
    return {
        "reached": gettext("reached"),
        "close": gettext("close"),
        "missed": gettext("missed"),
        "unknown": gettext("not counted yet"),
    }[code]


def _target(seen: GoalSeen) -> str:
    if seen.at is None or seen.found is None:
        return seen.written
    return f"{'≥' if seen.least else '≤'} {figure_words.value(seen.found.kind, seen.at)}"


def _date(written: str) -> str:
    try:
        return spoken.day(timezone.make_aware(datetime.fromisoformat(written)), clock.now())
    except ValueError:
        return written


def _scale(found: Measured | None, target: float | None) -> tuple[float, float]:
    """Return the value at the left and at the right end of a goal's bar."""
    values = [each for each in (found.value if found else None, target) if each is not None]
    if found and found.kind is Kind.SHARE and min(values, default=0.0) > 0.5:
        return max(0.0, min(values) - 0.15), 1.0
    return 0.0, 1.25 * max(values, default=1.0) or 1.0


def _percent(value: float | None, scale: tuple[float, float]) -> str:
    if value is None:
        return ""
    low, high = scale
    return f"{100 * min(1.0, max(0.0, (value - low) / (high - low))):.1f}%"


def cell(found: Measured, plan: RunningPlan, lang: str) -> dict[str, Any]:
    """Return a measure for its cell: value, how sure, how it moved, its curve, its words."""
    return {
        "measure": found.name,
        "name": figure_words.name(found.name, plan, lang),
        "explained": figure_words.explained(found.name, plan, lang),
        "value": figure_words.value(found.kind, found.value),
        "missing": definition_words.missing(found),
        "counted": figure_words.counted(found),
        "between": figure_words.between(found.kind, found.low, found.high),
        "trend": figure_words.trend(found),
        "alarmed": found.alarmed,
        "spark": spark(found.weeks),
    }


def slice_rows(found: list[Slice], whole: Measured, names: Mapping[str, str]) -> dict[str, Any]:
    """Return slices as bars on one scale, with their interval, beside the line of the whole. names: of the keys."""
    reach = [each.high if each.high is not None else each.value for each in found]
    top = max([each for each in (*reach, whole.value) if each is not None], default=1.0) or 1.0
    scale = (0.0, min(1.0, top * 1.02) if whole.kind is Kind.SHARE else top * 1.02)
    return {
        "whole_at": _percent(whole.value, scale),
        "rows": [
            {
                "key": each.key,
                "name": names[each.key],
                "value": figure_words.value(whole.kind, each.value),
                "n": each.n,
                "between": figure_words.between(whole.kind, each.low, each.high),
                "at": _percent(each.value, scale),
                "low": _percent(each.low, scale),
                "high": _percent(each.high, scale),
            }
            for each in found
        ],
    }


def key_names(by: str, keys: list[str], plan: RunningPlan, lang: str) -> dict[str, str]:
    """Return what the keys of a slice are called. At most one query, for the names of colleagues."""
    people = _people(keys) if by == "person" else {}
    return {key: _unnamed(key, by) or _key_name(by, key, plan, lang, people) for key in keys}


def _unnamed(key: str, by: str) -> str:
    match key:
        case value if value == UNKNOWN:
            return gettext("not known")
        case value if value == NONE:
            return figure_words.none_of(by)
        case _:
            return ""


def _key_name(by: str, key: str, plan: RunningPlan, lang: str, people: Mapping[str, str]) -> str:
    match by:
        case "group":
            return plan.group_label(key, lang)
        case "stage":
            return case_words.stage(plan, key)
        case "channel":
            return case_words.channel(key)
        case "level":
            return plan.level_label(key, lang)
        case "person":
            return people.get(key) or key.partition("/")[2] or gettext("a colleague")
        case "provider":
            return providers.called(plan, key, lang)
        case "policy":
            return plan.policy_label(key, lang)
        case "version":
            return gettext("Version %(number)s") % {"number": key}
        case "source":
            return figure_words.source(key)
        case _:
            return key


def _people(keys: list[str]) -> dict[str, str]:
    ids = [int(each) for each in keys if each.isdecimal() and len(each) < 20]
    return {str(pk): name for pk, name in Person.objects.filter(pk__in=ids).values_list("pk", "name")} if ids else {}
