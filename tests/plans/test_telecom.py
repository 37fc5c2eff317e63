"""A network operator's plan: outages of many, the night, and what the law gives at the least."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tantam.plan.run import decide, owed, triage
from tests.support.plans import company

PLAN = company("telecom")
NIGHT = datetime(2026, 12, 6, 2, tzinfo=UTC)  # Sunday, 03:00 in Naumburg


def _credit(days: int, *, fee: int, kind: str) -> int:
    facts = {"caused_by": "ours", "customer_kind": kind, "out_days": str(days), "fee": f"{fee} EUR"}
    given = decide(PLAN, "outage_credit", facts, now=NIGHT).outputs["credit"]
    return int(given.minor)


def _by_law(days: int, *, fee: int) -> int:
    """Return what § 58 TKG gives in cents: from the 3rd day 5 EUR or 10 %, from the 5th 10 EUR or 20 %."""
    rates = [0 if day < 3 else max(500, fee * 10) if day < 5 else max(1000, fee * 20) for day in range(1, days + 1)]
    return sum(rates)


@pytest.mark.parametrize("kind", ["private", "business"])
@pytest.mark.parametrize("fee", [19, 50, 70, 119])
def test_an_outage_never_credits_less_than_the_law_nor_less_for_longer(kind: str, fee: int) -> None:
    given = [_credit(days, fee=fee, kind=kind) for days in range(31)]
    assert given == sorted(given)
    assert all(credit >= _by_law(days, fee=fee) for days, credit in enumerate(given))


def test_an_outage_of_many_reaches_the_network_centre_at_night_and_is_told_every_hour() -> None:
    placed = triage(PLAN, {"topic": "outage", "effect": "dead", "reach": "town"}, now=NIGHT)
    assert (placed.severity, placed.level) == ("many", "noc")
    due = {each.kind: each for each in owed(PLAN, {"severity": "many", "group": ""}, start=NIGHT)}
    assert due["first_reply"].due - NIGHT == timedelta(minutes=15)
    assert due["update"].every_minutes == 60


def test_a_firm_is_answered_at_night_and_a_household_in_the_morning() -> None:
    due = {
        group: {each.kind: each for each in owed(PLAN, {"severity": "normal", "group": group}, start=NIGHT)}
        for group in ("business", "")
    }
    assert due["business"]["first_reply"].due - NIGHT == timedelta(minutes=15)
    assert due[""]["first_reply"].due == datetime(2026, 12, 7, 10, 30, tzinfo=UTC)  # Monday, 07:30 and four hours


@pytest.mark.parametrize("days", [0, 1, 29])
def test_a_change_told_too_late_never_counts(days: int) -> None:
    answer = decide(PLAN, "our_change", {"for_you": "worse", "announced": f"{days} days"}, now=NIGHT)
    assert answer.outcome == "postpone"
