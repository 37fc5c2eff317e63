"""When something is promised for: the first time that a text names, in vi, de or en, as an instant of the company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tantam.plan.calendars import Hours, between, is_open, next_change
from tantam.plan.sections import Plan
from tantam.plan.vows import de, en, vi
from tantam.plan.vows.pieces import After, Day, Half, Hour, Piece, Placed, dates_of, pieces

RULES = {"vi": vi.TIMES, "de": de.TIMES, "en": en.TIMES}
FARTHEST = timedelta(days=731)
MOST_CHANGES = 24  # of open and closed within a day
MOST_DAYS = 40  # of days that are looked at for so many open ones
NEAR = 40  # letters between the words of one time
EARLIEST = 7  # an hour that people mean where no hours are open
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """start, end: where the text says it. due: aware, UTC. exact: an hour was named; else it is the plan's hours.

    ends: of a stretch ("between two and four"), None for what has no end.
    """

    start: int
    end: int
    due: datetime
    exact: bool
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class _When:
    """due, ends, exact: as of a Moment."""

    due: datetime
    ends: datetime | None
    exact: bool


@dataclass(frozen=True, slots=True)
class _Here:
    """now: local. hours: those that the promises count in, None for a plan without."""

    now: datetime
    zone: ZoneInfo
    hours: Hours | None

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), self.zone).astimezone(UTC)

    def is_open_on(self, day: date) -> bool:
        return self.hours is None or between(self.hours, self.at(day, 0), self.at(day + _DAY, 0)) > 0


def moment(text: str, lang: str, now: datetime, plan: Plan) -> Moment | None:
    """Return the first time after `now` (aware) that the text names, None if it names none.

    Days and hours are the company's; a half-day, or a day alone, ends when the plan's hours close in it.
    """
    zone = ZoneInfo(plan.zone)
    here = _Here(now.astimezone(zone), zone, _hours(plan))
    for group in _groups(pieces(text, RULES.get(lang, en.TIMES))):
        found = _resolved([each.piece for each in group], here)
        if found is not None and now < found.due <= now + FARTHEST:
            return Moment(group[0].start, group[-1].end, found.due, found.exact, found.ends)
    return None


def _hours(plan: Plan) -> Hours | None:
    named = plan.promises.clock or next((each.hours for each in plan.channels.values() if each.hours), "")
    return plan.hours.get(named)


def _groups(found: list[Placed]) -> Iterator[list[Placed]]:
    """Yield the pieces that belong together: near each other, and none of a kind twice."""
    group: list[Placed] = []
    for each in found:
        kinds = {type(known.piece) for known in group}
        if group and (each.start - group[-1].end > NEAR or type(each.piece) in kinds):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _resolved(said: list[Piece], here: _Here) -> _When | None:
    """Return when it is; None if the pieces name no time."""
    after = next((each for each in said if isinstance(each, After)), None)
    day = next((each for each in said if isinstance(each, Day)), None)
    hour = next((each for each in said if isinstance(each, Hour)), None)
    half = next((each for each in said if isinstance(each, Half)), None)
    if after is not None and after.minutes:
        return _When(here.now.astimezone(UTC) + timedelta(minutes=after.minutes), None, exact=True)
    if after is not None:
        day = Day(days=_days_after(after, here))
    if hour is not None:
        return _at_hour(hour, day, half or hour.half, here)
    if day is None and half is None:
        return None
    dates = list(dates_of(day or Day(days=0), here.now.date()))
    if day is not None and day.last:
        dates = [each for each in dates if here.is_open_on(each)] or dates
    if not dates:
        return None
    due = _closing(dates[0], half or Half.DAY, here)
    if due is not None and due <= here.now and day is None:
        due = _closing(dates[0] + _DAY, half or Half.DAY, here)
    return _When(due, None, exact=False) if due is not None else None


def _days_after(after: After, here: _Here) -> int:
    if not after.working:
        return after.days
    left, days = after.days, 0
    while left and days < MOST_DAYS:
        days += 1
        left -= here.is_open_on(here.now.date() + timedelta(days=days))
    return days


def _at_hour(hour: Hour, day: Day | None, half: Half | None, here: _Here) -> _When | None:
    today = here.now.date()
    days = list(dates_of(day, today))[:1] if day is not None else [today, today + _DAY]
    ahead = [(at, each) for each in days for at in _meant(each, hour, half, here) if at > here.now]
    if not ahead:
        return None
    opened = [pair for pair in ahead if here.hours is None or _open_by(here.hours, pair[0])]
    usual = [pair for pair in ahead if pair[0].astimezone(here.zone).hour >= EARLIEST]
    at, on = (opened or usual or ahead)[0]
    return _When(at, _end(at, hour, on, here), exact=True)


def _meant(day: date, hour: Hour, half: Half | None, here: _Here) -> list[datetime]:
    """Return what the hour can mean on a day: as written, or twelve hours later; in the half of it that is said."""
    hours = [hour.hour] if hour.sure or hour.hour >= 12 else [hour.hour, hour.hour + 12]
    within = [each for each in hours if half is None or _lies_in(each, half)]
    return [here.at(day, each, hour.minute) for each in within or hours]


def _lies_in(hour: int, half: Half) -> bool:
    match half:
        case Half.MORNING:
            return hour < 12
        case Half.NOON:
            return 11 <= hour <= 14
        case Half.AFTERNOON:
            return 12 <= hour < 19
        case Half.EVENING:
            return hour >= 17
        case Half.DAY:
            return True


def _open_by(hours: Hours, at: datetime) -> bool:
    """Whether the hours are open at the instant, or until it."""
    return is_open(hours, at) or is_open(hours, at - timedelta(minutes=1))


def _end(begins: datetime, hour: Hour, day: date, here: _Here) -> datetime | None:
    if hour.until is None:
        return None
    end = here.at(day, *hour.until)
    if end <= begins and hour.until[0] < 12:
        end = here.at(day, hour.until[0] + 12, hour.until[1])
    return end if end > begins else None


def _closing(day: date, half: Half, here: _Here) -> datetime | None:
    """Return when that part of the day is over: when the plan's hours close in it, else by its own clock."""
    opens, closes = here.at(day, half.opens), here.at(day, half.closes)
    if half is Half.DAY:
        closes = here.at(day + _DAY, 0)
    if here.hours is None or between(here.hours, opens, closes) <= 0:
        return here.at(day, half.closes)
    last, at, opened = opens, opens, is_open(here.hours, opens)
    for _ in range(MOST_CHANGES):
        change = next_change(here.hours, at)
        if change is None or change >= closes:
            break
        last, at, opened = change, change, not opened
    return (closes if half is not Half.DAY else here.at(day, half.closes)) if opened else last.astimezone(UTC)
