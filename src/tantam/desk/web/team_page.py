"""Everything the team's page shows: the day's shifts drawn on one line of hours, and everybody's state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tantam.desk.accounts.access import colleagues
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.duty import roster
from tantam.desk.duty.access import absences_for, sees_why
from tantam.desk.duty.at_desk import presences
from tantam.desk.duty.models import Absence, Presence
from tantam.desk.plans import RunningPlan
from tantam.desk.plans import duty as shifts

WIDTH = 960  # of the picture of a day
EVERY_HOURS = 3
MOST_COMING = 50
ONE_DAY = timedelta(days=1)
STATES = (
    (Presence.State.HERE.value, "ring", _("Here")),
    (Presence.State.BUSY.value, "pause", _("Busy")),
    (Presence.State.GONE.value, "out", pgettext_lazy("presence", "Gone")),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a shift in the picture: x and width of WIDTH; words: from when to when."""

    x: float
    width: float
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A shift of the day: who belongs to it and is not away. short: how many fewer than the plan wants, >= 0."""

    label: str
    team: str
    bars: tuple[Bar, ...]
    people: tuple[Person, ...]
    wanted: int
    short: int
    now: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody's state: here, busy or gone. last, why, deputy: of their absence; next: when they work again."""

    person: Person
    level: str
    team: str
    state: str
    on_duty: bool
    absence: Absence | None
    last: datetime | None
    why: str
    deputy: Person | None
    next: datetime | None


@dataclass(frozen=True, slots=True)
class Coming:
    """An absence that lasts or comes. last: its last day. mine: whether the reader may cancel it."""

    absence: Absence
    last: datetime
    why: str
    mine: bool


def team_page(person: Person, plan: RunningPlan, lang: str, day: date) -> dict[str, Any]:
    """Return the context of web/team.html for a day in the company's zone."""
    now = clock.now()
    people = list(colleagues())
    absent, states = roster.absences_at(now), presences(now)
    since, until = shifts.day(plan, day)
    later = list(absences_for(person, min(now, since)))
    gone = {each.person_id for each in later if each.since <= since and each.until >= until}  # the whole day
    there = [each for each in people if each.pk not in gone]
    coming = [each for each in later if each.until > now][:MOST_COMING]
    return {
        "day": day,
        "before": day - ONE_DAY,
        "after": day + ONE_DAY,
        "rows": [_row(each, plan, lang, there, (since, until)) for each in shifts.posts(plan)],
        "hours": _hours(plan, since, until),
        "now_at": _place(now, since, until) if since <= now < until else None,
        "width": WIDTH,
        "duties": _duties(plan, lang, now),
        "colleagues": [_colleague(each, person, (plan, lang, now), absent, states) for each in people],
        "coming": [_coming(each, person, plan) for each in coming],
        "states": STATES,
        "mine": states.get(person.pk, Presence.State.GONE.value),
        "teams": dict(plan.team_choices(lang)),
    }


def _row(
    post: shifts.Post, plan: RunningPlan, lang: str, people: Sequence[Person], bounds: tuple[datetime, datetime]
) -> Row:
    since, until = bounds
    held = shifts.held(plan, post.hours, since, until)
    bars = tuple(
        Bar(
            _place(each.start, since, until),
            _place(each.end, since, until) - _place(each.start, since, until),
            each.start,
            each.end,
        )
        for each in held
    )
    of_it = tuple(each for each in people if shifts.stands_in_post(post, each.team, each.level))
    now = clock.now()
    return Row(
        label=shifts.post_label(plan, post.name, lang),
        team=shifts.team_label(plan, post.team, lang),
        bars=bars,
        people=of_it if held else (),
        wanted=post.people,
        short=max(post.people - len(of_it), 0) if held else 0,
        now=any(each.start <= now < each.end for each in held),
    )


def _place(at: datetime, since: datetime, until: datetime) -> float:
    """Return where an instant lies in the picture of the day, whatever hours the day has."""
    return round((at - since) / (until - since) * WIDTH, 1)


def _hours(plan: RunningPlan, since: datetime, until: datetime) -> list[tuple[float, str]]:
    """Return the hours written under the picture: where, and which, on the company's clocks."""
    zone, marks, at = ZoneInfo(plan.timezone), [], since
    while at < until:
        local = at.astimezone(zone)
        if local.hour % EVERY_HOURS == 0:
            marks.append((_place(at, since, until), f"{local.hour}"))
        at += timedelta(hours=1)
    return marks


def _duties(plan: RunningPlan, lang: str, now: datetime) -> list[tuple[str, str, bool, str]]:
    """Return what somebody sees to: its words, who, whether now, and the clause."""
    found = []
    for each in shifts.duties(plan, lang):
        open_now = bool(each.hours) and shifts.any_open(plan, [each.hours], now)
        found.append((each.label, ", ".join(each.who), open_now, each.clause))
    return found


def _colleague(
    each: Person,
    reader: Person,
    at: tuple[RunningPlan, str, datetime],
    absent: Mapping[int, Absence],
    states: Mapping[int, str],
) -> Colleague:
    plan, lang, now = at
    absence = absent.get(each.pk)
    on_duty = absence is None and shifts.any_open(plan, shifts.hours_of(plan, each.team, each.level), now)
    back = absence.until if absence else now
    return Colleague(
        person=each,
        level=plan.level_label(each.level, lang),
        team=shifts.team_label(plan, each.team, lang),
        state=states.get(each.pk, Presence.State.GONE.value),
        on_duty=on_duty,
        absence=absence,
        last=_last_day(absence, plan) if absence else None,
        why=absence.get_why_display() if absence and sees_why(reader, absence) else "",
        deputy=roster.follow(each, dict(absent)) if absence else None,
        next=None if on_duty else shifts.next_open(plan, shifts.hours_of(plan, each.team, each.level), back),
    )


def _coming(absence: Absence, reader: Person, plan: RunningPlan) -> Coming:
    last = _last_day(absence, plan)
    why = absence.get_why_display() if sees_why(reader, absence) else ""
    return Coming(absence, last, why, reader.manages or absence.person_id == reader.pk)


def _last_day(absence: Absence, plan: RunningPlan) -> datetime:
    return (absence.until - timedelta(microseconds=1)).astimezone(ZoneInfo(plan.timezone))
