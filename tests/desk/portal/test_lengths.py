"""How long ago: read as people write it in three languages."""

from __future__ import annotations

from datetime import date

import pytest

from tantam.desk.common.lengths import read_length

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12", "12 days"),
        ("12 ngày", "12 days"),
        ("2 tuần rồi", "14 days"),
        ("khoảng 3 tháng", "90 days"),
        ("2 năm", "730 days"),
        ("seit 3 Wochen", "21 days"),
        ("1 Monat", "30 days"),
        ("about 5 years", "1825 days"),
        ("hôm qua", "1 days"),
        ("heute", "0 days"),
        ("8/11/2026", "2026-11-08"),
        ("08.11.26", "2026-11-08"),
        ("2026-11-08", "2026-11-08"),
        ("1/12", "2025-12-01"),
        ("21.11.", "2026-11-21"),
    ],
)
def test_length_or_day_is_read(written: str, read: str) -> None:
    assert read_length(written, TODAY) == read


@pytest.mark.parametrize("written", ["long ago", "12 parsec", "31/2/2026", "1/1/2030", "-3", "12345678", "½"])
def test_what_is_neither_is_not_guessed(written: str) -> None:
    assert read_length(written, TODAY) is None
