"""A team Monday to Friday in business hours, chat or mail the rest of the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tantam.plan.checks.hours.ways_in import check_ways_in
from tantam.plan.run import decide, open_now, owed, triage
from tests.support.plans import company

PLAN = company("weekday-team")
MONDAY = datetime(2026, 11, 30, tzinfo=UTC)  # 01:00 in Görlitz
TUESDAY = datetime(2026, 12, 1, 9, tzinfo=UTC)  # 10:00
SATURDAY = datetime(2026, 12, 5, 22, tzinfo=UTC)  # 23:00
CHRISTMAS = datetime(2026, 12, 25, 10, tzinfo=UTC)  # Friday, 11:00, a public holiday


def _open(channel: str, moment: datetime) -> bool:
    return open_now(PLAN, PLAN.channels[channel].hours, now=moment).open


def _due(moment: datetime, **placed: str) -> dict[str, datetime]:
    return {each.kind: each.due for each in owed(PLAN, {"group": "", **placed}, start=moment)}


def test_the_phone_is_answered_monday_to_friday_in_business_hours_and_at_no_other_hour() -> None:
    answered = [
        MONDAY + timedelta(hours=each) for each in range(24 * 7) if _open("phone", MONDAY + timedelta(hours=each))
    ]
    assert {each.weekday() for each in answered} == {0, 1, 2, 3, 4}
    assert {each.hour + 1 for each in answered} == set(range(8, 17))  # Görlitz is an hour ahead of UTC in winter


@pytest.mark.parametrize("moment", [SATURDAY, CHRISTMAS, MONDAY], ids=["weekend", "holiday", "night"])
def test_the_rest_of_the_time_there_are_chat_and_mail(moment: datetime) -> None:
    assert (_open("phone", moment), _open("chat", moment), _open("mail", moment)) == (False, True, True)
    assert PLAN.channels["phone"].fallback == "chat"


def test_there_is_a_way_in_at_every_hour_of_the_week() -> None:
    assert "K10" not in [each.code for each in check_ways_in(PLAN)]


def test_chat_answers_at_night_and_mail_on_the_next_working_day() -> None:
    chat = _due(SATURDAY, severity="minor", channel="chat")
    mail = _due(SATURDAY, severity="minor", channel="mail")
    assert chat["first_reply"] - SATURDAY == timedelta(minutes=10)
    assert mail["first_reply"] == datetime(2026, 12, 7, 16, tzinfo=UTC)  # Monday's closing, 17:00


def test_a_leak_on_a_holiday_reaches_the_team_lead_within_half_an_hour() -> None:
    placed = triage(PLAN, {"topic": "not_working", "leaking": "yes"}, now=CHRISTMAS)
    assert (placed.severity, placed.level) == ("urgent", "lead")
    due = _due(CHRISTMAS, severity="urgent", channel="mail")
    assert due["first_reply"] - CHRISTMAS == timedelta(minutes=30)


def test_units_that_do_not_work_are_covered_for_two_years_as_the_customer_prefers() -> None:
    for owned in ("0 days", "365 days", "730 days"):
        asked = {"fault": "ours", "owned": owned}
        answers = {
            each: decide(PLAN, "cover", asked | {"prefers": each}, now=TUESDAY) for each in ("new_one", "repair")
        }
        assert {each: answer.outcome for each, answer in answers.items()} == {"new_one": "replace", "repair": "repair"}


def test_customers_are_taught_unasked_after_they_bought() -> None:
    assert PLAN.follow_ups is not None
    first = next(each for each in PLAN.follow_ups.rows if each.name == "explain")
    assert (first.labels["event"], first.outputs["do"].text) == ("handed_over", "send_guide")
