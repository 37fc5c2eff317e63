"""The example company's plan: older customers, danger, and the night shift."""

from __future__ import annotations

from datetime import UTC, datetime

from tantam.plan.run import decide, open_now, owed, triage
from tests.support.plans import company

PLAN = company("ben-xuan")
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)  # Monday, 10:00 in Ho Chi Minh City


def test_every_policy_begins_with_a_question() -> None:
    for name in PLAN.policies:
        answer = decide(PLAN, name, {}, now=NOW)
        assert (answer.outcome, bool(answer.ask)) == ("ask", True), name


def test_it_commits_to_what_a_shop_is_asked_for() -> None:
    assert {each.kind for each in PLAN.policies.values()} >= {
        "consultation",
        "exchange",
        "refund",
        "warranty",
        "goodwill",
    }


def test_older_customers_get_an_answer_within_half_an_hour() -> None:
    placed = {"severity": "minor", "group": "elderly"}
    due = {each.kind: each for each in owed(PLAN, placed, start=NOW)}
    assert due["first_reply"].minutes == 30
    assert due["first_reply"].because.rule == "reply_elderly"


def test_danger_goes_to_the_manager_and_is_reported_every_hour() -> None:
    placed = triage(PLAN, {"topic": "faulty", "danger": "yes"}, now=NOW)
    assert (placed.severity, placed.level) == ("critical", "manager")
    due = {each.kind: each for each in owed(PLAN, {"severity": "critical", "group": ""}, start=NOW)}
    assert due["update"].every_minutes == 60
    assert due["update"].clock == "online"


def test_a_chat_is_answered_within_minutes_while_it_is_open() -> None:
    for severity, group in (("normal", ""), ("minor", "elderly"), ("critical", "")):
        due = {
            each.kind: each for each in owed(PLAN, {"severity": severity, "group": group, "channel": "chat"}, start=NOW)
        }
        assert (due["first_reply"].minutes, due["first_reply"].because.clause) == (5, "promises.chat#reply")
        assert due["first_reply"].clock == "office" == PLAN.channels["chat"].hours
    (reply, _) = owed(PLAN, {"severity": "normal", "group": "", "channel": "mail"}, start=NOW)
    assert reply.minutes == 240


def test_what_its_assistant_writes_waits_for_a_person() -> None:
    assistant = PLAN.providers["assistant"]
    assert (assistant.kind, assistant.drafts) == ("ai", "approval")
    assert set(assistant.judged_by) <= PLAN.measures.keys() and assistant.stop


def test_the_night_shift_of_saturday_lasts_into_sunday() -> None:
    assert open_now(PLAN, "hotline", now=datetime(2026, 11, 21, 18, 30, tzinfo=UTC)).open  # Sunday, 01:30 there
    assert not open_now(PLAN, "hotline", now=datetime(2026, 11, 21, 19, 30, tzinfo=UTC)).open
