"""A policy's marks say which cases a person looks at; they change no answer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tantam.plan.errors import PlanUnreadable
from tantam.plan.run import decide, marks
from tantam.plan.sections import Plan, read_text

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TEXT = """
tantam: 1
company: {name: Shop, languages: [en], currency: EUR, timezone: Europe/Berlin}
terms:
  asked: {number: 0.., from: customer.claims_last_year}
  again: {number: 0.., from: unit.granted}
policies:
  exchange:
    kind: exchange
    decides: {outcome: replace, within: at once}
    marks:
      too_often: asked >= 3
      serial_twice: again >= 1
"""


def _plan(text: str = TEXT) -> Plan:
    return read_text(text)


def test_a_mark_whose_condition_holds_meets_with_clause_and_facts() -> None:
    (met,) = marks(_plan(), "exchange", {"asked": 4, "again": 0}, now=NOW)
    assert (met.name, met.clause, met.facts) == ("too_often", "policies.exchange.marks.too_often", {"asked": "4"})


def test_both_meet_in_the_plans_order() -> None:
    found = marks(_plan(), "exchange", {"asked": 3, "again": 1}, now=NOW)
    assert [each.name for each in found] == ["too_often", "serial_twice"]


def test_what_is_not_known_meets_nothing() -> None:
    assert marks(_plan(), "exchange", {}, now=NOW) == ()


def test_a_mark_changes_no_answer() -> None:
    assert decide(_plan(), "exchange", {"asked": 9}, now=NOW).outcome == "replace"


def test_a_mark_of_an_unknown_term_is_no_plan() -> None:
    with pytest.raises(PlanUnreadable, match="There is no term asks"):
        _plan(TEXT.replace("asked >= 3", "asks >= 3"))
