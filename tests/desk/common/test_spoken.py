"""How time, money and shares are said in three languages and in the page's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from tantam.desk.common import spoken
from tantam.desk.common.templatetags.tantam import tally

NOW = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 min"),
        (59, "59 min"),
        (60, "1 h"),
        (125, "2 h 05 min"),
        (-14, "14 min"),
        (1440, "1 day"),
        (4000, "3 days"),
    ],
)
def test_length_has_the_unit_that_fits(minutes: int, said: str) -> None:
    with translation.override("en"):
        assert spoken.length(minutes) == said


@pytest.mark.parametrize(
    ("lang", "money", "share"),
    [("vi", "8.990.000 ₫", "96,8 %"), ("de", "8.990.000 ₫", "96,8 %"), ("en", "₫8,990,000", "96.8%")],
)
def test_numbers_are_written_as_the_language_does(lang: str, money: str, share: str) -> None:
    with translation.override(lang):
        assert spoken.money(8_990_000, "VND") == money
        assert spoken.percent(0.9678, 1) == share


def test_shares_are_rounded_not_cut() -> None:
    with translation.override("en"):
        assert spoken.percent(2 / 3) == "67%"
        assert spoken.money(1299, "EUR") == "€12.99"


@pytest.mark.parametrize(
    ("lang", "ahead", "said"),
    [
        ("en", timedelta(hours=2), "12:00"),
        ("de", timedelta(days=2), "Fr 10:00"),
        ("vi", timedelta(days=30), "03/04"),
        ("de", timedelta(days=30), "03.04."),
        ("en", timedelta(days=-400), "28 Jan 2025"),
    ],
)
def test_instants_are_as_brief_as_the_day_allows(lang: str, ahead: timedelta, said: str) -> None:
    with translation.override(lang), timezone.override("Asia/Ho_Chi_Minh"):
        assert spoken.instant(NOW + ahead, NOW) == said


def test_what_is_late_says_by_how_much() -> None:
    with translation.override("en"):
        assert spoken.due(NOW - timedelta(minutes=14), NOW) == "14 min late"
        assert spoken.due(NOW + timedelta(minutes=38), NOW) == "38 min"


@pytest.mark.parametrize(
    ("name", "sign"), [("Nguyễn Thị Hoa", "H"), ("Kim Weber", "K"), ("Özlem Kaya", "Ö"), ("", "?")]
)
def test_sign_is_the_given_names(name: str, sign: str) -> None:
    assert spoken.initial(name) == sign


@pytest.mark.parametrize(
    ("kept", "total", "stand", "fall"),
    [(88, 100, 88, 12), (0, 46, 0, 46), (999, 1000, 99, 1), (3, 3, 3, 0), (0, 0, 0, 0)],
)
def test_tally_shows_every_broken_promise_or_their_share(kept: int, total: int, stand: int, fall: int) -> None:
    drawn = tally(kept, total)
    assert (drawn["stand"].count("M"), drawn["fall"].count("M")) == (stand, fall)
