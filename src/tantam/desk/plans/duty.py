"""Whose hours are when: the plan's shifts, teams and duties, as the desk asks for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tantam.desk.plans.running import RunningPlan
from tantam.plan.calendars import Hours, is_open, next_change
from tantam.plan.calendars.local_time import instant_at, midnight
from tantam.plan.errors import NeverOpens

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Post:
    """A shift of the plan. hours: the name of its hours, "" for always; team, levels: "" or () for anybody.

    people: how many the plan wants at a time.
    """

    name: str
    team: str
    levels: tuple[str, ...]
    hours: str
    people: int


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch of a shift: from `start` up to, not including, `end`; both aware."""

    start: datetime
    end: datetime


def posts(plan: RunningPlan) -> tuple[Post, ...]:
    """Return the plan's shifts, in its order."""
    return tuple(Post(each.name, each.team, each.levels, each.hours, each.people) for each in plan.plan.shifts.values())


def stands_in_post(post: Post, team: str, level: str) -> bool:
    """Return whether somebody of this team ("" for none) and level works in a shift."""
    of_team = not post.team or team in ("", post.team)
    return of_team and (not post.levels or level in post.levels)


def hours_of(plan: RunningPlan, team: str, level: str) -> tuple[str, ...]:
    """Return the names of the hours at which somebody of this team and level is on shift; "" is always.

    A shift concerns them if it is their team's (whoever has no team may stand in any) and names their level or none.
    Where no shift does, they work while the company is staffed.
    """
    mine = [each.hours for each in posts(plan) if stands_in_post(each, team, level)]
    return tuple(dict.fromkeys(mine)) or staffed(plan)


def staffed(plan: RunningPlan) -> tuple[str, ...]:
    """Return the names of the hours at which people answer: those of the promises, else of the channels; else ("",)."""
    clock = plan.plan.promises.clock
    named = [clock] if clock else [each.hours for each in plan.plan.channels.values() if each.hours]
    return tuple(dict.fromkeys(named)) or ("",)


def any_open(plan: RunningPlan, hours: Iterable[str], now: datetime) -> bool:
    """Return whether any of these hours is open at `now`."""
    return any(not name or is_open(plan.plan.clock(name), now) for name in hours)


def next_open(plan: RunningPlan, hours: Iterable[str], now: datetime) -> datetime | None:
    """Return the first instant from `now` on at which any of these hours is open; None if none opens in 366 days."""
    found = [_opening(plan.plan.clock(name), now) if name else now for name in hours]
    return min((each for each in found if each is not None), default=None)


def next_shut(plan: RunningPlan, hours: Iterable[str], now: datetime) -> datetime | None:
    """Return when the last of these hours that are open at `now` closes; None if it never does, or none is open."""
    at, names = now, tuple(hours)
    for _ in range(len(names)):  # one may close while another one is open still
        ends = [next_change(plan.plan.clock(name), at) for name in names if name and is_open(plan.plan.clock(name), at)]
        if "" in names or None in ends:
            return None
        if not ends:
            break
        at = max(each for each in ends if each is not None)
    return at if at > now else None


def _opening(hours: Hours, now: datetime) -> datetime | None:
    if is_open(hours, now):
        return now
    try:
        return next_change(hours, now)
    except NeverOpens:
        return None


def held(plan: RunningPlan, hours: str, since: datetime, until: datetime) -> tuple[Held, ...]:
    """Return when these hours are open within [since, until), in order: night shifts reach over, nothing overlaps."""
    if not hours:
        return (Held(since, until),)
    clock, found, at = plan.plan.clock(hours), [], since
    while at < until:
        change = next_change(clock, at) or until
        if is_open(clock, at):
            found.append(Held(at, min(change, until)))
        at = change
    return tuple(found)


def day(plan: RunningPlan, of: date) -> tuple[datetime, datetime]:
    """Return when a day begins and ends in the company's zone: 23, 24 or 25 hours."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(plan.timezone)
    return instant_at(midnight(of), zone), instant_at(midnight(of + ONE_DAY), zone)
