"""New moons and the sun's way against published ones: the worked examples of Meeus, eclipses, the seasons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tantam.plan.calendars.moon import FIRST_NEW_MOON, MEAN_MONTH, delta_t, new_moon, sun_longitude

MINUTE = 1 / 1440
DELTA_1977 = 47.7 / 86_400  # dynamical less universal time, in days
DELTA_1992 = 58.9 / 86_400

# A new moon with an eclipse of the sun: NASA's catalogue of eclipses gives the conjunction to the minute.
ECLIPSES = """
1970-03-07 17:43, 1973-06-30 11:39, 1991-07-11 19:06, 1999-08-11 11:08, 2006-03-29 10:15, 2009-07-22 02:35,
2010-07-11 19:40, 2015-03-20 09:36, 2016-03-09 01:54, 2017-08-21 18:30, 2019-07-02 19:16, 2020-12-14 16:17,
2024-04-08 18:21, 2026-08-12 17:37, 2027-08-02 10:05, 2034-03-20 10:15, 2045-08-12 17:39
"""
# When the sun reached 0, 90, 180 and 270 degrees, to the minute, as almanacs give it.
SEASONS = """
2000-03-20 07:35, 2000-06-21 01:48, 2000-09-22 17:28, 2000-12-21 13:37
2010-03-20 17:32, 2010-06-21 11:28, 2010-09-23 03:09, 2010-12-21 23:38
2015-03-20 22:45, 2015-06-21 16:38, 2015-09-23 08:21, 2015-12-22 04:48
2020-03-20 03:50, 2020-06-20 21:44, 2020-09-22 13:31, 2020-12-21 10:02
2024-03-20 03:06, 2024-06-20 20:51, 2024-09-22 12:44, 2024-12-21 09:21
2025-03-20 09:01, 2025-06-21 02:42, 2025-09-22 18:19, 2025-12-21 15:03
2026-03-20 14:46, 2026-06-21 08:25, 2026-09-23 00:05, 2026-12-21 20:50
"""
# Dynamical less universal time at the beginning of a year, in seconds: observed, and by how much it may differ.
DELTAS = [
    *((1961, 33.59, 0.1), (1965, 35.73, 0.1), (1970, 40.18, 0.1), (1975, 45.48, 0.1), (1980, 50.54, 0.1)),
    *((1985, 54.34, 0.1), (1990, 56.86, 0.1), (1995, 60.78, 0.1), (2000, 63.83, 0.1), (2004, 64.57, 0.1)),
    *((2010, 66.07, 1), (2020, 69.36, 3)),
    # What Espenak and Meeus foretell.
    *((2050, 93, 1), (2100, 203, 1), (2200, 442, 1)),
]


def julian(moment: str) -> float:
    since = datetime.fromisoformat(moment).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return since / timedelta(days=1) + 2440587.5


def test_the_new_moon_of_february_1977_is_that_of_the_book() -> None:
    assert new_moon(-283) == pytest.approx(2443192.65118 - DELTA_1977, abs=5e-6)


def test_the_sun_of_13_october_1992_is_that_of_the_book() -> None:
    assert sun_longitude(2448908.5 - DELTA_1992) == pytest.approx(199.90606, abs=0.0005)


@pytest.mark.parametrize("moment", [each.strip() for each in ECLIPSES.split(",")])
def test_a_new_moon_is_when_the_sun_was_or_will_be_eclipsed(moment: str) -> None:
    lunation = round((julian(moment) - FIRST_NEW_MOON) / MEAN_MONTH)
    assert new_moon(lunation) == pytest.approx(julian(moment), abs=MINUTE)


@pytest.mark.parametrize("year", SEASONS.split("\n")[1:-1], ids=lambda year: year[:4])
def test_the_sun_stands_where_the_seasons_begin(year: str) -> None:
    for degrees, moment in zip((0, 90, 180, 270), year.split(", "), strict=True):
        away = (sun_longitude(julian(moment)) - degrees + 180) % 360 - 180
        assert abs(away) < 0.0031, moment  # less than five minutes of its way


@pytest.mark.parametrize(("year", "seconds", "within"), DELTAS)
def test_dynamical_time_is_ahead_of_universal_time_as_it_was_observed(year: int, seconds: float, within: float) -> None:
    begins = 2451545 + (year - 2000) * 365.25
    assert delta_t(begins) * 86_400 == pytest.approx(seconds, abs=within)


@pytest.mark.parametrize("year", [1986, 2005, 2050, 2150])
def test_where_one_formula_follows_another_the_time_does_not_jump(year: int) -> None:
    change = 2451545 + (year - 2000) * 365.25
    assert delta_t(change - 0.01) * 86_400 == pytest.approx(delta_t(change + 0.01) * 86_400, abs=0.2)


def test_new_moons_follow_each_other_by_a_month_to_the_end_of_the_calendar() -> None:
    moons = [new_moon(lunation) for lunation in range(-396, 2475)]
    months = [later - earlier for earlier, later in zip(moons, moons[1:], strict=False)]
    assert min(months) > 29.26 and max(months) < 29.84
    assert sum(months) / len(months) == pytest.approx(MEAN_MONTH, abs=3e-4)
