"""The chat's window before a real desk: what a visitor writes on another site becomes a case, and is answered there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.chat_double import ChatDouble, shop_page
from tests.support.chat_house import always_open, signed_in
from tests.support.house import House, house

pytestmark = pytest.mark.browser
WORDS = "Máy giặt kêu to khi vắt."
ANSWER = "Dạ, máy kêu từ lúc nào ạ? Cách xem ốc: https://benxuan.example/oc"


@pytest.fixture(scope="module")
def shop() -> Iterator[ChatDouble]:
    with shop_page() as page:
        page.lang = "vi"
        yield page


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, shop: ChatDouble) -> Iterator[House]:
    """A desk whose plan has its chat open day and night."""
    home: Path = tmp_path_factory.mktemp("chat")
    furnish = ["-m", "tests.support.furnish", "0", str(always_open(home))]
    with house(home, furnish=furnish, TANTAM_CHAT_ORIGINS=shop.shop) as built:
        built.start("web", "worker")
        shop.site = built.site
        yield built


def test_what_is_written_on_another_site_is_a_case_and_is_answered_there(
    desk: House, shop: ChatDouble, browser: Browser
) -> None:
    visitor, agent = browser.new_context(locale="vi-VN").new_page(), signed_in(browser, desk)
    visitor.goto(shop.shop)
    visitor.locator("tantam-chat .go").click()
    visitor.locator("tantam-chat #name").fill("Hoa")
    visitor.locator("tantam-chat textarea").fill(WORDS)
    visitor.keyboard.press("Enter")
    expect(visitor.locator("tantam-chat .you .q")).to_have_text(["Đã gửi"])
    [(case,)] = desk.wait_until("SELECT case_id FROM cases_message WHERE body = ?", WORDS)
    agent.goto(f"{desk.site}/desk/cases/{case}/")
    agent.locator("button[data-key=a]").click()
    agent.fill("#body", ANSWER)
    agent.locator("#say button[value=send], #say button.primary").first.click()
    expect(visitor.locator("tantam-chat .us .b")).to_have_text(ANSWER, timeout=40_000)  # it can be taken back first
    expect(visitor.locator("tantam-chat .us a")).to_have_attribute("href", "https://benxuan.example/oc")
    visitor.reload()
    expect(visitor.locator("tantam-chat .us .b")).to_have_text(ANSWER)
    expect(visitor.locator("tantam-chat .you .b")).to_have_text(WORDS)
    picked = visitor.locator("tantam-chat input[type=file]")
    picked.set_input_files({"name": "oc.txt", "mimeType": "text/plain", "buffer": b"bolts"})
    link = visitor.locator("tantam-chat a.fl")
    expect(link).to_contain_text("oc.txt")
    assert visitor.request.get(str(link.get_attribute("href"))).text() == "bolts"


def test_a_site_that_was_not_named_is_told_nothing(desk: House, browser: Browser) -> None:
    with shop_page() as stranger:
        stranger.site = desk.site
        page = browser.new_context().new_page()
        with page.expect_event("requestfailed", lambda each: "/chat/hello" in each.url):
            page.goto(stranger.shop + "/plain")
        assert page.locator("tantam-chat").count() == 0
