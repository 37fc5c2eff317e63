"""Hours of a plan that was enacted stay as they were in the years it brings along, whatever is known of them later."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tantam.plan.calendars import Interval, is_open, parse_all
from tantam.plan.calendars.hours import Settled

FORMS = {"office": {"mon-fri": "08:00-17:00", "zone": "UTC", "holidays": "DE"}, "rest": {"rest_of": "office"}}
NINE, NOON = (datetime(2026, 5, 4, hour, tzinfo=UTC) for hour in (9, 12))  # a Monday
SETTLED = Settled(
    frozenset({2026}), ((date(2026, 5, 4), (Interval(600, 780),)), (date(2026, 5, 1), (Interval(0, 1440),)))
)


def test_days_of_a_settled_year_are_open_as_was_settled_and_others_as_on_their_weekday() -> None:
    office = parse_all(FORMS, "UTC", fixed={"office": SETTLED})["office"].hours
    assert [is_open(office, each) for each in (NINE, NOON)] == [False, True]
    assert is_open(office, datetime(2026, 5, 1, 3, tzinfo=UTC))  # Labour Day, which was settled otherwise
    assert is_open(office, datetime(2026, 12, 25, 9, tzinfo=UTC))  # nothing was settled of Christmas
    assert is_open(office, datetime(2026, 5, 5, 9, tzinfo=UTC))


def test_a_year_that_was_not_settled_follows_the_holidays() -> None:
    office = parse_all(FORMS, "UTC", fixed={"office": SETTLED})["office"].hours
    assert not is_open(office, datetime(2028, 5, 1, 9, tzinfo=UTC))
    assert is_open(office, datetime(2028, 5, 2, 9, tzinfo=UTC))


def test_what_is_made_of_settled_hours_follows_them() -> None:
    rest = parse_all(FORMS, "UTC", fixed={"office": SETTLED})["rest"].hours
    assert [is_open(rest, each) for each in (NINE, NOON)] == [True, False]


def test_holidays_that_a_plan_brings_along_replace_those_known_for_that_year() -> None:
    office = parse_all(FORMS, "UTC", fixed={"office": {2026: frozenset({date(2026, 5, 4)})}})["office"].hours
    assert not is_open(office, NINE)
    assert is_open(office, datetime(2026, 5, 1, 9, tzinfo=UTC))
    assert not is_open(office, datetime(2028, 5, 1, 9, tzinfo=UTC))
