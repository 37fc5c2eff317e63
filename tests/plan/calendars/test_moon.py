"""New moons and the sun's way against published ones: the worked examples of Meeus, eclipses, the seasons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tantam.plan.calendars.moon import FIRST_NEW_MOON, MEAN_MONTH, new_moon, sun_longitude

MINUTE = 1 / 1440
DELTA_1977 = 47.7 / 86_400  # dynamical less universal time, in days
DELTA_1992 = 58.9 / 86_400

# A new moon with an eclipse of the sun: NASA's catalogue of eclipses gives the conjunction to the minute.
ECLIPSES = """
1970-03-07 17:43, 1973-06-30 11:39, 1991-07-11 19:06, 1999-08-11 11:08, 2006-03-29 10:15, 2009-07-22 02:35,
2010-07-11 19:40, 2015-03-20 09:36, 2016-03-09 01:54, 2017-08-21 18:30, 2019-07-02 19:16, 2020-12-14 16:17,
2024-04-08 18:21, 2026-08-12 17:37, 2027-08-02 10:05, 2034-03-20 10:15, 2045-08-12 17:39
"""
SEASONS = [
    ("1970-12-22 06:36", 270),
    ("2000-03-20 07:35", 0),
    ("2000-06-21 01:48", 90),
    ("2000-09-22 17:28", 180),
    ("2000-12-21 13:37", 270),
    ("2024-03-20 03:06", 0),
    ("2024-06-20 20:51", 90),
    ("2024-09-22 12:44", 180),
    ("2026-12-21 20:50", 270),
]


def julian(moment: str) -> float:
    since = datetime.fromisoformat(moment).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return since / timedelta(days=1) + 2440587.5


def test_the_new_moon_of_february_1977_is_that_of_the_book() -> None:
    assert new_moon(-283) == pytest.approx(2443192.65118 - DELTA_1977, abs=5e-6)


def test_the_sun_of_13_october_1992_is_that_of_the_book() -> None:
    assert sun_longitude(2448908.5 - DELTA_1992) == pytest.approx(199.90606, abs=0.001)


@pytest.mark.parametrize("moment", [each.strip() for each in ECLIPSES.split(",")])
def test_a_new_moon_is_when_the_sun_was_or_will_be_eclipsed(moment: str) -> None:
    lunation = round((julian(moment) - FIRST_NEW_MOON) / MEAN_MONTH)
    assert new_moon(lunation) == pytest.approx(julian(moment), abs=MINUTE)


@pytest.mark.parametrize(("moment", "degrees"), SEASONS)
def test_the_sun_stands_where_the_seasons_begin(moment: str, degrees: int) -> None:
    away = (sun_longitude(julian(moment)) - degrees + 180) % 360 - 180
    assert abs(away) < 0.006  # less than ten minutes of its way


def test_new_moons_follow_each_other_by_a_month_to_the_end_of_the_calendar() -> None:
    moons = [new_moon(lunation) for lunation in range(-396, 2475)]
    months = [later - earlier for earlier, later in zip(moons, moons[1:], strict=False)]
    assert min(months) > 29.26 and max(months) < 29.84
    assert sum(months) / len(months) == pytest.approx(MEAN_MONTH, abs=3e-4)
