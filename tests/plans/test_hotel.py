"""A hotel's plan: a night is settled in the night, whoever booked keeps what was promised, nothing is warranted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tantam.plan.checks.hours.ways_in import check_ways_in
from tantam.plan.publish.contents import paper
from tantam.plan.publish.paper import Audience
from tantam.plan.run import decide, open_now, owed, triage
from tests.support.plans import company

PLAN = company("hotel")
NIGHT = datetime(2026, 12, 1, 19, tzinfo=UTC)  # Wednesday, 02:00 in Hội An
DAY = datetime(2026, 12, 1, 3, tzinfo=UTC)  # Tuesday, 10:00


def test_a_hotel_gives_no_warranty_and_swaps_nothing() -> None:
    assert {each.kind for each in PLAN.policies.values()} & {"warranty", "exchange"} == set()


def test_there_is_a_way_in_at_every_hour_and_the_desk_is_awake_at_night() -> None:
    assert "K10" not in [each.code for each in check_ways_in(PLAN)]
    assert open_now(PLAN, "night_desk", now=NIGHT).open
    assert not open_now(PLAN, "night_desk", now=DAY).open


def test_noise_at_two_in_the_morning_is_answered_in_ten_minutes_and_settled_in_two_hours() -> None:
    placed = triage(PLAN, {"topic": "noise", "danger": "no"}, now=NIGHT)
    assert (placed.severity, placed.level, placed.stage) == ("tonight", "duty_manager", "during")
    due = {each.kind: each for each in owed(PLAN, {"severity": "tonight", "group": ""}, start=NIGHT)}
    assert due["first_reply"].due - NIGHT == timedelta(minutes=10)
    assert due["resolution"].due - NIGHT == timedelta(hours=2)
    assert due["update"].every_minutes == 30


def test_danger_fetches_the_hotel_manager() -> None:
    placed = triage(PLAN, {"topic": "night_help", "danger": "yes"}, now=NIGHT)
    assert (placed.severity, placed.level) == ("danger", "hotel_manager")


def test_a_complaint_is_more_pressing_while_the_guest_is_still_there() -> None:
    here = triage(PLAN, {"topic": "complaint", "in_house": "yes"}, now=DAY)
    gone = triage(PLAN, {"topic": "complaint", "in_house": "no"}, now=DAY)
    assert (here.severity, here.stage, gone.severity, gone.stage) == ("tonight", "during", "normal", "after")


@pytest.mark.parametrize("rate", ["flexible", "saver", "party"])
@pytest.mark.parametrize("arrival", ["2026-11-30", "2026-12-01", "2027-06-01"])
def test_a_flood_costs_no_guest_anything(rate: str, arrival: str) -> None:
    facts = {"rate": rate, "reason": "storm", "arrival": arrival, "paid": "4500000 VND", "night_price": "1500000 VND"}
    assert decide(PLAN, "cancellation", facts, now=DAY).outcome == "full"


def test_the_window_for_cancelling_turns_at_midnight_in_hoi_an() -> None:
    facts = {"rate": "flexible", "reason": "plans", "arrival": "2026-12-03", "paid": "3000000 VND"}
    facts["night_price"] = "1500000 VND"
    midnight = datetime(2026, 12, 1, 17, tzinfo=UTC)
    before = decide(PLAN, "cancellation", facts, now=midnight - timedelta(minutes=1))
    assert (before.outcome, decide(PLAN, "cancellation", facts, now=midnight).outcome) == ("full", "one_night")


def test_terms_booked_are_pinned_to_the_booking() -> None:
    pinned = {name for name, each in PLAN.policies.items() if each.pinned == "purchase"}
    assert pinned == {"cancellation", "no_room", "leaving_early"}


def test_whoever_is_turned_away_never_pays() -> None:
    for alternative in ("better_room", "partner_house", "nothing"):
        facts = {"alternative": alternative, "paid": "4500000 VND", "night_price": "1500000 VND"}
        assert decide(PLAN, "no_room", facts, now=NIGHT).outcome in ("upgrade", "walk", "stay_on")
    assert PLAN.policies["no_room"].offered == "automatically"


@pytest.mark.parametrize(("lang", "stay"), [("vi", "Trong kỳ nghỉ"), ("en", "During your stay"), ("de", "Aufenthalt")])
def test_the_published_plan_speaks_of_a_stay(lang: str, stay: str) -> None:
    said = repr(paper(PLAN, lang, Audience.CUSTOMER))
    assert stay in said
    assert not any(each in said for each in ("Trước khi mua", "Before you buy", "Vor dem Kauf"))
