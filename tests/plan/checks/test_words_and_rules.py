"""What a commitment says is held against what its rules grant, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.plan.checks.commitments.numbers import times_in
from tests.plan.checks.plans import codes, findings

PLAN = """\
hours: {{office: {{mon-fri: "08:00-18:00"}}}}
channels: {{mail: {{}}}}
terms: {{owned: {{duration: 0 days..}}}}
policies:
  back:
    commitment: {words}
    decides: |
      owned      => outcome | within
      <= 14 days |  refund  | 3 working days
      > 14 days  |  decline | -
"""


@pytest.mark.parametrize(
    ("lang", "words", "said"),
    [
        ("en", "within 30 days, or two working days", ["30 days", "2 working days"]),
        ("de", "binnen drei Werktagen, spätestens nach Ablauf von 2 Wochen", ["3 working days", "14 days"]),
        ("vi", "trong vòng bảy ngày làm việc, bảo hành 2 năm", ["7 working days", "2 years"]),
        ("vi", "năm ngày", ["5 days"]),
        ("en", "five minutes or 4 hours", ["4 h", "5 min"]),
        ("en", "announced five days before; a day later; open 24/7; room 30 day-care", []),
        ("de", "ein Tag, 14 Tage vorher, vor 3 Tagen", []),
        ("fr", "30 days", []),
    ],
)
def test_times_are_read_where_they_are_times(lang: str, words: str, said: list[str]) -> None:
    assert sorted(str(each.span) for each in times_in(words, lang)) == sorted(said)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Bring it back within 14 days.", []),
        ("Bring it back within 15 days.", ["K143"]),
        ("Bring it back within a month or 2 weeks.", []),
        ("Bring it back within two months.", ["K143"]),
        ("Bring it back within 7 days.", []),
        ("Your money in 3 working days.", []),
        ("Your money in 2 working days.", ["K150"]),
        ("Your money in 5 working days.", []),
        ("We answer within 2 hours.", []),
    ],
)
def test_words_promise_no_more_than_the_rules(words: str, found: list[str], tmp_path: Path) -> None:
    assert codes(findings(tmp_path, PLAN.format(words=words)), "K1") == found


def test_times_of_all_languages_agree(tmp_path: Path) -> None:
    head = """\
tantam: 1
company: {name: Shop, languages: [vi, de, en], timezone: Europe/Berlin, currency: EUR}
mission: {vi: Chúng tôi phục vụ khách., de: Wir dienen Kunden., en: We serve customers.}
"""
    same = '{vi: "Trong 14 ngày.", de: "Binnen zwei Wochen.", en: "Within fourteen days."}'
    assert codes(findings(tmp_path, PLAN.format(words=same), head=head), "K14") == []
    other = same.replace("zwei Wochen", "10 Tagen")
    assert codes(findings(tmp_path, PLAN.format(words=other), head=head), "K14") == ["K144"]
    silent = same.replace("Binnen zwei Wochen", "Rechtzeitig")
    assert codes(findings(tmp_path, PLAN.format(words=silent), head=head), "K14") == []
