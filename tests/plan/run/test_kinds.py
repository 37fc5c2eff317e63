"""What keeps a promise, what repeats it, and on which clock it waits while the customer is asked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tantam.plan.run import owed
from tantam.plan.run.kinds import (
    clock_of,
    kept_by_the_customer,
    kept_by_words,
    may_pause,
    pauses,
    pausing_clock,
    repeats,
)
from tantam.plan.sections import Plan, read_text

SHOP = (Path(__file__).parents[1] / "samples" / "shop.yaml").read_text(encoding="utf-8")
PLAN = read_text(SHOP)
START = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
KINDS = ("first_reply", "update", "resolution", "callback", "call_back", "delivery")


def pausing(written: str) -> Plan:
    return read_text(SHOP.replace("promises:\n", f"promises:\n  pauses: {written}\n"))


def test_words_keep_a_reply_and_an_update_alone() -> None:
    assert [kind for kind in KINDS if kept_by_words(kind)] == ["first_reply", "update"]


def test_the_customers_word_keeps_the_resolution_alone() -> None:
    assert [kind for kind in KINDS if kept_by_the_customer(kind)] == ["resolution"]


def test_an_update_alone_is_owed_anew_each_time() -> None:
    assert [kind for kind in KINDS if repeats(kind)] == ["update"]


def test_a_first_reply_and_a_call_back_are_owed_whatever_the_customer_does() -> None:
    assert [kind for kind in KINDS if not may_pause(kind)] == ["first_reply", "callback", "call_back"]
    assert [kind for kind in KINDS if not pauses(PLAN, kind)] == ["first_reply", "callback", "call_back"]
    assert not pauses(pausing("[first_reply, callback]"), "first_reply")


@pytest.mark.parametrize("written", ["[resolution, delivery]", '"resolution, delivery"'])
def test_a_plan_that_names_what_pauses_names_all_of_it(written: str) -> None:
    plan = pausing(written)
    assert [kind for kind in KINDS if pauses(plan, kind)] == ["resolution", "delivery"]


def test_a_plan_that_promises_nothing_pauses_what_may_pause() -> None:
    bare = read_text("tantam: 1\ncompany: {name: X, languages: en, timezone: UTC}\n")
    assert (pauses(bare, "update"), pauses(bare, "first_reply")) == (True, False)


def test_what_is_left_of_a_promise_is_counted_on_its_own_clock_and_of_working_days_on_theirs() -> None:
    promises = {each.kind: each for each in owed(PLAN, {"severity": "normal"}, start=START)}
    assert pausing_clock(PLAN, promises["first_reply"]) == "office"
    assert (promises["resolution"].clock, pausing_clock(PLAN, promises["resolution"])) == ("", "office")


def test_calendar_time_goes_on_by_the_calendar() -> None:
    assert clock_of(PLAN, "night", None, "2 working days") == "night"
    assert clock_of(PLAN, "", 30, "30 min") == ""
    assert clock_of(PLAN, "", 30, "2 working days") == ""
    assert clock_of(PLAN, "", None, "2 days") == ""
    no_office = read_text("tantam: 1\ncompany: {name: X, languages: en, timezone: UTC}\n")
    assert clock_of(no_office, "", None, "2 working days") == ""
