"""Small plans with one fault each are found out, at the place of the fault; sound ones raise no alarm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tantam.plan.checks import check
from tantam.plan.errors import PlanUnreadable, Severity
from tantam.plan.sections import read
from tantam.plan.words import LANGUAGES

HEAD = """\
tantam: 1
company: {name: Shop, languages: [en], timezone: Asia/Ho_Chi_Minh, currency: VND}
mission: We serve our customers.
hours: {day_and_night: {daily: "00:00-24:00"}}
channels: {mail: {hours: day_and_night}}
levels:
  agent: {handles: [minor, normal], authority: {refund: 500_000 VND, goodwill: 100_000 VND}, escalates_to: manager}
  manager: {handles: [serious], authority: {refund: 10_000_000 VND}}
terms:
  severity: {one_of: [minor, normal, serious], from: case.severity}
  fault: {one_of: [ours, customer, transport, none]}
  owned: {duration: 0 days..}
  price: {money: 0..}
  opened: {yes_no: any}
  signs: {some_of: [smoke, noise, leak]}
  delivered: {date: any}
  today: {date: any}
  pieces: {number: 1..}
  weight: {number: 0.., unit: kg}
  waited: {duration: 0 h..}
  half: price * 50 %
  late: owned > 14 days
  due: delivered + 14 days
outputs: {gets: {money: 0..}, settles: {money: any, plus: you pay, minus: you get back}}
"""
PLANTED: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("planted.yaml"))


@pytest.mark.parametrize("planted", PLANTED, ids=[each["name"] for each in PLANTED])
def test_what_is_planted_is_found_and_nothing_else(planted: dict[str, Any], tmp_path: Path) -> None:
    text = HEAD + planted["plan"]
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    try:
        found = check(read(tmp_path / "plan.yaml"))
    except PlanUnreadable as unreadable:
        found = list(unreadable.findings)
    assert [each.code for each in found] == planted["finds"], [each.sentence() for each in found]
    if "at" in planted:
        place = found[0].place
        assert text.splitlines()[place.line - 1][place.column - 1 :].startswith(planted["at"])
    for each in found:
        for lang in LANGUAGES:
            assert "{" not in each.sentence(lang) + each.next_step(lang)


EXCEPTION = """\
policies:
  exchange:
    commitment: We do it.
{granted}    decides: |
      fault                     | owned     => outcome
      ours                      | <= 7 days => replace
      ours                      | -         => repair
      customer, transport, none | -         => decline
"""


@pytest.mark.parametrize(
    ("granted", "severity"),
    [("", Severity.WARNING), ("    granted_by: agent\n", Severity.WARNING), ("    granted_by: plan\n", Severity.ERROR)],
)
def test_an_exception_beside_its_rule_blocks_only_what_the_plan_itself_grants(
    granted: str, severity: Severity, tmp_path: Path
) -> None:
    (tmp_path / "plan.yaml").write_text(HEAD + EXCEPTION.format(granted=granted), encoding="utf-8")
    (found,) = check(read(tmp_path / "plan.yaml"))
    assert (found.code, found.severity, found.remedy) == ("K02", severity, "K02_exception_remedy")
