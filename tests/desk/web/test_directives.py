"""Directives on pages: directed by managers after a look at what they mean, read by whom they bind."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from tantam.desk import plans
from tantam.desk.cases.actions import open_case
from tantam.desk.plans.actions import direct
from tantam.desk.plans.models import Acknowledgement, Directive
from tests.desk.plans.test_directives import new
from tests.support.clock import StandingClock
from tests.support.desk import Staff, concern

WRITTEN = {
    "guide": "close",
    "hours": ["office"],
    "day": "2026-03-06",
    "title": "Kiểm kê",
    "reason": "Mỗi năm một lần",
    "ends": "2026-03-07",
    "notice_vi": "Thứ Sáu cửa hàng nghỉ kiểm kê.",
}


def browser(person: Any) -> Client:
    found = Client()
    found.force_login(person)
    return found


def test_first_it_says_what_it_would_mean(staff: Staff, hoa: object) -> None:
    open_case(concern(hoa))
    answer = browser(staff.manager).post(reverse("web:directive_new"), WRITTEN, headers={"Accept-Language": "vi"})
    assert answer.status_code == 200
    assert "2026-03-06" in answer.text and 'name="direct"' in answer.text
    assert not Directive.objects.exists()


def test_promises_that_would_be_due_otherwise_are_shown_and_stay(staff: Staff, hoa: object) -> None:
    case = open_case(concern(hoa))
    answer = browser(staff.manager).post(reverse("web:directive_new"), WRITTEN)
    assert case.reference in answer.text


def test_then_it_counts(staff: Staff) -> None:
    answer = browser(staff.manager).post(reverse("web:directive_new"), WRITTEN | {"direct": "1"})
    assert answer.status_code == 302
    made = Directive.objects.get()
    assert plans.in_force().directives == (made,)
    assert made.ends_at.isoformat() == "2026-03-07T17:00:00+00:00"  # the day itself still counts


def test_an_amount_is_changed_without_writing_yaml(staff: Staff) -> None:
    changed = {"guide": "change", "what": "policies.refund.decides|7 days", "value": "14 days"}
    browser(staff.manager).post(reverse("web:directive_new"), WRITTEN | changed | {"direct": "1"})
    assert "<= 14 days" in Directive.objects.get().overlay


def test_text_that_does_not_fit_is_shown_with_its_line_and_kept(staff: Staff) -> None:
    text = "promises:\n  clock: nowhere"
    answer = browser(staff.manager).post(reverse("web:directive_new"), WRITTEN | {"guide": "text", "text": text})
    assert answer.status_code == 422
    assert "directives/1.yaml:2" in answer.text and "clock: nowhere" in answer.text


def test_whom_it_binds_reads_of_it_on_every_page_until_they_say_so(staff: Staff) -> None:
    made = direct(new(levels=("agent",)), person=staff.manager)
    page = browser(staff.agent)
    assert reverse("web:directive", args=[made.number]) in page.get(reverse("web:inbox")).text
    page.post(reverse("web:directive_read", args=[made.number]))
    page.post(reverse("web:directive_read", args=[made.number]))
    assert Acknowledgement.objects.count() == 1
    assert reverse("web:directive", args=[made.number]) not in page.get(reverse("web:inbox")).text
    assert made.title not in browser(staff.specialist).get(reverse("web:inbox")).text


def test_manager_sees_who_has_not_read_it(staff: Staff) -> None:
    made = direct(new(levels=("agent",)), person=staff.manager)
    browser(staff.agent).post(reverse("web:directive_read", args=[made.number]))
    answer = browser(staff.manager).get(reverse("web:directive", args=[made.number]))
    assert [each.name for each in answer.context["waiting"]] == ["Nam"]
    assert [each.person.name for each in answer.context["done"]] == ["Mai"]


def test_customers_are_told_while_it_counts(staff: Staff, clock: StandingClock) -> None:
    made = direct(new(notice={"vi": "Thứ Sáu nghỉ kiểm kê."}), person=staff.manager)
    assert "Thứ Sáu nghỉ kiểm kê." in Client().get("/").text
    clock.set_to(made.ends_at)
    assert "Thứ Sáu nghỉ kiểm kê." not in Client().get("/").text


def test_page_without_news_asks_nothing_more(staff: Staff, django_assert_max_num_queries: Any) -> None:
    page = browser(staff.agent)
    address = reverse("web:directives")
    page.get(address)
    with django_assert_max_num_queries(4):  # session, person, the plan in force, the list
        page.get(address)


def test_day_at_the_end_of_all_time_is_no_failure(staff: Staff) -> None:
    manager = browser(staff.manager)
    for field in ("day", "begins", "ends"):
        for day in ("9999-12-31", "0001-01-01"):
            assert manager.post(reverse("web:directive_new"), WRITTEN | {field: day}).status_code in (200, 422)
    far = manager.post(reverse("web:directive_new"), WRITTEN | {"ends": "9999-12-31", "direct": "1"})
    assert far.status_code == 422 and not Directive.objects.exists()
