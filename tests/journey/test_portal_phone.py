"""The customers' pages on a phone, in a real browser: a search, a form, a decision disputed, all of one's requests."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from email import message_from_bytes
from email.policy import default

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.house import House

MAIL = "lam@example.org"
PHONE = {"width": 360, "height": 780}
LETTER = "SELECT raw FROM email_caughtmail WHERE message_id LIKE '<entry.%'"


@pytest.mark.browser
def test_customer_asks_disputes_takes_back_accepts_and_sees_all_requests(desk: House, browser: Browser) -> None:
    page = browser.new_context(locale="en-GB", viewport=PHONE).new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    _search(page, desk)
    _file(page)
    _decide(page)
    _see_all(page, desk)
    assert not said


def _search(page: Page, desk: House) -> None:
    """Look for an answer, find one, and go on to the form that fits."""
    page.goto(f"{desk.site}/?lang=en")
    page.fill("#q", "refnud")
    page.keyboard.press("Enter")
    expect(page.locator(".p-found")).to_contain_text("Returns and refunds")
    page.locator(".four a[href*='/help/return/']").click()
    page.locator("input[name=topic][value=return_goods]").check(force=True)
    page.locator("main form button[type=submit]").click()


def _file(page: Page) -> None:
    """Write the concern, which offers what is published already, and send it."""
    page.locator("input[name=q_fault][value=none]").check(force=True)
    page.fill("[name=q_owned]", "40 days")
    page.locator("input[name=q_condition][value=like_new]").check(force=True)
    expect(page.locator("[name=body]")).to_have_value("refnud")
    page.fill("[name=body]", "It does not suit me, I would like a refund.")
    expect(page.locator(".p-offers li").first).to_be_visible()
    page.fill("[name=name]", "Tran Van Lam")
    page.fill("[name=contact]", MAIL)
    time.sleep(2.1)  # the form asks whoever is faster than people are to send it again
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/c/*/")


def _decide(page: Page) -> None:
    """Dispute the no, take that back, accept it; nothing lies outside the screen."""
    page.locator(".p-decide summary").click()
    page.fill("#id_reason", "It was faulty from the start.")
    page.locator(".p-decide details button").click()
    expect(page.locator("#decide")).to_contain_text("You disputed this")
    page.locator("form[action$='/take-back/'] button").click()
    page.locator("form[action$='/accept/'] button").click()
    expect(page.locator("#decide")).to_contain_text("You accepted this")
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width == 0


def _see_all(page: Page, desk: House) -> None:
    """Sign in by the mailed link, whose page alone uses nothing up, and find the request."""
    with closing(sqlite3.connect(desk.home / "tantam.sqlite3", timeout=20)) as database, database:
        database.execute("UPDATE customers_contact SET verified_at = datetime('now') WHERE value = ?", [MAIL])
    page.goto(f"{desk.site}/mine/")
    page.fill("[name=mail]", MAIL)
    time.sleep(2.1)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/mine/asked/")
    [(raw,)] = desk.wait_until(LETTER)
    plain = message_from_bytes(raw, policy=default).get_body(("plain",))
    link = re.search(r"/mine/in/\S+/", plain.get_content() if plain else "")
    assert link
    for _ in range(2):
        page.goto(desk.site + link[0])
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/mine/")
    expect(page.locator(".p-cases li")).to_have_count(1)
