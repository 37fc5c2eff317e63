"""A working hour without a mouse: from the inbox to a case, an answer, a promise, and on to the next; all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tantam.desk.demo import PASSWORD
from tests.support.house import House, house

HERE = "document.activeElement"


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A desk with some open cases."""
    home: Path = tmp_path_factory.mktemp("keys")
    with house(home, furnish=["-m", "tests.support.furnish", "40"]) as built:
        built.start("web", "worker")
        yield built


@pytest.fixture
def page(lived_in: House, browser: Browser) -> Iterator[Page]:
    """A manager's page, signed in by keys; a sentence of the browser's about what went wrong fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened, wrong = context.new_page(), list[str]()
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(f"{lived_in.site}/account/login/?lang=en")
    opened.focus("[name=login]")
    opened.keyboard.type("manager@ben-xuan.example")
    while not opened.evaluate(f"{HERE}.name === 'password'"):
        opened.keyboard.press("Tab")
    opened.keyboard.type(PASSWORD)
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/desk/**")
    yield opened
    context.close()
    assert not [each for each in wrong if "503" not in each]  # which one of them answers on purpose


def _keys(page: Page, *keys: str) -> None:
    for each in keys:
        page.keyboard.press(each)


def _to_a_case(page: Page, rows: int) -> None:
    """Go to the inbox, down some rows, and in."""
    with page.expect_navigation(wait_until="load"):
        _keys(page, "g", "a")
    for _ in range(rows):
        _keys(page, "j")
    expect(page.locator("[data-list] > .sel")).to_have_count(1)
    _keys(page, "Enter")
    page.wait_for_url("**/cases/**")


@pytest.mark.browser
def test_from_the_inbox_through_a_case_to_the_next(page: Page) -> None:
    _to_a_case(page, 2)
    first = page.url
    if page.locator("button[data-key=a]").count():
        _keys(page, "a")
        expect(page.locator("button[data-key=a]")).to_have_count(0)
        assert page.evaluate(f"{HERE} !== document.body"), "the focus was lost with the page that came back"
    _keys(page, "e")
    expect(page.locator("#body")).to_be_focused()
    page.keyboard.type("Dear customer, thank you. I have looked into it and write again tomorrow.")
    _keys(page, "Control+Enter")
    expect(page.locator("#body")).to_have_value("")
    _keys(page, "Escape", "v")
    expect(page.locator("#vow-when")).to_be_focused()
    page.keyboard.type("tomorrow at ten")
    _keys(page, "Tab")
    page.keyboard.type("I call you with the answer")
    _keys(page, "Enter")
    expect(page.locator("#vows")).to_contain_text("call you with the answer")
    _keys(page, "u")
    page.wait_for_url(lambda address: "/cases/" not in address)
    _to_a_case(page, 3)
    assert page.url != first


@pytest.mark.browser
def test_the_palette_finds_does_and_goes(page: Page, lived_in: House) -> None:
    _keys(page, "Control+k")
    expect(page.locator("#go")).to_be_focused()
    page.keyboard.type("provid")
    expect(page.locator("#go-list [aria-selected=true]")).to_contain_text("Providers")
    _keys(page, "Enter")
    page.wait_for_url("**/providers/**")
    [(pk, reference)] = lived_in.ask("SELECT id, reference FROM cases_case WHERE status = 'open' LIMIT 1")
    _keys(page, "Control+k")
    page.keyboard.type(reference.replace("-", "").lower())
    expect(page.locator("#go-list [aria-selected=true]")).to_contain_text(reference)
    _keys(page, "Enter")
    page.wait_for_url(f"**/cases/{pk}/")
    _keys(page, "Control+k")
    page.keyboard.type("asleep" if page.locator(".case-asleep").count() else "put to sleep")
    expect(page.locator("#go-list [aria-selected=true]")).to_contain_text("sleep")
    _keys(page, "Enter")
    expect(page.locator(".case-more > summary")).to_be_visible()
    assert page.locator(".case-more").evaluate("each => each.open")


@pytest.mark.browser
def test_the_palette_finds_without_marks_and_says_how_many(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "?view=all&lang=vi")
    _keys(page, "Control+k")
    page.keyboard.type("ho so")
    expect(page.locator("#go-list [aria-selected=true]")).to_contain_text("Hồ sơ")
    expect(page.locator("#go-told")).not_to_be_empty()
    _keys(page, "Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.goto(page.url.split("?")[0] + "?view=all&lang=en")


@pytest.mark.browser
def test_without_a_server_pages_and_actions_are_found_all_the_same(page: Page) -> None:
    page.route("**/find/?typing**", lambda route: route.fulfill(status=503))
    _keys(page, "Control+k")
    page.keyboard.type("team")
    expect(page.locator("#go-list [role=option]").first).to_contain_text("eam")
    expect(page.locator("#go-say")).to_contain_text("does not answer")
    _keys(page, "Escape")
    page.unroute_all()


@pytest.mark.browser
def test_the_keys_shown_are_those_of_the_page(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "?view=all")
    _keys(page, "?")
    shown = page.locator("#keys")
    expect(shown.locator("h3", has_text="In the list")).to_be_visible()
    expect(shown.locator("dd", has_text="Promise something")).to_have_count(0)
    _keys(page, "Escape")
    _to_a_case(page, 1)
    _keys(page, "?")
    expect(shown.locator("dd", has_text="Promise something")).to_be_visible()
    expect(shown.locator("h3", has_text="In the list")).to_be_hidden()
