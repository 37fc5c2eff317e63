"""Says in one sentence which open time was counted, and why days in between were not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from tantam.plan.calendars import DayOff, Stretch, Trace, add, counted
from tantam.plan.sections import Plan
from tantam.plan.spoken import MONTHS
from tantam.plan.tables.values import Family, Span
from tantam.plan.words import say

MINUTE = 60  # seconds
WEEK = 7
MOST = 4  # days with stretches, or kinds of days off, that are told one by one
_MIDNIGHT = (0, 0)


def why_due(plan: Plan, clock: str, *, start: datetime, due: datetime, lang: str) -> str:
    """Return what the clock counted from `start` to `due`, both aware, "" for calendar time, which needs no words.

    clock: the name of hours. Raises UnknownName.
    """
    if not clock:
        return ""
    return counted_aloud(counted(plan.clock(clock), start, due, lang=lang), lang)


def why_in_time(plan: Plan, clock: str, *, start: datetime, within: Span, lang: str) -> str:
    """Return what the clock counts of `within` from `start`, aware; "" for days, for calendar time, and where all of it
    is one stretch from `start` on, which needs no words. Raises UnknownName, NeverOpens."""
    if not clock or within.family is not Family.EXACT or within.is_zero:
        return ""
    hours = plan.clock(clock)
    trace = counted(hours, start, add(hours, start, within.amount / MINUTE), lang=lang)
    plain = len(trace.stretches) == 1 and not trace.skipped and trace.stretches[0].start == trace.start
    return "" if plain else counted_aloud(trace, lang)


def counted_aloud(trace: Trace, lang: str) -> str:
    """Return a trace as a sentence: `Counted Fri 13:00–18:00, Mon 08:00–11:00; not Sat–Sun (closed).`

    lang: vi, de, en. Days bear their date where the trace is a week long or longer.
    """
    voice = _Voice(lang, dated=(trace.end.date() - trace.start.date()).days >= WEEK)
    stretches = voice.stretches(trace.stretches)
    skipped = voice.short([voice.days_off(each) for each in _alike(trace.skipped)])
    match bool(stretches), bool(skipped):
        case True, True:
            return say("counted_but", lang, stretches=stretches, skipped=skipped)
        case True, False:
            return say("counted_all", lang, stretches=stretches)
        case False, True:
            return say("counted_nothing_but", lang, skipped=skipped)
        case _:
            return say("counted_nothing", lang)


class _Voice:
    """Days and times in one language."""

    def __init__(self, lang: str, *, dated: bool) -> None:
        self.lang, self.dated = lang, dated
        self.names = say("counted_weekdays", lang).split()

    def stretch(self, each: Stretch) -> str:
        """`Fri 13:00–18:00`, `Fri 22:00–Sat 06:00`."""
        ends = f"{each.end:%H:%M}"
        if (each.end.hour, each.end.minute) == _MIDNIGHT and each.end.date() == each.start.date() + timedelta(days=1):
            ends = "24:00"
        elif each.end.date() != each.start.date():
            ends = f"{self.day(each.end.date())} {ends}"
        return f"{self.day(each.start.date())} {each.start:%H:%M}–{ends}"

    def days_off(self, several: list[DayOff]) -> str:
        """`Sat–Sun (closed)`."""
        first, last = several[0], several[-1]
        days = self.day(first.day) if first is last else f"{self.day(first.day)}–{self.day(last.day)}"
        named = "_named" if first.name else ""
        return say(f"counted_{first.why}{named}", self.lang, days=days, name=first.name)

    def day(self, day: date) -> str:
        """`Fri`, or `Fri 24 Dec` where the weekday alone says too little."""
        name = self.names[day.weekday()]
        if not self.dated:
            return name
        match self.lang:
            case "vi":
                return f"{name} {day.day}/{day.month}"
            case "de":
                return f"{name} {day.day}.{day.month}."
            case _:
                return f"{name} {day.day} {MONTHS[day.month - 1][:3]}"

    def short(self, told: list[str]) -> str:
        """All of them, or of many the first ones, how many more, and the last."""
        if len(told) > MOST:
            told = [*told[:2], say("counted_more", self.lang, count=len(told) - 3), told[-1]]
        return ", ".join(told)

    def stretches(self, counted: tuple[Stretch, ...]) -> str:
        """`Wed 10:00–12:00 and 13:00–15:00, Thu 08:00–09:00`: each day is named once."""
        return self.short([self.one_day(each) for each in _of_a_day(counted)])

    def one_day(self, several: list[Stretch]) -> str:
        """`Wed 10:00–12:00 and 13:00–15:00`; the last may end on the next day."""
        day = self.day(several[0].start.date())
        *earlier, last = [self.stretch(each).removeprefix(f"{day} ") for each in several]
        said = say("counted_both", self.lang, first=", ".join(earlier), last=last) if earlier else last
        return f"{day} {said}"


def _of_a_day(counted: tuple[Stretch, ...]) -> list[list[Stretch]]:
    """Return the stretches in runs that begin on the same day."""
    runs = [[each] for each in counted[:1]]
    for one, two in pairwise(counted):
        if one.start.date() == two.start.date():
            runs[-1].append(two)
        else:
            runs.append([two])
    return runs


def _alike(skipped: tuple[DayOff, ...]) -> list[list[DayOff]]:
    """Return the days in runs that follow each other for the same reason."""
    runs = [[each] for each in skipped[:1]]
    for one, two in pairwise(skipped):
        if (one.why, one.name) == (two.why, two.name) and two.day - one.day == timedelta(days=1):
            runs[-1].append(two)
        else:
            runs.append([two])
    return runs
