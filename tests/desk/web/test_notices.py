"""The bell, the list of news and how one is told, as pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases import actions
from tantam.desk.notices.making import notify
from tantam.desk.notices.models import Notice, Subscription
from tests.support.desk import opened

BROWSER = {
    "endpoint": "https://push.example/send/abc",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


@pytest.fixture
def told(staff: Any, hoa: Any) -> Notice:
    """Nam's notice that a case was handed to him."""
    case = opened(hoa)
    actions.hand_over(case, staff.agent, staff.colleague)
    notify({"event": case.events.filter(code="handed_over").get().pk})
    return Notice.objects.get(person=staff.colleague)


def _browser(person: Any) -> Client:
    made = Client()
    made.force_login(person)
    return made


def test_bell_counts_what_is_unread_and_the_link_reads_it(staff: Any, told: Notice) -> None:
    browser = _browser(staff.colleague)
    assert b"bell-number" in browser.get("/desk/notices/count/").content
    answer = browser.get(f"/desk/notices/{told.pk}/")
    assert answer.headers["Location"] == f"/desk/cases/{told.case_id}/"
    assert b"bell-number" not in browser.get("/desk/notices/count/").content


def test_who_has_the_case_open_has_read_its_news(staff: Any, told: Notice) -> None:
    at = {"HX-Current-URL": f"http://testserver/desk/cases/{told.case_id}/"}
    assert b"bell-number" not in _browser(staff.colleague).get("/desk/notices/count/", headers=at).content
    told.refresh_from_db()
    assert told.read_at is not None


def test_notice_of_another_is_not_found(staff: Any, told: Notice) -> None:
    assert _browser(staff.agent).get(f"/desk/notices/{told.pk}/").status_code == 404


def test_list_asks_the_same_number_of_times_however_long(
    staff: Any, told: Notice, hoa: Any, django_assert_max_num_queries: Any
) -> None:
    browser = _browser(staff.colleague)
    browser.get("/desk/notices/")
    for _ in range(5):
        case = opened(hoa)
        actions.hand_over(case, staff.agent, staff.colleague)
        notify({"event": case.events.filter(code="handed_over").get().pk})
    with django_assert_max_num_queries(8):
        assert browser.get("/desk/notices/").content.count(b"notices-one new") == 6


def test_all_are_read_at_once(staff: Any, told: Notice) -> None:
    browser = _browser(staff.colleague)
    assert browser.post("/desk/notices/read/").status_code == 302
    assert b"notices-one new" not in browser.get("/desk/notices/").content


def test_browser_is_kept_once_and_forgotten(staff: Any) -> None:
    browser = _browser(staff.agent)
    for _ in range(2):
        assert browser.post("/desk/notices/push/", BROWSER).status_code == 204
    assert Subscription.objects.count() == 1
    assert browser.post("/desk/notices/push/", BROWSER | {"endpoint": "https://10.0.0.1/"}).status_code == 422
    assert browser.post("/desk/notices/push/", BROWSER | {"auth": "x"}).status_code == 422
    browser.post("/desk/notices/push/", {"endpoint": BROWSER["endpoint"], "off": "1"})
    assert not Subscription.objects.exists()


def test_ways_are_kept_and_a_wrong_webhook_says_why_where_it_is_typed(staff: Any) -> None:
    browser = _browser(staff.agent)
    browser.post("/desk/notices/ways/", {"way-mention": ["mail"], "mail_every": "day"})
    page = browser.get("/desk/notices/ways/").content.decode()
    assert page.count(" checked") == 1 and '<option value="day" selected>' in page
    answer = browser.post("/desk/notices/hook/", {"shape": "slack", "url": "https://192.168.1.1/x"})
    assert answer.status_code == 422 and b"https://192.168.1.1/x" in answer.content
