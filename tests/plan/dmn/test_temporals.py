"""Dates, times and durations of FEEL: their text, their arithmetic, their zones, their properties."""

from __future__ import annotations

import pytest

from tests.plan.dmn.models import feel
from tests.plan.dmn.test_feel import rows, said

LAWS = """
date("2026-02-29") => null
date("2024-02-29") => "2024-02-29"
date(2024, 2, 29) => "2024-02-29"
date(@"2026-01-01T23:00:00-05:00") => "2026-01-01"
time("24:00:01") => null
time("10:30:00.250") => "10:30:00.25"
time(10, 30, 0, @"-PT5H") => "10:30:00-05:00"
date and time(2026, 1, 2, 3, 4, 5.5, @"PT1H") => "2026-01-02T03:04:05.5+01:00"
date and time("2026-01-01") => "2026-01-01T00:00:00"
date and time(date("2026-01-01"), time("10:00:00Z")) => "2026-01-01T10:00:00Z"
date and time("2026-07-01T10:00:00@Europe/Berlin") => "2026-07-01T10:00:00@Europe/Berlin"
date and time("2026-07-01T10:00:00@No/Where") => null
duration("P1Y13M") => "P2Y1M"
duration("PT90M") => "PT1H30M"
duration("-P1DT0.5S") => "-P1DT0.5S"
duration("P") => null
duration("PT") => null
duration("P1Y1D") => null
duration("P0D") => "PT0S"
duration("P0Y") => "P0M"
@"P1D" = @"PT24H" => true
@"P1Y" = @"P12M" => true
@"P1Y" = @"P365D" => null
date("2026-01-31") + duration("P1M") => "2026-02-28"
date("2024-02-29") - duration("P1Y") => "2023-02-28"
date("2026-01-01") + duration("PT36H") => "2026-01-02"
date("2026-01-01") - duration("PT1H") => "2025-12-31"
date("2026-03-01") - date("2026-02-01") => "P28D"
@"2026-03-29T01:30:00@Europe/Berlin" + @"PT1H" => "2026-03-29T03:30:00@Europe/Berlin"
@"2026-10-25T03:00:00@Europe/Berlin" - @"2026-10-25T02:00:00@Europe/Berlin" => "PT2H"
@"2026-01-01T10:00:00+01:00" = @"2026-01-01T09:00:00Z" => true
@"2026-01-01T10:00:00" < @"2026-01-01T11:00:00Z" => true
@"2026-01-01T10:00:00" = @"2026-01-01T10:00:00Z" => false
is(@"10:00:00+01:00", @"09:00:00Z") => false
@"10:00:00+01:00" = @"09:00:00Z" => true
time("23:30:00") + duration("PT1H") => "00:30:00"
time("10:00:00Z") - time("10:00:00+01:00") => "PT1H"
duration("P1D") * 1.5 => "P1DT12H"
duration("P1Y") / 5 => "P2M"
duration("P1D") / duration("PT6H") => 4
duration("P1D") / 0 => null
duration("P1Y") - duration("P1M") => "P11M"
duration("P1Y") + duration("P1D") => null
-duration("P1Y") => "-P1Y"
years and months duration(date("2026-01-31"), date("2026-03-30")) => "P1M"
years and months duration(date("2026-03-30"), date("2026-01-31")) => "-P1M"
date("2026-11-21").weekday => 6
day of week(date("2026-11-21")) => "Saturday"
month of year(date("2026-11-21")) => "November"
day of year(date("2026-02-01")) => 32
week of year(date("2026-01-01")) => 1
@"P1DT2H3M4S".minutes => 3
@"-P1Y2M".months => -2
@"2026-01-01T10:00:00+01:00".time offset => "PT1H"
@"2026-01-01T10:00:00".time offset => null
@"0001-01-01T00:00:00+09:00" < @"0001-01-01T00:00:00Z" => true
@"P1Y" * 9e6000 => null
duration("P99999999999Y") => null
date("9999-12-31") + duration("P1D") => null
now() => "2026-11-21T09:30:00Z"
today() => "2026-11-21"
for d in @"2026-02-27"..@"2026-03-01" return d.day => [27, 28, 1]
string(@"2026-01-01T10:00:00+00:00") => "2026-01-01T10:00:00Z"
"""


@pytest.mark.parametrize(("text", "wanted"), rows(LAWS))
def test_an_expression_comes_to_its_value(text: str, wanted: str) -> None:
    assert said(feel(text)) == wanted
