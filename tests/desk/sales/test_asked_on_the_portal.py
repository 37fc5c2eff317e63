"""Who has not bought yet leaves a number or asks for a quote: an enquiry, and of a call it is said by when."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tantam.desk.calls.actions import ask_to_be_called
from tantam.desk.calls.models import Callback
from tantam.desk.cases.models import Case
from tantam.desk.customers.models import Customer
from tantam.desk.sales.models import Enquiry
from tests.desk.portal.pages import Visitor, text
from tests.support import desk
from tests.support.clock import StandingClock

CALL = {"name": "Trần Văn Lâm", "contact": "0903 123 412", "topic": "advice", "body": "Tủ lạnh nào ít ồn?"}


@pytest.fixture
def visitor(plan: object, clock: StandingClock) -> Visitor:
    return Visitor(clock)


def test_first_page_leads_to_both(visitor: Visitor) -> None:
    page = visitor.get("/").content.decode()
    assert 'href="/call-me/"' in page
    assert 'href="/quote/"' in page


def test_number_becomes_an_enquiry_on_which_a_call_is_promised(visitor: Visitor) -> None:
    answer = visitor.send("/call-me/", visitor.get("/call-me/"), **CALL)
    assert answer.status_code == 302
    owed = Callback.objects.select_related("promise__case").get()
    assert (owed.number, owed.promise.case.stage) == ("+84903123412", "before")
    assert Enquiry.objects.filter(case=owed.promise.case).exists()
    assert "0903 123 412" in text(visitor.get(answer.url))


def test_call_is_not_owed_before_it_suits_them(visitor: Visitor, clock: StandingClock) -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    day = (clock.instant + timedelta(days=2)).astimezone(zone).date()
    visitor.send("/call-me/", visitor.get("/call-me/"), **CALL, day=day.isoformat(), time="14:00")
    due = Callback.objects.get().promise.due_at.astimezone(zone)
    assert due.replace(tzinfo=None) > datetime.combine(day, datetime.min.time().replace(hour=14))
    assert due.date() == day


@pytest.mark.parametrize("number", ["0903 12", "hoa@example.org", "không có"])
def test_wrong_number_says_how_to_write_it_and_loses_nothing(visitor: Visitor, number: str) -> None:
    answer = visitor.send("/call-me/", visitor.get("/call-me/"), **CALL | {"contact": number})
    assert answer.status_code == 422
    assert "0903 123 412 or +49" in text(answer)
    assert "Tủ lạnh nào ít ồn?" in answer.content.decode()
    assert not Case.objects.exists()


def test_time_that_is_past_is_refused(visitor: Visitor) -> None:
    answer = visitor.send("/call-me/", visitor.get("/call-me/"), **CALL, day="2020-01-01", time="10:00")
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_sent_twice_is_one_call(visitor: Visitor) -> None:
    page = visitor.get("/call-me/")
    first = visitor.send("/call-me/", page, **CALL)
    assert visitor.send("/call-me/", page, **CALL).url == first.url
    assert Callback.objects.count() == Case.objects.count() == 1


def test_trap_is_not_filed(visitor: Visitor) -> None:
    from tantam.desk.portal import guard

    answer = visitor.send("/call-me/", visitor.get("/call-me/"), **CALL, **{guard.TRAP: "x"})
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_quote_is_asked_for_with_products_and_a_day(visitor: Visitor, clock: StandingClock) -> None:
    day = (clock.instant + timedelta(days=9)).date().isoformat()
    asked = {"name": "Lâm", "contact": "lam@example.org", "topic": "advice", "body": "12 quạt trần", "day": day}
    answer = visitor.send("/quote/", visitor.get("/quote/"), **asked)
    assert answer.status_code == 302
    case = Enquiry.objects.get().case
    assert case.messages.filter(body__contains="12 quạt trần").exists()
    assert not Callback.objects.exists()


def test_asked_again_on_the_same_case_is_one_call(hoa: Customer) -> None:
    case = desk.opened(hoa, topic="advice")
    assert ask_to_be_called(case, "+84903123412") == ask_to_be_called(case, "+84903123412")
