"""Addresses and forms with what nobody types: numbers that are none, too long ones, zero characters."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases.links import private_link
from tantam.desk.common.numbers import whole
from tests.support.desk import opened

ODD = ("²", "9" * 5000, "9" * 19, "9" * 30, "-1", "٣", "", "1e9", "\u202e1")


@pytest.fixture
def browser(staff: Any) -> Client:
    """The browser of somebody who signed in."""
    made = Client()
    made.force_login(staff.manager)
    return made


@pytest.mark.parametrize("written", ODD)
def test_odd_number_is_no_number_and_no_failure(written: str, browser: Client, hoa: Any) -> None:
    case = opened(hoa)
    assert browser.get(f"/desk/cases/{case.pk}/", {"seen": written}).status_code == 200
    assert browser.get("/desk/plan/", {"version": written}).status_code in (200, 404)
    for to in (f"person:{written}", f"level:{written}"):
        assert browser.post(f"/desk/cases/{case.pk}/hand-over/", {"to": to, "seen": written}).status_code == 409


def test_whole_reads_only_what_the_database_counts() -> None:
    assert [whole(each) for each in ("0", "12", *ODD)] == [0, 12, None, None, int("9" * 19), *[None] * 6]


@pytest.mark.parametrize(
    "path",
    [
        "/desk/customers/?q=a%00b",
        "/desk/measures/first_reply/cases/?clause=%00",
        "/desk/?after=open%00~2026-01-01T00:00:00+00:00~1",
        "/demo/mail/box/a%00b/",
        "/c/%00/",
    ],
)
def test_zero_character_leads_nowhere(path: str, browser: Client, settings: Any) -> None:
    settings.DEMO = True
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("charset", ["idna", "utf-16", "no-such"])
def test_what_says_that_it_is_written_otherwise_is_read_as_utf_8(charset: str, plan: Any) -> None:
    said = {"content_type": f"application/x-www-form-urlencoded; charset={charset}"}
    assert Client().generic("GET", "/?lang=vi&a=%ff", **said).status_code == 200
    browser = Client(enforce_csrf_checks=True)
    browser.get("/account/login/")
    assert browser.generic("POST", "/account/login/", b"login=%ff", **said).status_code == 403


@pytest.mark.parametrize(("path", "name"), [("/desk/notices/hook/", "team"), ("/desk/bulk/", "q")])
def test_zero_character_in_a_form_is_left_out(path: str, name: str, staff: Any, hoa: Any) -> None:
    browser, form = Client(), "application/x-www-form-urlencoded"
    browser.force_login(staff.manager)
    assert browser.post(path, f"{name}=%00&verb=take&all=1", content_type=form).status_code < 500
    shown = browser.post("/desk/texts/new/", "name=Ch%00ao", content_type=form).content.decode()
    assert 'value="Chao"' in shown


def test_private_link_opens_only_when_it_is_whole(hoa: Any) -> None:
    link = private_link(opened(hoa)).removeprefix("http://localhost:8000")
    key = link.split("/")[2]
    assert Client().get(link).status_code == 200
    for wrong in (key[:-1], key + "x", key.swapcase(), "%", "_" * 22, key[:-1] + "٣", f"{key}%00", "x" * 5000):
        assert Client().get(f"/c/{wrong}/").status_code == 404
        assert Client().post(f"/c/{wrong}/write/", {"body": "x"}).status_code == 404


def test_signing_in_leads_to_no_other_site(staff: Any) -> None:
    staff.agent.set_password("tam long ben xuan")
    staff.agent.save()
    for to in (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ):
        answer = Client().post("/account/login/?next=" + to, _sign_in(staff, next=to))
        assert answer.status_code == 302 and answer.headers["Location"] == "/desk/", to


def test_signing_in_makes_a_new_session(staff: Any) -> None:
    staff.agent.set_password("tam long ben xuan")
    staff.agent.save()
    browser = Client()
    planted = browser.session
    planted["planted"] = True
    planted.save()
    browser.cookies["sessionid"] = planted.session_key
    browser.post("/account/login/", _sign_in(staff))
    assert browser.cookies["sessionid"].value != planted.session_key


def test_other_host_is_refused(plan: Any) -> None:
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


def _sign_in(staff: Any, **more: str) -> dict[str, str]:
    return {"login": staff.agent.email, "password": "tam long ben xuan"} | more
