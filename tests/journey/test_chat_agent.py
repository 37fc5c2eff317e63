"""A colleague's hour at the chat, without a mouse: two customers on another site, and the end of the plan's hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.chat_double import ChatDouble, shop_page
from tests.support.chat_house import always_open, closed_today, signed_in
from tests.support.house import House, house

pytestmark = pytest.mark.browser
SOON = 15_000  # ms
READ = "Đã xem"
MAIL = "lan@example.com"


@pytest.fixture(scope="module")
def shop() -> Iterator[ChatDouble]:
    with shop_page() as page:
        page.lang = "vi"
        yield page


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, shop: ChatDouble) -> Iterator[House]:
    """A desk whose chat is open day and night, until its plan says otherwise."""
    home: Path = tmp_path_factory.mktemp("chat")
    furnish = ["-m", "tests.support.furnish", "0", str(always_open(home))]
    with house(home, furnish=furnish, TANTAM_CHAT_ORIGINS=shop.shop) as built:
        built.start("catch-all", "web", "worker")
        shop.site = built.site
        yield built


@pytest.fixture
def reopened(desk: House) -> Iterator[None]:
    """Its chat is open again for the test after this one."""
    yield
    desk.run("-m", "tantam.cli", "enact", str(desk.home / "plan"))


@pytest.fixture
def agent(desk: House, browser: Browser) -> Iterator[Page]:
    """A colleague among the chats, who takes as many as come; what the browser calls an error fails the test."""
    page, wrong = signed_in(browser, desk), list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/desk/chats/")
    ready(page)
    at_most(page, 9)
    yield page
    page.context.close()
    assert not wrong


class Visitor:
    """A customer at the window, on a page of another origin."""

    def __init__(self, browser: Browser, shop: ChatDouble, words: str, mail: str = "") -> None:
        self.page = browser.new_context(locale="vi-VN").new_page()
        self.page.goto(shop.shop)
        self.at(".go").click()
        self.at("#name").fill("Lan")
        self.at("#mail").fill(mail)
        self.write(words)
        expect(self.at(".you .q").last).to_have_text("Đã gửi")

    def at(self, selector: str) -> Locator:
        return self.page.locator(f"tantam-chat {selector}")

    def write(self, words: str) -> None:
        self.at("textarea").fill(words)
        self.page.keyboard.press("Enter")


def keys(page: Page, *pressed: str) -> None:
    for each in pressed:
        page.keyboard.press(each)


def into(page: Page, words: str) -> None:
    """Go by keys into the chat whose last words these are."""
    expect(page.locator(".chat-row", has_text=words)).to_be_visible(timeout=SOON)
    for _ in range(9):
        keys(page, "j")
        if words in page.locator("[data-list] .sel").inner_text():
            break
    keys(page, "Enter")
    expect(page.locator("#chat-said")).to_contain_text(words)
    ready(page)


def ready(page: Page) -> None:
    """Wait until the page's own script hears the keys: it runs after all of the page is read."""
    page.wait_for_selector("html.chat-js", state="attached")


def say(page: Page, words: str) -> None:
    keys(page, "e")
    expect(page.locator("#chat-body")).to_be_focused()
    page.keyboard.type(words)
    keys(page, "Control+Enter")


def at_most(page: Page, chats: int) -> None:
    """Say by keys how many chats one takes at once."""
    page.focus("#chat-most")
    keys(page, "Control+a")
    page.keyboard.type(str(chats))
    with page.expect_navigation():
        keys(page, "Enter")
    ready(page)


def mailed(page: Page, desk: House) -> list[str]:
    """Return the words of what was sent to MAIL, once it is all of the conversation or for half a minute."""
    found: list[str] = []
    for _ in range(30):
        rows = desk.ask("SELECT raw FROM email_caughtmail WHERE recipient = ?", MAIL)
        letters = [message_from_bytes(raw, policy=policy.default).get_body(("plain",)) for (raw,) in rows]
        found = [each.get_content() for each in letters if each]
        if any("Cần hóa đơn." in each for each in found):
            break
        page.wait_for_timeout(1_000)
    return found


def test_taken_warned_answered_and_read_by_keys(desk: House, shop: ChatDouble, browser: Browser, agent: Page) -> None:
    visitor = Visitor(browser, shop, "Máy giặt kêu to.")
    into(agent, "Máy giặt kêu to.")
    keys(agent, "a")
    expect(agent.locator("[data-key=a]")).to_have_count(0)
    keys(agent, "e")
    agent.keyboard.type("Dạ em")
    expect(visitor.at(".ty")).to_contain_text("đang", timeout=SOON)
    visitor.at("textarea").press_sequentially("Nó ", delay=30)
    expect(agent.locator(".chat-types")).to_have_text(re.compile("đang"), timeout=SOON)
    keys(agent, "Control+Enter")
    expect(agent.locator("#chat-refused")).to_be_visible()
    expect(agent.locator("#chat-body")).to_have_value("Dạ em")
    visitor.write("Nó rung nữa.")
    expect(agent.locator("#chat-said")).to_contain_text("Nó rung nữa.", timeout=SOON)
    agent.keyboard.type(" nghe.")
    keys(agent, "Control+Enter")
    expect(visitor.at(".us .b").last).to_have_text("Dạ em nghe.", timeout=SOON)
    expect(agent.locator("#chat-body")).to_have_value("")
    expect(agent.locator(".chat-mark").last).to_contain_text(READ, timeout=SOON)
    agent.reload()
    expect(agent.locator("#chat-said")).to_contain_text("Dạ em nghe.")
    visitor.page.reload()
    expect(visitor.at(".us .b").last).to_have_text("Dạ em nghe.")
    expect(visitor.at(".you .b")).to_have_text(["Máy giặt kêu to.", "Nó rung nữa."])
    agent.context.set_offline(True)
    expect(agent.locator("#line > p")).to_be_visible(timeout=2_000)
    say(agent, "Gửi lúc mất mạng.")
    expect(agent.locator("#chat-refused")).to_be_visible()
    expect(agent.locator("#chat-body")).to_have_value("Gửi lúc mất mạng.")
    agent.context.set_offline(False)
    keys(agent, "Control+Enter")
    expect(visitor.at(".us .b").last).to_have_text("Gửi lúc mất mạng.", timeout=SOON)
    expect(agent.locator("#line > p")).to_be_hidden()


