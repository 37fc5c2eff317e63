"""Whose hours are when: the plan's shifts, teams and duties, as the desk asks for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

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
class Duty:
    """What somebody sees to. who: teams and levels, as a reader calls them. hours: their name, "" for none said."""

    label: str
    who: tuple[str, ...]
    hours: str
    clause: str


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch of a shift: from `start` up to, not including, `end`; both aware."""

    start: datetime
    end: datetime


def posts(plan: RunningPlan) -> tuple[Post, ...]:
    """Return the plan's shifts, in its order."""
    return tuple(Post(each.name, each.team, each.levels, each.hours, each.people) for each in plan.plan.shifts.values())


def post_label(plan: RunningPlan, name: str, lang: str) -> str:
    """Return how a reader of `lang` calls a shift of the plan. Raises KeyError for one that it does not have."""
    return plan.called(name, plan.plan.shifts[name].label, lang)


def team_label(plan: RunningPlan, team: str, lang: str) -> str:
    """Return how a team is called; "" for one that this version does not have."""
    known = plan.plan.teams.get(team)
    return (plan.word(known.label, lang) or team) if known else ""


def duties(plan: RunningPlan, lang: str) -> tuple[Duty, ...]:
    """Return what people see to, in the plan's order."""
    return tuple(
        Duty(
            label=plan.word(each.words, lang) or name,
            who=tuple(team_label(plan, one, lang) or plan.level_label(one, lang) for one in each.who),
            hours=each.hours,
            clause=f"company.duties.{name}",
        )
        for name, each in plan.plan.duties.items()
    )


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
    zone = ZoneInfo(plan.timezone)
    return instant_at(midnight(of), zone), instant_at(midnight(of + ONE_DAY), zone)
