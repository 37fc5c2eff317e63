"""An hour that was open and is closed now, or a way in that is no more; the other way round where nothing is lost.

Looked for from the first Monday of March 2026 on, then in the years of the dates that changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tantam.plan.calendars import Hours, is_open
from tantam.plan.calendars.local_time import EPOCH
from tantam.plan.calendars.open_time import compiled
from tantam.plan.compare.changes import Change, Example
from tantam.plan.sections import Plan

Open = Callable[[datetime], bool]

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a week without holidays and changes of the clocks in most places
FIRST_YEAR, LAST_YEAR = 3, 9996  # the years beside them can be counted, in every zone
YEAR = re.compile(r"\d{4}")


def hour_example(old: Plan, new: Plan, change: Change) -> Example | None:
    """Return an hour at which hours of both plans are open in one and closed in the other; None if there is none."""
    name = change.address.partition(".")[2]
    one, other = old.hours.get(name), new.hours.get(name)
    if one is None or other is None:
        return None
    years = {int(found[0]) for edit in change.edits if (found := YEAR.match(edit.part))}
    moment = _first([one, other], years, lambda at: is_open(one, at), lambda at: is_open(other, at))
    if moment is None:
        return None
    moment = moment.astimezone(ZoneInfo(new.zone))
    before, after = (
        {"open": is_open(hours, moment), "channels": open_channels(plan, moment)}
        for plan, hours in ((old, one), (new, other))
    )
    return Example(change.address, {}, before, after, moment)


def channel_example(old: Plan, new: Plan, change: Change) -> Example | None:
    """Return an hour at which a channel is a way in in one plan only; None if there is none."""
    name = change.address.partition(".")[2]
    clocks = [plan.hours[each.hours] for plan in (old, new) if (each := plan.channels.get(name)) and each.hours]
    moment = _first(clocks, set(), lambda at: _serves(old, name, at), lambda at: _serves(new, name, at))
    if moment is None:
        return None
    moment = moment.astimezone(ZoneInfo(new.zone))
    before, after = ({"channels": open_channels(plan, moment)} for plan in (old, new))
    return Example("channels", {}, before, after, moment=moment)


def open_channels(plan: Plan, moment: datetime) -> tuple[str, ...]:
    """Return the names of the channels by which one can come in at a moment, aware."""
    return tuple(name for name in plan.channels if _serves(plan, name, moment))


def _serves(plan: Plan, channel: str, moment: datetime) -> bool:
    found = plan.channels.get(channel)
    if found is None:
        return False
    return found.hours not in plan.hours or is_open(plan.hours[found.hours], moment)


def _first(clocks: list[Hours], years: set[int], before: Open, after: Open) -> datetime | None:
    """Return the first moment that was open and is not, else the first that is open and was not."""
    found: datetime | None = None
    for moment in _edges(clocks, years):
        if before(moment) and not after(moment):
            return moment
        if found is None and after(moment) and not before(moment):
            found = moment
    return found


def _edges(clocks: list[Hours], years: set[int]) -> Iterator[datetime]:
    """Yield when any of the hours open or close within a year, ascending; first a moment like any other."""
    yield FIRST
    counted = (min(max(year, FIRST_YEAR), LAST_YEAR) for year in years)
    for first in sorted({FIRST, *(datetime(year, 1, 1, tzinfo=UTC) for year in counted)}):
        last = first + timedelta(days=366)
        spans = [compiled(each, first.year, first.year + 1) for each in clocks]
        edges = sorted({edge for span in spans for edge in (*span.starts, *span.ends)})
        moments = (EPOCH + timedelta(microseconds=each) for each in edges)
        yield from (each for each in moments if first <= each < last)
