"""Facts are read by the type of their term, keep how well they are known, and are written back the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tantam.plan.errors import BadFact, UnknownName
from tantam.plan.run import Fact, Standing, fact_text, read_fact, read_facts
from tantam.plan.sections import read_text
from tantam.plan.tables.evaluate import term_value
from tantam.plan.tables.values import Amount, Family, Span
from tests.support.plans import shop

PLAN = shop()
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("term", "text", "value"),
    [
        ("fault", "ours", "ours"),
        ("owned", "12 days", Span(Family.CALENDAR, 12)),
        ("price", "500_000 VND", Amount(500_000, "VND")),
        ("price", "500000", Amount(500_000, "VND")),
        ("seal", "yes", True),
        ("seal", "no", False),
        ("broken", "shade, cable", frozenset({"shade", "cable"})),
        ("broken", "[shade]", frozenset({"shade"})),
        ("broken", "", frozenset()),
        ("age", "64", 64),
        ("today", "2026-11-21", date(2026, 11, 21)),
        ("order", "#W1", "#W1"),
    ],
)
def test_fact_text_is_read_and_written_back(term: str, text: str, value: Any) -> None:
    fact = read_fact(PLAN, term, text, now=NOW)
    assert fact == Fact(value, Standing.TOLD)
    assert read_fact(PLAN, term, fact_text(PLAN, term, fact), now=NOW) == fact


def test_lists_of_records_are_json() -> None:
    text = '[{"name": "lamp", "price": "100000 VND"}]'
    fact = read_fact(PLAN, "items", text, now=NOW)
    assert fact.value[0]["price"] == Amount(100_000, "VND")
    assert read_fact(PLAN, "items", fact_text(PLAN, "items", fact), now=NOW) == fact


@pytest.mark.parametrize(
    ("term", "got"),
    [
        ("fault", "theirs"),
        ("owned", "12"),
        ("owned", "soon"),
        ("owned", "-3 days"),
        ("price", "-1 VND"),
        ("price", "5 EUR"),
        ("price", "much"),
        ("seal", "perhaps"),
        ("broken", "shade, bulb"),
        ("age", "old"),
        ("today", "yesterday"),
        ("today", "2026-02-30"),
        ("items", "lamp"),
        ("items", "[{"),
        ("owned", "2027-01-01"),
    ],
)
def test_a_fact_outside_its_domain_says_what_is_allowed(term: str, got: object) -> None:
    with pytest.raises(BadFact) as caught:
        read_fact(PLAN, term, got, now=NOW)
    assert caught.value.term == term
    assert caught.value.allowed


def test_a_moment_becomes_an_age_of_local_days_up_to_the_moment_asked() -> None:
    # 20:00 in UTC on the 9th is already the 10th in the company's zone.
    for moment in (
        "2026-11-09T20:00:00+00:00",
        "2026-11-10",
        datetime(2026, 11, 9, 20, tzinfo=UTC),
        date(2026, 11, 10),
    ):
        assert read_fact(PLAN, "owned", moment, now=NOW).value == Span(Family.CALENDAR, 11)


def test_an_age_from_a_moment_compares_with_months_to_the_day() -> None:
    age = read_fact(PLAN, "owned", "2026-01-31", now=datetime(2026, 2, 28, 9, tzinfo=UTC)).value
    assert age >= Span(Family.CALENDAR, 0, 1)


def test_unknown_facts_are_left_out() -> None:
    assert read_facts(PLAN, {"fault": "~", "price": None, "items": [], "seal": Fact(None)}, now=NOW) == {}


def test_an_unknown_term_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownName) as caught:
        read_facts(PLAN, {"falt": "ours"}, now=NOW)
    assert "fault" in caught.value.allowed


def test_plain_values_stand_as_their_term_usually_comes() -> None:
    facts = read_facts(PLAN, {"fault": "ours", "price": "1 VND", "owned": "1 days"}, now=NOW)
    assert {name: fact.standing for name, fact in facts.items()} == {
        "fault": Standing.TOLD,
        "price": Standing.RECORDED,
        "owned": Standing.RECORDED,
    }


def test_standings_are_ordered() -> None:
    assert Standing.VERIFIED.reaches(Standing.RECORDED)
    assert not Standing.TOLD.reaches(Standing.RECORDED)
    assert Standing.SHOWN.reaches(Standing.TOLD) and not Standing.SHOWN.reaches(Standing.RECORDED)


@pytest.mark.parametrize(("noon", "hours"), [("2026-03-28T12:00", 23), ("2026-10-24T12:00", 25)])
def test_an_age_in_hours_counts_hours_and_in_days_counts_days_over_summer_time(noon: str, hours: int) -> None:
    text = "tantam: 1\ncompany: {name: X, languages: en, timezone: Europe/Berlin}\nterms:\n"
    text += "  waited: {duration: 0 h.., since: case.opened}\n  owned: {duration: 0 days.., since: purchase.on}\n"
    plan = read_text(text + "  passed: now - opened\n  now: {moment: any}\n  opened: {moment: any}\n")
    then = datetime.fromisoformat(noon).replace(tzinfo=ZoneInfo("Europe/Berlin"))
    now = then.replace(day=then.day + 1)
    for given in (then, then.isoformat(), noon):
        assert read_fact(plan, "waited", given, now=now).value == Span(Family.EXACT, hours * 3600)
        assert read_fact(plan, "owned", given, now=now).value == Span(Family.CALENDAR, 1)
    known = {"now": now, "opened": then}
    assert term_value("passed", known, plan.scope).value == Span(Family.EXACT, hours * 3600)


def test_a_number_as_other_countries_write_it_is_refused_with_its_term_and_what_is_allowed() -> None:
    with pytest.raises(BadFact) as caught:
        read_fact(PLAN, "price", "500.000 VND", now=NOW)
    assert (caught.value.term, caught.value.got, caught.value.allowed) == ("price", "500.000 VND", "money(VND)")
    assert read_fact(PLAN, "order", "500.000", now=NOW).value == "500.000"


@pytest.mark.parametrize("got", ["much", {"a": 1}, ["x"], 1.5j])
def test_whatever_is_no_value_of_the_term_is_refused_with_it(got: object) -> None:
    with pytest.raises(BadFact) as caught:
        read_fact(PLAN, "price", got, now=NOW)
    assert (caught.value.term, caught.value.got, caught.value.allowed) == ("price", got, "money(VND) 0 VND..")


WORKING = (
    "tantam: 1\ncompany: {name: X, languages: en, timezone: Asia/Ho_Chi_Minh, country: VN}\n"
    'hours: {office: {mon-fri: "08:00-17:00", holidays: VN}}\n%s'
    "terms: {open_for: {duration: 0 working days.., since: case.opened}}\n"
)


def test_an_age_in_working_days_counts_those_that_followed_up_to_today() -> None:
    plan = read_text(WORKING % "working_days: {on: office}\n")
    now = datetime(2026, 11, 25, 9, tzinfo=UTC)  # a Wednesday after a holiday
    ages = {
        day: read_fact(plan, "open_for", f"2026-11-{day}", now=now).value.amount for day in (19, 20, 21, 23, 24, 25)
    }
    assert ages == {19: 3, 20: 2, 21: 2, 23: 1, 24: 1, 25: 0}
    assert read_fact(plan, "open_for", "2026-11-20", now=now).value == Span(Family.WORKING, 2)
    unworked = read_text(WORKING.replace("hours:", "channels: {web: {hours: always}}\n#") % "")
    assert read_fact(unworked, "open_for", "2026-11-20", now=now).value == Span(Family.WORKING, 0)


def test_a_fact_is_taken_as_it_is_and_empty_lists_are_nothing_only_where_something_is_demanded() -> None:
    known = Fact(Amount(5, "VND"), Standing.VERIFIED)
    assert read_fact(PLAN, "price", known, now=NOW) is known
    assert read_facts(PLAN, {"price": known, "items": "[]", "broken": []}, now=NOW) == {
        "price": known,
        "broken": Fact(frozenset(), Standing.TOLD),
    }
    assert read_facts(PLAN, {"price": "5 VND"}, now=NOW, standing=Standing.VERIFIED) == {"price": known}


def test_a_date_that_lies_before_now_is_an_age_and_one_to_come_is_told_with_its_bounds() -> None:
    with pytest.raises(BadFact) as caught:
        read_fact(PLAN, "owned", "2026-11-22", now=NOW)
    assert (caught.value.term, caught.value.got, caught.value.allowed) == (
        "owned",
        "2026-11-22",
        "duration(days), 0 days..",
    )
    assert read_fact(PLAN, "owned", " 2026-11-21 ", now=NOW).value == Span(Family.CALENDAR, 0)
    assert read_fact(PLAN, "owned", "2026-11-20T23:30", now=NOW).value == Span(Family.CALENDAR, 1)


def test_words_in_brackets_are_a_list() -> None:
    for text in ("[shade, cable]", " [ shade ,cable ] ", "shade,cable", "shade, ,cable"):
        assert read_fact(PLAN, "broken", text, now=NOW).value == frozenset({"shade", "cable"})
    with pytest.raises(BadFact):
        read_fact(PLAN, "broken", "[shade, [cable]]", now=NOW)