def test_files_go_both_ways(shop: ChatDouble, browser: Browser, agent: Page) -> None:
    visitor = Visitor(browser, shop, "Em gửi ảnh.")
    into(agent, "Em gửi ảnh.")
    visitor.at("input[type=file]").set_input_files({"name": "oc.txt", "mimeType": "text/plain", "buffer": b"bolts"})
    link = agent.locator("#chat-said a", has_text="oc.txt")
    expect(link).to_be_visible(timeout=SOON)
    assert agent.request.get(agent.url.split("/desk/")[0] + str(link.get_attribute("href"))).text() == "bolts"
    with agent.expect_file_chooser() as choosing:  # the browser is told to hand it over some keys before it opens
        keys(agent, "e")
        agent.keyboard.type("Xem giúp em ạ.")
        keys(agent, "Tab")
        expect(agent.locator("[name=files]")).to_be_focused()
        keys(agent, "Space")
    choosing.value.set_files({"name": "cach-xem.txt", "mimeType": "text/plain", "buffer": b"how"})
    expect(agent.locator("#chat-files")).to_have_text("cach-xem.txt")
    keys(agent, "e", "Control+Enter")
    theirs = visitor.at("a.fl").last
    expect(theirs).to_contain_text("cach-xem.txt", timeout=SOON)
    assert visitor.page.request.get(str(theirs.get_attribute("href"))).text() == "how"


def test_what_is_typed_stays_in_its_chat_and_a_limit_holds(shop: ChatDouble, browser: Browser, agent: Page) -> None:
    first = Visitor(browser, shop, "Bếp từ không nóng.")
    into(agent, "Bếp từ không nóng.")
    one = agent.url
    keys(agent, "a", "e")
    agent.keyboard.type("Bếp báo lỗi gì")
    second = Visitor(browser, shop, "Tủ lạnh chảy nước.")
    keys(agent, "Escape")
    into(agent, "Tủ lạnh chảy nước.")
    assert agent.url != one
    expect(agent.locator("#chat-body")).to_have_value("")
    two = agent.url
    agent.goto(one)
    ready(agent)
    expect(agent.locator("#chat-body")).to_have_value("Bếp báo lỗi gì")
    keys(agent, "e", "End")
    agent.keyboard.type(" ạ?")
    keys(agent, "Control+Enter")
    expect(first.at(".us .b").last).to_have_text("Bếp báo lỗi gì ạ?", timeout=SOON)
    agent.reload()
    expect(agent.locator("#chat-body")).to_have_value("")
    agent.goto(one.split("/chats/")[0] + "/chats/")
    at_most(agent, 1)
    agent.goto(two)
    ready(agent)
    keys(agent, "a")
    expect(agent.locator("main [role=alert]:visible, main .error:visible").first).to_contain_text("1")
    expect(agent.locator("[data-key=a]")).to_be_visible()
    second.page.context.close()


@pytest.mark.usefixtures("reopened")
def test_handed_over_to_a_colleague_and_to_mail_when_hours_end(
    desk: House, shop: ChatDouble, browser: Browser, agent: Page
) -> None:
    visitor = Visitor(browser, shop, "Cần hóa đơn.", MAIL)
    into(agent, "Cần hóa đơn.")
    say(agent, "Dạ em chuyển kế toán.")
    expect(visitor.at(".us .b").last).to_have_text("Dạ em chuyển kế toán.", timeout=SOON)
    keys(agent, "Escape", "h")
    expect(agent.locator("#chat-to")).to_be_focused()
    name = agent.locator("#chat-to option").first.inner_text()
    keys(agent, "Tab", "Enter")
    expect(agent.locator(".chat-head")).to_contain_text(name)
    visitor.at(".more button").first.click()
    visitor.at("#to").fill(MAIL)
    visitor.page.keyboard.press("Enter")
    expect(visitor.at(".bar")).to_contain_text(MAIL)
    desk.run("-m", "tantam.cli", "enact", str(closed_today(desk.home)))
    expect(visitor.at(".su")).to_contain_text("thư", timeout=90_000)
    expect(agent.locator(".side.hintful")).to_contain_text(MAIL, timeout=SOON)
    desk.wait_until("SELECT 1 FROM email_caughtmail WHERE recipient = ?", MAIL)
    expect(agent.locator("[data-key=m]")).to_have_count(0)
    assert [each for each in mailed(agent, desk) if "Cần hóa đơn." in each and "Dạ em chuyển kế toán." in each]
