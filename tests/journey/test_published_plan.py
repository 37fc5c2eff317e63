"""The published page before axe in a real browser, on a screen, on a phone, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tantam.plan.publish import Audience, page
from tantam.plan.sections import read

PLANS = Path(__file__).parents[2] / "plans"
EDITIONS = [
    ("ben-xuan", "vi", Audience.STAFF),
    ("hotel", "en", Audience.CUSTOMER),
    ("software-house", "de", Audience.STAFF),
]
SCREENS = [(1440, "light"), (360, "dark")]


@pytest.mark.browser
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda each: each[0])
@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_the_page_keeps_nobody_out_and_fits(
    browser: Browser, tmp_path: Path, edition: tuple[str, str, Audience], width: int, scheme: str
) -> None:
    name, lang, audience = edition
    file = tmp_path / "index.html"
    file.write_text(page(read(PLANS / name), lang, audience), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    shown = context.new_page()
    shown.goto(file.as_uri())
    wrong = [each["id"] for each in Axe().run(shown).response["violations"]]
    broad = shown.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wrong == []
    assert broad <= width


@pytest.mark.browser
def test_the_steps_of_a_procedure_are_read_on_paper_too(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_text(page(read(PLANS / "ben-xuan"), "en", Audience.CUSTOMER), encoding="utf-8")
    shown = browser.new_page()
    shown.goto(file.as_uri())
    shown.emulate_media(media="print")
    assert shown.locator("figcaption li").first.is_visible()
    assert not shown.locator("nav.contents").is_visible()
    shown.close()
