"""Whether anybody is there: shifts, teams and duties against channels, languages, severities and promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plan.checks.plans import codes, findings

HEAD = """\
tantam: 1
company:
  name: Shop
  languages: [en, vi]
  timezone: Europe/Berlin
  currency: EUR
  teams:
    desk: {{levels: [agent], languages: [en]}}
    chiefs: {{levels: [manager]}}
  shifts: {{{shifts}}}
  duties: {{{duties}}}
mission: {{en: We serve our customers., vi: Chúng tôi phục vụ khách.}}
hours:
  office: {{mon-fri: "08:00-18:00"}}
  night: {{mon-fri: "18:00-08:00"}}
levels:
  agent: {{handles: [minor], escalates_to: manager}}
  manager: {{handles: [serious]}}
channels: {{mail: {{}}, phone: {{hours: office, languages: [{phone}]}}}}
promises:
  clock: office
  table: |
    promise     | severity => within | on
    first_reply | minor    |  4 h    | office
    first_reply | serious  |  2 h    | {serious}
"""
DAY = "day: {team: desk, hours: office, people: 2}"
CHIEF = "chief: {team: chiefs, hours: office, people: 1}"
TERM = "terms: {severity: {one_of: [minor, serious], from: case.severity}}\n"


def told(folder: Path, shifts: str, *, duties: str = "", phone: str = "en", serious: str = "office") -> list[str]:
    head = HEAD.format(shifts=shifts, duties=duties, phone=phone, serious=serious)
    found = findings(folder, TERM, head=head)
    return [each for each in codes(found, "K1") if each in ("K101", "K120", "K121")]


@pytest.mark.parametrize(
    ("shifts", "more", "expected"),
    [
        (f"{DAY}, {CHIEF}", {}, []),
        (DAY, {}, ["K120"]),  # nobody who handles what is serious
        (CHIEF, {}, []),  # who stands higher handles what is below, and speaks whatever is asked
        (f"{DAY}, {CHIEF}", {"phone": "en, vi"}, []),
        (f"{DAY}, chief: {{team: chiefs, hours: office, people: 1, channels: [mail]}}", {"phone": "en, vi"}, ["K121"]),
        (f"{DAY}, chief: {{team: chiefs, hours: office, people: 0}}", {}, ["K120"]),
        (DAY, {"duties": "call: {words: {en: On call, vi: Trực}, who: [manager], hours: office}"}, []),
        (f"{DAY}, {CHIEF}", {"serious": "night"}, ["K101"]),
        (
            f"{DAY}, {CHIEF}",
            {"serious": "night", "duties": "call: {words: {en: On call, vi: Trực}, who: [chiefs], hours: night}"},
            [],
        ),
    ],
)
def test_somebody_who_can_is_there(shifts: str, more: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, shifts, **more) == expected


def test_without_shifts_nobody_is_said_to_be_missing(tmp_path: Path) -> None:
    assert told(tmp_path, "", serious="night") == []
