"""The plan of an internal IT service: impact and urgency, the hall and the road, no purchase."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tantam.plan.publish.contents import paper
from tantam.plan.publish.paper import Audience
from tantam.plan.run import owed, triage
from tests.support.plans import company

PLAN = company("it-service")
NOW = datetime(2026, 12, 7, 3, tzinfo=UTC)  # Monday, 10:00 in Ho Chi Minh City


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
def test_the_published_plan_speaks_of_no_purchase(lang: str) -> None:
    said = repr(paper(PLAN, lang, Audience.CUSTOMER))
    assert re.search(r"khi mua|(dem|des) Kauf|[Ww]hile you buy|you have bought", said) is None


@pytest.mark.parametrize(
    ("impact", "urgency", "severity", "level"),
    [
        ("high", "high", "critical", "third_line"),
        ("high", "medium", "high", "second_line"),
        ("high", "low", "moderate", "service_desk"),
        ("medium", "high", "high", "second_line"),
        ("medium", "medium", "moderate", "service_desk"),
        ("medium", "low", "low", "service_desk"),
        ("low", "high", "moderate", "service_desk"),
        ("low", "medium", "low", "service_desk"),
        ("low", "low", "low", "service_desk"),
    ],
)
def test_impact_and_urgency_alone_say_how_severe_it_is(impact: str, urgency: str, severity: str, level: str) -> None:
    placed = triage(PLAN, {"impact": impact, "urgency": urgency}, now=NOW)
    assert (placed.severity, placed.level) == (severity, level)


@pytest.mark.parametrize(
    ("severity", "first_reply", "resolution"),
    [
        ("critical", timedelta(minutes=15), timedelta(hours=4)),
        ("high", timedelta(minutes=30), timedelta(hours=8)),
        ("moderate", timedelta(hours=5), timedelta(days=3, hours=7)),  # lunch lies between; Thursday's closing
        ("low", timedelta(days=1, hours=7), timedelta(days=7, hours=7)),  # Tuesday's closing; the next Monday's
    ],
)
def test_severity_says_by_when(severity: str, first_reply: timedelta, resolution: timedelta) -> None:
    due = {each.kind: each for each in owed(PLAN, {"severity": severity, "group": "", "stopped": "no"}, start=NOW)}
    assert (due["first_reply"].due - NOW, due["resolution"].due - NOW) == (first_reply, resolution)


def test_production_hears_within_half_an_hour_at_night() -> None:
    night = datetime(2026, 12, 7, 19, tzinfo=UTC)  # Tuesday, 02:00
    due = {
        each.kind: each for each in owed(PLAN, {"severity": "low", "group": "production", "stopped": "no"}, start=night)
    }
    assert due["first_reply"].due - night == timedelta(minutes=30)
    assert due["first_reply"].because.rule == "reply_hall_and_road"


def test_a_standstill_is_reported_every_half_hour() -> None:
    due = {each.kind: each for each in owed(PLAN, {"severity": "moderate", "group": "", "stopped": "yes"}, start=NOW)}
    assert due["update"].every_minutes == 30
