"""A call or visit is not promised on a day on which nobody is there; what goes out by itself may fall on any day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plan.checks.plans import findings

PLAN = """\
hours:
  office: {mon-fri: "08:00-18:00"}
  shop: {daily: "08:00-20:00"}
  rests: {daily: "08:00-20:00", holidays: DE}
channels: {mail: {}, phone: {hours: office}}
levels: {agent: {handles: [minor]}}
working_days: office
follow_ups: |
  event       => after  | do
  handed_over |  7 days | call_customer
"""


def told(folder: Path, text: str) -> list[str]:
    """Return the beginning of the first day off that a follow-up may fall on."""
    return [each.counterexample["when"] for each in findings(folder, text) if each.code == "K105"]


@pytest.mark.parametrize("does", ["call_customer", "visit", "anrufen", "Besuch", "gọi hỏi", "thăm khách"])
def test_a_call_or_visit_counted_in_calendar_days_may_fall_on_a_day_off(does: str, tmp_path: Path) -> None:
    assert told(tmp_path, PLAN.replace("call_customer", does)) == ["sat 00:00"]


def test_what_is_done_is_known_by_its_label_too(tmp_path: Path) -> None:
    text = PLAN.replace("call_customer", "settle") + "labels: {settle: we ring them}\n"
    assert told(tmp_path, text) == ["sat 00:00"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("call_customer", "send_guide"),
        ("call_customer", "recall_letter"),
        ("7 days", "7 working days"),
        ("7 days", "6 months"),
        ("working_days: office\n", ""),
        ("phone: {hours: office}", "phone: {hours: shop}"),
    ],
)
def test_what_can_go_out_on_any_day_or_falls_on_an_open_one_is_not_told(old: str, new: str, tmp_path: Path) -> None:
    assert old in PLAN
    assert told(tmp_path, PLAN.replace(old, new)) == []


def test_a_channel_says_on_which_days_somebody_is_there(tmp_path: Path) -> None:
    text = PLAN.replace("=> after  | do", "=> after  | channel | do").replace("7 days |", "7 days | phone   |")
    assert told(tmp_path, text.replace("call_customer", "ask")) == ["sat 00:00"]
    assert told(tmp_path, text.replace("phone: {hours: office}", "phone: {hours: shop}")) == []


def test_who_is_open_every_day_but_on_holidays_may_still_promise_a_holiday(tmp_path: Path) -> None:
    text = PLAN.replace("working_days: office", "working_days: rests").replace("{hours: office}", "{hours: rests}")
    assert told(tmp_path, text) == ["holidays"]
    assert told(tmp_path, text.replace("holidays: DE", 'holidays: DE, on_holidays: "09:00-12:00"')) == []


def test_shifts_of_the_level_that_does_it_count(tmp_path: Path) -> None:
    head = """\
tantam: 1
company:
  name: Shop
  languages: [en]
  timezone: Europe/Berlin
  currency: EUR
  teams: {desk: {levels: [agent]}, weekend: {levels: [helper]}}
  shifts: {week: {team: desk, hours: office, people: 2}, end: {team: weekend, hours: shop, people: 1}}
mission: We serve our customers.
"""
    text = PLAN.replace("{agent: {handles: [minor]}}", "{agent: {handles: [minor]}, helper: {escalates_to: agent}}")
    text = text.replace("=> after  | do", "=> after  | by | do").replace("7 days |", "7 days | WHO |")
    found = {}
    for who in ("agent", "helper"):
        found[who] = [each.code for each in findings(tmp_path, text.replace("WHO", who), head=head)]
    assert "K105" in found["agent"] and "K105" not in found["helper"]
