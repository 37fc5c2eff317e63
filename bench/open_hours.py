"""Open time added and counted, against businesstimedelta, in the same run on the same thousand starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from bench import Row
from tantam.plan.calendars import Hours, add, between, parse_hours

ZONE = "Asia/Ho_Chi_Minh"
MINUTES = 8 * 60
LONG = timedelta(days=14)
ROUNDS = 5
PROTOTYPE = 1 / 25_000_000  # seconds a case, of the prototype that the column is measured by
CASES = 1_000_000

Pair = tuple[datetime, datetime]


def rows() -> list[Row]:
    """Return one row a question; ours and rival in seconds for one answer.

    rival and ratio are None where businesstimedelta is not installed, or has no such question.
    """
    form = {"mon-fri": "08:00-12:00, 13:00-18:00", "sat": "08:00-12:00", "holidays": "VN"}
    hours, _ = parse_hours(form, ZONE, name="office")
    starts = [datetime(2026, 1, 5, 2, tzinfo=UTC) + timedelta(minutes=517 * n) for n in range(1000)]
    return [*_adding(hours, starts), *_counting(hours, [(start, start + LONG) for start in starts])]


def _adding(hours: Hours, starts: Sequence[datetime]) -> list[Row]:
    ours = [add(hours, start, MINUTES) for start in starts]
    one = _seconds_each(lambda start: add(hours, start, MINUTES), starts)
    rival = _rival_adding(hours)
    theirs = _seconds_each(rival, starts[:100]) if rival else None
    wrong = sum(rival(start) != end for start, end in zip(starts[:100], ours, strict=False)) if rival else 0
    column, differ = _column_adding(hours, starts, ours)
    return [
        Row("add 8 open hours to one start", one, theirs, _ratio(theirs, one), _note(rival, wrong)),
        Row(
            "add 8 open hours to a column of a million, each",
            column,
            theirs,
            _ratio(theirs, column),
            f"{_note(rival, wrong)}; {differ} differ from one by one",
        ),
    ]


def _counting(hours: Hours, pairs: Sequence[Pair]) -> list[Row]:
    ours = [between(hours, *pair) for pair in pairs]
    one = _seconds_each(lambda pair: between(hours, *pair), pairs)
    rival = _rival_counting(hours)
    theirs = _seconds_each(rival, pairs[:100]) if rival else None
    wrong = sum(rival(pair) != minutes for pair, minutes in zip(pairs[:100], ours, strict=False)) if rival else 0
    column, differ = _column_counting(hours, pairs, ours)
    speed = f"the prototype's 25 million a second; ours {1 / column / 1e6:.0f} million"
    return [
        Row("open time between two instants two weeks apart", one, theirs, _ratio(theirs, one), _note(rival, wrong)),
        Row(
            "open time between, a column of a million, each",
            column,
            PROTOTYPE,
            _ratio(PROTOTYPE, column),
            f"{speed}; {differ} differ from one by one",
        ),
    ]


def _ratio(rival: float | None, ours: float) -> float | None:
    return rival / ours if rival else None


def _note(rival: object, wrong: int) -> str:
    return f"businesstimedelta; {wrong} of 100 answers differ" if rival else "businesstimedelta is not installed"


def _seconds_each(question: Callable[[Any], Any], cases: Sequence[Any]) -> float:
    """Return the best of some rounds: what disturbs a round makes it only slower."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = perf_counter()
        for case in cases:
            question(case)
        best = min(best, (perf_counter() - begun) / len(cases))
    return best


def _moments(instants: Sequence[datetime]) -> Any:
    import numpy as np

    naive = np.array([each.astimezone(UTC).replace(tzinfo=None) for each in instants], dtype="datetime64[us]")
    return np.tile(naive, CASES // len(naive))


def _column_adding(hours: Hours, starts: Sequence[datetime], ours: Sequence[datetime]) -> tuple[float, int]:
    """Return the seconds a case, and how many answers are other than those asked one by one."""
    import numpy as np

    from tantam.plan.calendars.columns import add_column

    column, minutes = _moments(starts), np.full(CASES, float(MINUTES))
    best = _seconds_each(lambda _: add_column(hours, column, minutes), [None]) / CASES
    return best, int((add_column(hours, column, minutes) != _moments(ours)).sum())


def _column_counting(hours: Hours, pairs: Sequence[Pair], ours: Sequence[float]) -> tuple[float, int]:
    import numpy as np

    from tantam.plan.calendars.columns import between_column

    firsts, lasts = _moments([first for first, _ in pairs]), _moments([last for _, last in pairs])
    best = _seconds_each(lambda _: between_column(hours, firsts, lasts), [None]) / CASES
    return best, int((between_column(hours, firsts, lasts) != np.tile(ours, CASES // len(ours))).sum())


def _rival_adding(hours: Hours) -> Callable[[datetime], Any] | None:
    rules = _rival(hours)
    if rules is None:
        return None
    import businesstimedelta as rival

    span = rival.BusinessTimeDelta(rules, hours=MINUTES // 60)
    return lambda start: start + span


def _rival_counting(hours: Hours) -> Callable[[Pair], float] | None:
    rules = _rival(hours)
    if rules is None:
        return None

    def minutes(pair: Pair) -> float:
        found = rules.difference(*pair)
        return found.hours * 60 + found.seconds / 60

    return minutes


def _rival(hours: Hours) -> Any:
    """Return the same hours as the rival writes them, None if it is not installed."""
    try:
        import businesstimedelta as rival
    except ImportError:
        return None
    import datetime as calendar

    import holidays
    import pytz  # comes with the rival, which knows no other zones

    zone = pytz.timezone(hours.zone)

    def rule(days: list[int], first: int, last: int) -> Any:
        return rival.WorkDayRule(
            start_time=calendar.time(first), end_time=calendar.time(last), working_days=days, tz=zone
        )

    free = rival.HolidayRule(holidays.country_holidays("VN"), tz=zone)
    return rival.Rules([rule([0, 1, 2, 3, 4, 5], 8, 12), rule([0, 1, 2, 3, 4], 13, 18), free])


if __name__ == "__main__":
    for row in rows():
        print(row)
