"""A software house's plan: severities, ways round, windows, credits, refunds and security reports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tantam.plan.run import decide, open_now, owed, triage
from tantam.plan.spoken import spoken
from tests.support.plans import company

PLAN = company("software-house")
DAY = datetime(2026, 12, 1, 9, tzinfo=UTC)  # Tuesday, 10:00 in Dresden
NIGHT = datetime(2026, 12, 5, 2, tzinfo=UTC)  # Saturday, 03:00
PROMISED = {"basic": Decimal(99), "plus": Decimal("99.5"), "around": Decimal("99.9")}


@pytest.mark.parametrize(
    ("effect", "workaround", "severity", "level"),
    [
        ("data_at_risk", "yes", "s1", "duty_lead"),
        ("data_at_risk", "no", "s1", "duty_lead"),
        ("stopped", "no", "s1", "duty_lead"),
        ("stopped", "yes", "s2", "engineer"),
        ("hampered", "no", "s2", "engineer"),
        ("hampered", "yes", "s3", "support"),
        ("cosmetic", "no", "s4", "support"),
    ],
)
def test_effect_and_way_round_alone_say_how_severe_it_is(
    effect: str, workaround: str, severity: str, level: str
) -> None:
    placed = triage(PLAN, {"topic": "disruption", "effect": effect, "workaround": workaround}, now=DAY)
    assert (placed.severity, placed.level) == (severity, level)


def test_a_security_report_goes_to_the_duty_lead_whatever_else_is_known() -> None:
    placed = triage(PLAN, {"topic": "security"}, now=NIGHT)
    assert (placed.severity, placed.level) == ("s1", "duty_lead")


def test_a_standstill_at_night_has_a_way_round_in_four_hours() -> None:
    due = {each.kind: each for each in owed(PLAN, {"severity": "s1", "group": ""}, start=NIGHT)}
    assert due["first_reply"].due - NIGHT == timedelta(minutes=30)
    assert due["workaround"].due - NIGHT == timedelta(hours=4)
    assert due["update"].every_minutes == 30


def test_whoever_pays_for_the_night_is_answered_at_night_and_others_on_monday() -> None:
    hampered = {"severity": "s2", "group": "around_the_clock"}
    awake = {each.kind: each for each in owed(PLAN, hampered, start=NIGHT)}
    asleep = {each.kind: each for each in owed(PLAN, hampered | {"group": ""}, start=NIGHT)}
    assert awake["first_reply"].due - NIGHT == timedelta(hours=1)
    assert asleep["first_reply"].due == datetime(2026, 12, 7, 9, tzinfo=UTC)  # Monday, 10:00


def test_a_holiday_of_saxony_stops_the_service_hours_and_not_da_nang() -> None:
    repentance = datetime(2026, 11, 18, 8, tzinfo=UTC)  # Wednesday, 09:00 in Dresden, 15:00 in Đà Nẵng
    assert not open_now(PLAN, "desk", now=repentance).open
    assert open_now(PLAN, "da_nang", now=repentance).open


@pytest.mark.parametrize("package", PROMISED)
@pytest.mark.parametrize("minutes", [40_320, 43_200, 44_640])
def test_a_credit_begins_exactly_where_the_promise_ends(package: str, minutes: int) -> None:
    allowed = int(minutes * (100 - PROMISED[package]) / 100)
    facts = {"package": package, "minutes": str(minutes), "fee": "400 EUR"}
    assert decide(PLAN, "availability", facts | {"down": str(allowed)}, now=DAY).outcome == "kept"
    over = decide(PLAN, "availability", facts | {"down": str(allowed + 1)}, now=DAY)
    assert (over.outcome, over.because.rule) == ("credit", "tenth")


def test_a_longer_outage_never_gives_a_smaller_credit() -> None:
    facts = {"package": "basic", "minutes": "43200", "fee": "400 EUR"}
    given = []
    for down in range(0, 43_201, 90):
        answer = decide(PLAN, "availability", facts | {"down": str(down)}, now=DAY)
        given.append(answer.outputs["credit"].minor if "credit" in answer.outputs else 0)
    assert given == sorted(given)
    assert (given[0], given[-1]) == (0, 40_000)


@pytest.mark.parametrize("package", PROMISED)
def test_no_package_delays_a_security_update(package: str) -> None:
    facts = {"hosting": "ours", "update_kind": "security", "package": package, "moved_before": "no"}
    assert decide(PLAN, "maintenance", facts, now=DAY).outcome == "decline"


def test_windows_lie_where_nobody_is_served() -> None:
    for hour in range(24 * 7):
        moment = DAY + timedelta(hours=hour)
        assert not (open_now(PLAN, "windows", now=moment).open and open_now(PLAN, "desk", now=moment).open)


def test_a_leak_cites_the_law_and_names_who_leads() -> None:
    answer = decide(PLAN, "security", {"found": "leak"}, now=NIGHT)
    assert (answer.outcome, answer.granted_by, answer.because.law) == ("contain", "duty_lead", "Art. 33 DSGVO")


def test_whoever_reported_a_fault_is_asked_after_the_release() -> None:
    assert PLAN.follow_ups is not None
    row = next(each for each in PLAN.follow_ups.rows if each.labels["event"] == "released")
    assert row.outputs["do"].text == "ask_if_it_is_gone"
    assert spoken(getattr(row.outputs["after"].expr, "value", None), "en") == "2 working days"
