"""Conditions and results in words, as a person says them in each language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from tantam.plan.publish.speech import Speech
from tantam.plan.sections import read
from tantam.plan.spoken import filled, percent, spoken
from tantam.plan.tables.values import Amount, Every, Family, Range, Span

PLAN = read(Path(__file__).parent / "speech.yaml")


def row(policy: str, name: str, lang: str) -> tuple[list[str], list[str]]:
    """The conditions and results of a row in words."""
    table = PLAN.policies[policy].decides
    assert table is not None
    speech = Speech(PLAN, lang)
    found = next(each for each in table.rows if each.name == name or str(each.index) == name)
    asked = [speech.cell(column, each) for column, each in zip(table.inputs, found.conditions, strict=True)]
    return asked, [speech.result(each) for key, each in found.outputs.items() if key != "outcome"]


@pytest.mark.parametrize(
    ("lang", "asked", "given"),
    [
        ("en", ["our fault", "", "up to 30 days", "more than €9.90", "yes", ""], ["90% of price", "at once"]),
        (
            "de",
            ["unser Fehler", "", "bis 30 Tage", "mehr als 9,90 €", "ja", ""],
            ["90 % von „Kaufpreis“", "sofort"],
        ),
        ("vi", ["lỗi của tiệm", "", "tối đa 30 ngày", "hơn 9,90 €", "có", ""], ["90 % giá mua", "ngay"]),
    ],
)
def test_a_cell_is_said_under_the_head_of_its_column(lang: str, asked: list[str], given: list[str]) -> None:
    assert row("p", "a", lang) == (asked, given)


@pytest.mark.parametrize(
    ("term", "written", "vi", "de", "en"),
    [
        ("price", "30 EUR..59.99 EUR", "30,00 € – 59,99 €", "30,00 € – 59,99 €", "€30.00 – €59.99"),
        ("price", ">= 90 EUR", "ít nhất 90,00 €", "mindestens 90,00 €", "at least €90.00"),
        ("owned", "31 days..1 years", "31 ngày – 1 năm", "31 Tage – 1 Jahr", "31 days – 1 year"),
        ("owned", "<= 30 days", "tối đa 30 ngày", "bis 30 Tage", "up to 30 days"),
        ("fault", "ours", "lỗi của tiệm", "unser Fehler", "our fault"),
        ("fault", "ours, none", "lỗi của tiệm hoặc không", "unser Fehler oder keiner", "our fault or none"),
        ("fault", "(((", "(((", "(((", "((("),
    ],
)
def test_a_cell_outside_of_tables_is_said_as_in_a_table(term: str, written: str, vi: str, de: str, en: str) -> None:
    for lang, said in (("vi", vi), ("de", de), ("en", en)):
        assert Speech(PLAN, lang).asked(term, written) == said


def test_a_comparison_of_two_terms_names_the_other() -> None:
    assert row("p", "b", "en")[0][3] == "less than price today"
    assert row("p", "b", "de")[0][3] == "weniger als „Preis heute“"
    assert row("p", "b", "en")[1] == ["Price less price today", "5–7 working days"]


@pytest.mark.parametrize(
    ("lang", "above", "at_most"),
    [
        ("en", "longer than the grace", "within the grace"),
        ("de", "länger als „Nachfrist“", "nicht länger als „Nachfrist“"),
        ("vi", "quá thời gian gia hạn", "trong thời gian gia hạn"),
    ],
)
def test_a_span_is_compared_with_one_that_has_a_name(lang: str, above: str, at_most: str) -> None:
    assert row("p", "a2", lang)[0][2] == at_most
    assert row("p", "a3", lang)[0][2] == above


def test_days_are_before_and_after_while_amounts_are_more_and_less() -> None:
    assert row("p", "b", "en")[0][5] == "no later than 21 November 2026"
    assert row("p", "c", "de")[0][5] == "nach: 21.11.2026"
    assert row("p", "c", "vi")[0][2] == "hơn 1 năm"


def test_what_is_excluded_is_said_by_not() -> None:
    assert row("p", "b", "en")[0][0] == "not our fault"
    assert row("p", "c", "en")[0][1] == "not smoke"


def test_a_ladder_says_whole_conditions() -> None:
    assert row("q", "1", "en")[0] == ["Owned: more than 7 days and sealed: no"]
    assert row("q", "2", "en")[0] == ["Items: for each one, there: yes or price is known"]
    assert row("q", "2", "en")[1] == ["the sum of: price"]
    assert row("q", "3", "en")[1] == ["the smaller of price and price today"]


@pytest.mark.parametrize(
    ("value", "vi", "de", "en"),
    [
        (Amount(1234567, "VND"), "1.234.567 ₫", "1.234.567 ₫", "₫1,234,567"),
        (Amount(123450, "EUR"), "1.234,50 €", "1.234,50 €", "€1,234.50"),
        (Amount(-990, "CHF"), "−9,90 CHF", "−9,90 CHF", "−CHF 9.90"),
        (Span(Family.EXACT, 5400), "1 giờ 30 phút", "1 Stunde 30 Minuten", "1 hour 30 minutes"),
        (Span(Family.EXACT, 0), "ngay", "sofort", "at once"),
        (Span(Family.WORKING, 1), "1 ngày làm việc", "1 Arbeitstag", "1 working day"),
        (Span(Family.CALENDAR, 0, 24), "2 năm", "2 Jahre", "2 years"),
        (
            Range(Span(Family.WORKING, 5), Span(Family.WORKING, 7)),
            "5–7 ngày làm việc",
            "5–7 Arbeitstage",
            "5–7 working days",
        ),
        (Every(Span(Family.EXACT, 3600)), "1 giờ một lần", "jede Stunde", "every hour"),
        (Every(Span(Family.WORKING, 2)), "2 ngày làm việc một lần", "alle 2 Arbeitstage", "every 2 working days"),
        (Fraction(5, 2), "2,5", "2,5", "2.5"),
        (date(2026, 11, 1), "1/11/2026", "1.11.2026", "1 November 2026"),
        (
            datetime(2026, 11, 1, 9, 5, tzinfo=UTC),
            "09:05 ngày 1/11/2026",
            "1.11.2026, 09:05 Uhr",
            "1 November 2026, 09:05",
        ),
        (True, "có", "ja", "yes"),
    ],
)
def test_values_are_written_as_each_language_writes_them(value: object, vi: str, de: str, en: str) -> None:
    assert [spoken(value, lang) for lang in ("vi", "de", "en")] == [vi, de, en]


def test_a_share_has_a_space_before_its_sign_but_in_english() -> None:
    assert [percent(Fraction(9, 10), lang) for lang in ("vi", "de", "en")] == ["90 %", "90 %", "90%"]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("innerhalb von {within}", "innerhalb von 3 Arbeitstagen"),
        ("binnen {within} zurück", "binnen 3 Arbeitstagen zurück"),
        ("höchstens {within}", "höchstens 3 Arbeitstage"),
        ("{within} Geduld", "3 Arbeitstage Geduld"),
        ("{unknown} bleibt", "{unknown} bleibt"),
    ],
)
def test_german_puts_a_time_in_the_dative_after_its_preposition(template: str, said: str) -> None:
    assert filled(template, {"within": Span(Family.WORKING, 3)}, "de") == said
