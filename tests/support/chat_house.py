"""A plan whose chat is always open, or closed for the day; and who signs in to a house in a browser."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page

from tantam.desk.demo import PASSWORD
from tests.support.house import House
from tests.support.sources import ROOT

CHAT = "label: {vi: Trò chuyện, de: Chat, en: Chat}\n    hours: office"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def always_open(home: Path) -> Path:
    """Return a copy of the example's plan, written to `home`, whose chat never closes."""
    return _copy(home, "plan", CHAT, CHAT.replace("office", "online"))


def closed_today(home: Path) -> Path:
    """Return another copy, whose chat opens in three days."""
    opens = DAYS[(datetime.now(UTC) + timedelta(days=3)).weekday()]
    plan = _copy(home, "closed", CHAT, CHAT.replace("office", "seldom"))
    _replace(plan, "hours:\n", f'hours:\n  seldom:\n    {opens}: "10:00-11:00"\n')
    return plan


def signed_in(browser: Browser, desk: House, name: str = "agent") -> Page:
    """Return the page of a colleague who has just signed in, in Vietnamese."""
    page = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{desk.site}/account/login/")
    page.fill("[name=login]", f"{name}@ben-xuan.example")
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/desk/**")
    return page


def _copy(home: Path, name: str, old: str, new: str) -> Path:
    plan = home / name
    shutil.copytree(ROOT / "plans/ben-xuan", plan)
    _replace(plan, old, new)
    return plan


def _replace(plan: Path, old: str, new: str) -> None:
    file = plan / "plan.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
