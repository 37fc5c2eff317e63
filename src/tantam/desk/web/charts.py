"""Charts as the templates draw them: positions in per cent and units, with a sentence as title and a table behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from tantam.desk.common import clock, spoken
from tantam.desk.reports import Stretch
from tantam.desk.web import figure_words
from tantam.history.measures import Kept, Kind, Measured, Week
from tantam.history.measures import together as sum_of

TALL = 60  # pixels above the line
DEEP = 34  # below it, before the days are written
TOP, HEIGHT = 14, 128  # of the weeks' curve, in pixels
MARGIN = 1.0  # per cent at the left and right of the curve


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


def days_chart(kept: list[Kept], stretch: Stretch) -> DaysChart:
    """Return a stretch as bars: kept above the line, broken below, one scale for both. kept: of each of its bars."""
    starts = [start for start, _ in stretch.bars()]
    scale = min(
        TALL / (max((each.kept for each in kept), default=0) or 1),
        DEEP / (max((each.broken for each in kept), default=0) or 1),
    )
    width = 100 / max(len(kept), 1)
    bars = tuple(
        Bar(
            x=f"{n * width:.2f}%",
            width=f"{width * 0.62:.2f}%",
            top=f"{TALL - scale * each.kept + 4:.1f}",
            height=f"{scale * each.kept:.1f}",
            depth=f"{max(scale * each.broken, 4) if each.broken else 0:.1f}",
            broken=each.broken,
            day=starts[n],
            kept=each.kept,
        )
        for n, each in enumerate(kept)
    )
    return DaysChart(_days_title(kept, starts, stretch.step), bars, _marks(starts))


def _days_title(kept: list[Kept], starts: list[datetime], step: int) -> str:
    together = sum_of(kept)
    if not together.n:
        return gettext("No promise has fallen due in this time.")
    if not together.broken:
        return gettext("Every promise was kept")
    worst = max(range(len(kept)), key=lambda n: kept[n].broken)
    given = {
        "n": spoken.number(kept[worst].broken),
        "day": spoken.day(starts[worst], clock.now()),
        "broken": spoken.number(together.broken),
        "days": step,
    }
    match step:
        case 1:
            return gettext("%(broken)s broken in all; the worst day was %(day)s, with %(n)s") % given
        case 7:
            return gettext("%(broken)s broken in all; the worst week began on %(day)s, with %(n)s") % given
        case _:
            return gettext("%(broken)s broken in all; the worst %(days)s days began on %(day)s, with %(n)s") % given


def _marks(starts: list[datetime]) -> tuple[tuple[str, str, str], ...]:
    """Return the first day, the last day, and two between them."""
    count = len(starts)
    places = [(0, ""), (count // 3, "m"), (2 * count // 3, "m"), (count - 1, "e")] if count > 8 else [(0, "")]
    now = clock.now()
    return tuple((f"{100 * n / max(count - 1, 1):.1f}%", look, spoken.day(starts[n], now)) for n, look in places)


@dataclass(frozen=True, slots=True)
class Point:
    """One week on the curve: x in per cent, y in pixels."""

    x: str
    y: str
    since: datetime
    n: int
    value: str


@dataclass(frozen=True, slots=True)
class WeeksChart:
    """A measure week by week. title: a sentence. path: in a box of 100 by HEIGHT.

    levels: (y, value) of the lines behind. goal: (y, its value) or None. marks: as DaysChart's.
    weeks: (first instant, n, value) of all, for the table.
    """

    title: str
    path: str
    points: tuple[Point, ...]
    levels: tuple[tuple[str, str], ...]
    goal: tuple[str, str] | None
    marks: tuple[tuple[str, str, str], ...]
    weeks: tuple[tuple[datetime, int, str], ...]


def weeks_chart(found: Measured, goal: float | None) -> WeeksChart:
    """Return the curve of a measure's weeks. goal: what is wanted of it, in its own unit."""
    known = [(n, each, each.value) for n, each in enumerate(found.weeks) if each.value is not None]
    low, high = _range([value for _, _, value in known] + ([goal] if goal is not None else []), found.kind)

    def down(value: float) -> float:
        return TOP + HEIGHT * (1 - (value - low) / (high - low))

    def across(n: int) -> float:
        return MARGIN + (100 - 2 * MARGIN) * n / max(len(found.weeks) - 1, 1)

    return WeeksChart(
        title=_weeks_title(found, [(each, value) for _, each, value in known]),
        path=_path([(n, across(n), down(value) - TOP) for n, _, value in known]),
        points=tuple(
            Point(f"{across(n):.2f}%", f"{down(value):.1f}", each.since, each.n, figure_words.value(found.kind, value))
            for n, each, value in known
        ),
        levels=tuple(
            (f"{down(each):.1f}", figure_words.value(found.kind, each)) for each in (low, (low + high) / 2, high)
        ),
        goal=None if goal is None else (f"{down(goal):.1f}", figure_words.value(found.kind, goal)),
        marks=_marks([each.since for each in found.weeks]),
        weeks=tuple((each.since, each.n, figure_words.value(found.kind, each.value)) for each in found.weeks),
    )


def _range(values: list[float], kind: Kind) -> tuple[float, float]:
    """Return the ends of the scale: from 0 for minutes; a share's around its values, within 0..1; never nothing."""
    top = max(values, default=1.0)
    match kind:
        case Kind.MINUTES:
            return 0.0, _round_up(top)
        case Kind.SHARE:
            bottom = min(values, default=0.0)
            tenths = (int(bottom * 10) / 10, min(1.0, (int(top * 10 - 1e-9) + 1) / 10))
            return tenths if tenths[0] < tenths[1] else (max(0.0, tenths[1] - 0.1), tenths[1])


def _round_up(minutes: float) -> float:
    """Return the next length of time that is said shortly: whole steps of minutes, hours or days."""
    steps = (10, 30, 60, 120, 240, 480, 720, 1440, 2 * 1440, 4 * 1440, 10 * 1440, 20 * 1440, 50 * 1440, 100 * 1440)
    for step in steps:
        if minutes <= 2 * step:
            return 2.0 * step
    return 200 * 1440.0 * (minutes // (200 * 1440) + 1)


def _path(points: list[tuple[int, float, float]]) -> str:
    """Return the curve; a week without a value leaves a gap. points: number of the week, x, y."""
    drawn, before = [], None
    for n, x, y in points:
        drawn.append(f"{'L' if before == n - 1 else 'M'}{x:.2f} {y:.1f}")
        before = n
    return "".join(drawn)


def _weeks_title(found: Measured, known: list[tuple[Week, float]]) -> str:
    if not known:
        return gettext("Nothing was counted in these weeks")
    most = max(known, key=lambda each: each[1])
    least = min(known, key=lambda each: each[1])
    best, worst = (most, least) if found.definition.direction == "up" else (least, most)
    if best[1] == worst[1]:
        return gettext("Every week the same: %(value)s") % {"value": figure_words.value(found.kind, best[1])}
    now = clock.now()
    given = {
        "best": figure_words.value(found.kind, best[1]),
        "best_day": spoken.day(best[0].since, now),
        "worst": figure_words.value(found.kind, worst[1]),
        "worst_day": spoken.day(worst[0].since, now),
    }
    said = gettext("The best week began on %(best_day)s with %(best)s, the worst on %(worst_day)s with %(worst)s")
    return said % given


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
