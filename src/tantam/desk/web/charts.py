"""Charts as the templates draw them: positions in per cent and units, with a sentence as title and a table behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from tantam.desk.common import clock, spoken
from tantam.desk.plans import RunningPlan
from tantam.desk.reports import GoalSeen, Stretch
from tantam.desk.web import figure_words
from tantam.history.former import Kept, Kind, Measured, Week
from tantam.history.former import together as sum_of

TALL, DEEP = 60, 30  # pixels above and below the line
MOST_BARS = 100
STATES = {"reached": ("check", "t-kept"), "close": ("clock", "t-soon"), "missed": ("cross", "t-broken")}


@dataclass(frozen=True, slots=True)
class Bar:
    """One day (or a few of them): where it stands, how high, how deep."""

    x: str
    width: str
    top: str
    height: str
    depth: str
    broken: int
    day: datetime
    kept: int


@dataclass(frozen=True, slots=True)
class DaysChart:
    """title: a sentence that says what it shows. bars: oldest first. marks: (where, class, date) under the line."""

    title: str
    bars: tuple[Bar, ...]
    marks: tuple[tuple[str, str, str], ...]


def days_chart(days: list[Kept], stretch: Stretch) -> DaysChart:
    """Return the days of a stretch as bars: kept above the line, broken below, one scale for both."""
    starts = [start for start, _ in stretch.bars()]
    step = -(-len(days) // MOST_BARS)
    together = [sum_of(days[n : n + step]) for n in range(0, len(days), step)]
    most = max((each.n for each in together), default=0) or 1
    width = 100 / max(len(together), 1)
    bars = tuple(
        Bar(
            x=f"{n * width:.2f}%",
            width=f"{width * 0.62:.2f}%",
            top=f"{TALL * (1 - each.kept / most) + 4:.1f}",
            height=f"{TALL * each.kept / most:.1f}",
            depth=f"{max(TALL * each.broken / most, 4) if each.broken else 0:.1f}",
            broken=each.broken,
            day=starts[n * step],
            kept=each.kept,
        )
        for n, each in enumerate(together)
    )
    return DaysChart(_days_title(days, starts), bars, _marks(starts))


def _days_title(days: list[Kept], starts: list[datetime]) -> str:
    broken = sum(each.broken for each in days)
    if not any(each.n for each in days):
        return gettext("No promise has fallen due yet")
    if not broken:
        return gettext("Every promise was kept")
    worst = max(range(len(days)), key=lambda n: days[n].broken)
    worst_one = days[worst].broken
    given = {"n": worst_one, "day": spoken.day(starts[worst], clock.now()), "broken": broken}
    return gettext("%(broken)s broken in all; the worst day was %(day)s, with %(n)s") % given


def _marks(starts: list[datetime]) -> tuple[tuple[str, str, str], ...]:
    """Return the first day, the last day, and two between them."""
    count = len(starts)
    places = [(0, ""), (count // 3, "m"), (2 * count // 3, "m"), (count - 1, "e")] if count > 8 else [(0, "")]
    now = clock.now()
    return tuple((f"{100 * n / max(count - 1, 1):.1f}%", look, spoken.day(starts[n], now)) for n, look in places)


def goal_row(seen: GoalSeen, plan: RunningPlan, lang: str) -> dict[str, Any]:
    """Return a goal for its row: what it aims at, now, target, a bar with the goal line, the weeks, the state."""
    found, target = seen.found, seen.target
    icon, look = STATES.get(seen.state, ("ask", "quiet"))
    group, stage = next(iter(seen.groups), ""), next(iter(seen.stages), "")
    scale = _scale(found, target.at if target else None)
    return {
        "aim": seen.aim.get(lang) or figure_words.name(seen.measure, plan, lang),
        "measure": seen.measure,
        "name": figure_words.name(seen.measure, plan, lang),
        "whose": figure_words.whose(plan, group, stage, lang) or gettext("everyone"),
        "group": group,
        "stage": stage,
        "date": _date(seen.date),
        "found": found,
        "now": figure_words.value(found.kind, found.value) if found else "–",
        "between": figure_words.between(found) if found else "",
        "target": _target(seen, found),
        "value_at": _percent(found.value if found else None, scale),
        "target_at": _percent(target.at if target else None, scale),
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


def _target(seen: GoalSeen, found: Measured | None) -> str:
    if seen.target is None or found is None:
        return seen.written
    return f"{'≥' if seen.target.least else '≤'} {figure_words.value(found.kind, seen.target.at)}"


def _date(written: str) -> str:
    try:
        return spoken.day(timezone.make_aware(datetime.fromisoformat(written)), clock.now())
    except ValueError:
        return written


def _scale(found: Measured | None, target: float | None) -> tuple[float, float]:
    """Return the value at the left and at the right end of a goal's bar."""
    values = [each for each in (found.value if found else None, target) if each is not None]
    if found and found.kind is Kind.SHARE:
        lowest = min(values, default=0.0)
        return max(0.0, lowest - 0.15), 1.0
    return 0.0, 1.25 * max(values, default=1.0) or 1.0


def _percent(value: float | None, scale: tuple[float, float]) -> str:
    if value is None:
        return ""
    low, high = scale
    return f"{100 * min(1.0, max(0.0, (value - low) / (high - low))):.1f}%"


def weeks_cell(found: Measured, plan: RunningPlan, lang: str) -> dict[str, Any]:
    """Return a measure over its weeks: value, trend, curve, and the table behind."""
    return {
        "measure": found.name,
        "name": figure_words.name(found.name, plan, lang),
        "explained": figure_words.explained(found.name, plan, lang),
        "value": figure_words.value(found.kind, found.value),
        "n": found.n,
        "between": figure_words.between(found),
        "trend": figure_words.trend(found, plan, lang),
        "spark": spark(found.weeks),
        "weeks": [(each.since, each.n, figure_words.value(found.kind, each.value)) for each in found.weeks],
    }


def spark(weeks: tuple[Week, ...]) -> dict[str, str] | str:
    """Return a curve of the weeks in a box of 76 by 22: its path and its last point; "" for fewer than two."""
    known = [(n, each.value) for n, each in enumerate(weeks) if each.value is not None]
    if len(known) < 2:
        return ""
    values = [value for _, value in known]
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    points = [(2 + 70 * n / max(len(weeks) - 1, 1), 19 - 16 * (value - low) / span) for n, value in known]
    if low == high:
        points = [(x, 11.0) for x, _ in points]
    path = "M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return {"path": path, "x": f"{points[-1][0]:.1f}", "y": f"{points[-1][1]:.1f}"}
