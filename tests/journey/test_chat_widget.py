"""The chat's window in a real browser on a page of another origin, before a double of the visitor's doors."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.chat_double import ChatDouble, chat_double

pytestmark = pytest.mark.browser
REFUSES_STORAGE = """for (const each of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, each, { get() { throw new DOMException("no", "SecurityError"); } });"""
KEYBOARD = """const view = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 });
    Object.defineProperty(window, "visualViewport", { get: () => view });
    window.keyboard = high => {
        Object.assign(view, { height: innerHeight - high - 30, offsetTop: 30 });
        view.dispatchEvent(new Event("resize"));
    };"""
MARKUP = '<img src=x onerror="document.title=1"><b>bold</b> https://shop.example/a?b=1&c=2. javascript:alert(1)'


@pytest.fixture
def desk() -> Iterator[ChatDouble]:
    with chat_double() as double:
        yield double


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(20_000)
    yield context
    context.close()


def opened(context: BrowserContext, desk: ChatDouble, path: str = "/plain") -> Page:
    page = context.new_page()
    page.goto(desk.shop + path)
    page.locator("tantam-chat .go").click()
    return page


def write(page: Page, words: str) -> None:
    page.locator("tantam-chat textarea").fill(words)
    page.keyboard.press("Enter")


def is_sent(page: Page) -> None:
    """All of one's own is there, and the last of it says so."""
    expect(page.locator("tantam-chat .you .q")).to_have_text(["Sent"])


def until(page: Page, holds: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait, in the browser's own time, until something holds. Raises AssertionError."""
    for _ in range(round(seconds / 0.02)):
        if holds():
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"It does not hold within {seconds} seconds.")


def said(page: Page) -> list[str]:
    return page.locator("tantam-chat .b").all_inner_texts()


def test_a_conversation_on_a_page_that_resets_everything_and_allows_nothing(
    visitor: BrowserContext, desk: ChatDouble
) -> None:
    refused: list[str] = []
    page = visitor.new_page()
    page.on("console", lambda each: refused.append(each.text) if "Content Security" in each.text else None)
    page.goto(desk.shop)
    page.locator("tantam-chat .go").click()
    expect(page.locator("tantam-chat .su")).to_contain_text("We answer within 3 minutes")
    expect(page.locator("tantam-chat textarea")).to_be_focused()
    page.locator("tantam-chat #name").fill("May")
    write(page, "Hello, my machine is loud.")
    is_sent(page)
    assert desk.heard("start") | {"page": ""} == {"lang": "en", "name": "May", "mail": "", "page": "", "consent": True}
    mine = desk.messages[0]
    until(page, lambda: bool(desk.streams))
    desk.state, desk.agent = "open", {"name": "Lan", "present": True}
    desk.tell("state", {"state": "open"})
    desk.tell("presence", desk.agent)
    mine["read"] = True
    desk.tell("read", {"id": mine["id"]})
    expect(page.locator("tantam-chat .you .q")).to_have_text("Read")
    expect(page.locator("tantam-chat .su")).to_have_text("Lan is here for you")
    desk.tell("typing", {"who": "Lan"})
    expect(page.locator("tantam-chat .ty")).to_have_text("Lan is writing…")
    answer = desk.say("How loud is it?")
    expect(page.locator("tantam-chat .us .b")).to_have_text("How loud is it?")
    expect(page.locator("tantam-chat .ty")).to_be_empty()
    assert desk.heard("read") == {"id": answer["id"]}
    box = page.locator("tantam-chat .p").bounding_box()
    look = page.locator("tantam-chat textarea").evaluate("each => getComputedStyle(each).fontSize")
    assert box is not None and (round(box["width"]), look) == (392, "16px")
    assert not refused, refused
    assert page.evaluate("[document.cookie, Object.keys(localStorage).length, 'hello' in window]") == ["", 1, False]


def test_what_anybody_writes_stays_text_and_links_lead_away_safely(visitor: BrowserContext, desk: ChatDouble) -> None:
    page = opened(visitor, desk)
    write(page, MARKUP)
    desk.heard("write")
    desk.say(MARKUP, name="<i>Lan</i>", files=[{"name": "<b>.png", "url": "javascript:alert(1)", "size": 3}])
    expect(page.locator("tantam-chat .us .b").first).to_have_text(MARKUP)
    expect(page.locator("tantam-chat .us .by b")).to_have_text("<i>Lan</i>")
    links = page.locator("tantam-chat .log a")
    assert links.evaluate_all("all => all.map(each => each.href)") == ["https://shop.example/a?b=1&c=2"] * 2
    assert set(links.evaluate_all("all => all.map(each => each.rel)")) == {"noopener noreferrer nofollow"}
    assert page.locator("tantam-chat .log :is(img, i, .b b)").count() == 0
    assert page.title() == "A shop"


def test_a_slow_desk_shows_at_once_what_was_written_and_a_reload_loses_none_of_it(
    visitor: BrowserContext, desk: ChatDouble
) -> None:
    page = opened(visitor, desk)
    desk.slow = 3.0
    write(page, "Is anybody there?")
    expect(page.locator("tantam-chat .you .b")).to_have_text("Is anybody there?", timeout=2_500)
    expect(page.locator("tantam-chat .you .q")).to_have_text("Sending…")
    page.locator("tantam-chat textarea").fill("And half a")
    desk.slow = 0.0
    page.reload()
    is_sent(page)
    expect(page.locator("tantam-chat textarea")).to_have_value("And half a")
    assert said(page) == ["Is anybody there?"]


def test_what_failed_is_kept_said_and_sent_once(visitor: BrowserContext, desk: ChatDouble) -> None:
    page = opened(visitor, desk)
    write(page, "One")
    is_sent(page)
    desk.refuses["write"] = (500, 0)
    write(page, "Two")
    bad = page.locator("tantam-chat .bad:visible")
    expect(bad).to_contain_text("Not sent yet. Not this time.")
    desk.refuses["write"] = (429, 1)
    bad.locator("button").click()
    expect(page.locator("tantam-chat .you .q").last).to_contain_text("It goes out by itself in 1 second.")
    desk.refuses.clear()
    is_sent(page)
    assert [each["text"] for each in desk.messages] == said(page) == ["One", "Two"]


def test_without_a_line_nothing_is_lost_and_all_goes_out_in_its_order(
    visitor: BrowserContext, desk: ChatDouble
) -> None:
    page = opened(visitor, desk)
    write(page, "One")
    is_sent(page)
    visitor.set_offline(True)
    for each in ("Two", "Three"):
        write(page, each)
    expect(page.locator("tantam-chat .bar")).to_contain_text("No connection just now.")
    expect(page.locator("tantam-chat .bad:visible")).to_have_count(2)
    visitor.set_offline(False)
    expect(page.locator("tantam-chat .bad:visible")).to_have_count(0)
    is_sent(page)
    expect(page.locator("tantam-chat .bar")).to_be_empty()
    assert [each["text"] for each in desk.messages] == said(page) == ["One", "Two", "Three"]


def test_a_stream_that_ends_is_had_again_and_one_that_cannot_be_had_is_asked_for(
    visitor: BrowserContext, desk: ChatDouble
) -> None:
    page = opened(visitor, desk)
    write(page, "One")
    is_sent(page)
    until(page, lambda: bool(desk.streams))
    desk.refuses["stream"] = (503, 0)
    desk.cut()
    until(page, lambda: not desk.streams)
    desk.say("Said meanwhile")
    expect(page.locator("tantam-chat .us .b")).to_have_text("Said meanwhile")
    desk.refuses.clear()
    until(page, lambda: bool(desk.streams))
    desk.say("Said at once")
    expect(page.locator("tantam-chat .us .b").last).to_have_text("Said at once")
    assert said(page) == ["One", "Said meanwhile", "Said at once"]


def test_two_tabs_of_one_visitor_stay_alike_over_one_stream(visitor: BrowserContext, desk: ChatDouble) -> None:
    one = opened(visitor, desk)
    two = opened(visitor, desk)
    write(one, "From the first")
    expect(two.locator("tantam-chat .you .b")).to_have_text("From the first")
    write(two, "From the second")
    expect(one.locator("tantam-chat .you .b")).to_have_text(["From the first", "From the second"])
    desk.say("Heard by both")
    for each in (one, two):
        expect(each.locator("tantam-chat .us .b")).to_have_text("Heard by both")
    assert (len(desk.streams), len(desk.tokens)) == (1, 1)
    one.close()  # whoever of them listened
    desk.say("Heard by who is left")
    expect(two.locator("tantam-chat .us .b").last).to_have_text("Heard by who is left")


def test_files_go_by_button_paste_and_drop_and_what_is_too_large_is_said(
    visitor: BrowserContext, desk: ChatDouble
) -> None:
    page = opened(visitor, desk)
    picked = page.locator("tantam-chat input[type=file]")
    picked.set_input_files({"name": "huge.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2_100_000})
    expect(page.locator("tantam-chat .bar")).to_contain_text("“huge.pdf” is larger than 1 MB.")
    picked.set_input_files({"name": "bill.pdf", "mimeType": "application/pdf", "buffer": b"x" * 3000})
    expect(page.locator("tantam-chat a.fl")).to_contain_text("bill.pdf 3 kB")
    for kind, on in (("paste", "textarea"), ("drop", ".p")):
        page.locator(f"tantam-chat {on}").evaluate(
            """(on, kind) => {
                const carried = new DataTransfer();
                carried.items.add(new File(["abc"], `${kind}.txt`));
                const options = { bubbles: true, cancelable: true, clipboardData: carried, dataTransfer: carried };
                on.dispatchEvent(kind === "paste" ? new ClipboardEvent(kind, options) : new DragEvent(kind, options));
            }""",
            kind,
        )
        expect(page.locator("tantam-chat a.fl").last).to_contain_text(f"{kind}.txt")
    assert [each["files"][0]["name"] for each in desk.messages] == ["bill.pdf", "paste.txt", "drop.txt"]
    assert page.locator("tantam-chat a.fl").first.get_attribute("href") == f"{desk.site}/files/bill.pdf"


def test_what_comes_while_it_is_closed_is_counted_and_escape_gives_the_focus_back(
    visitor: BrowserContext, desk: ChatDouble
) -> None:
    page = opened(visitor, desk)
    write(page, "One")
    is_sent(page)
    page.keyboard.press("Escape")
    go = page.locator("tantam-chat .go")
    expect(go).to_be_focused()
    desk.say("Two of")
    desk.say("them")
    expect(go).to_have_accessible_name("Chat with us, 2 new messages")
    expect(page.locator("tantam-chat section [role=status]")).to_have_text("New message from Lan")
    page.keyboard.press("Enter")
    expect(page.locator("tantam-chat textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(go).to_have_accessible_name("Chat with us")
    page.locator("main [data-tantam-chat]").click()
    page.keyboard.press("Escape")
    expect(page.locator("main [data-tantam-chat]")).to_be_focused()


def test_a_conversation_goes_by_mail_and_ends_when_asked_and_another_begins(
    visitor: BrowserContext, desk: ChatDouble
) -> None:
    page = opened(visitor, desk)
    page.locator("tantam-chat #mail").fill("no address")
    write(page, "One")
    expect(page.locator("tantam-chat .bad:visible")).to_contain_text("This is no mail address.")
    page.locator("tantam-chat #mail").fill("may@example.com")
    page.locator("tantam-chat .send").click()
    is_sent(page)
    page.get_by_role("button", name="Send me this by mail").click()
    page.keyboard.press("Enter")
    expect(page.locator("tantam-chat .bar")).to_have_text("The conversation goes to may@example.com.")
    assert desk.heard("mail") == {"mail": "may@example.com"}
    page.get_by_role("button", name="End the chat").click()
    page.get_by_role("button", name="Yes, end it").click()
    expect(page.get_by_text("This conversation has ended. Is anything still open?")).to_be_visible()
    page.reload()
    expect(page.get_by_text("This conversation has ended. Is anything still open?")).to_be_visible()
    other = opened(visitor, desk)  # somebody else may sit there by now
    expect(other.locator("tantam-chat .hi")).to_be_visible()
    other.close()
    page.get_by_role("button", name="Begin a new one").click()
    write(page, "Something else")
    is_sent(page)
    assert (said(page), len(desk.tokens)) == (["Something else"], 2)


def test_it_works_where_the_browser_keeps_nothing_and_a_lost_token_loses_no_word(
    visitor: BrowserContext, desk: ChatDouble
) -> None:
    visitor.add_init_script(REFUSES_STORAGE)
    page = opened(visitor, desk)
    write(page, "One")
    is_sent(page)
    desk.tokens[0] = "no longer"
    write(page, "Two")
    expect(page.locator("tantam-chat .b")).to_have_text(["Two"])
    is_sent(page)
    assert len(desk.tokens) == 2


def test_a_word_that_is_put_together_is_not_sent_and_a_keyboard_on_the_screen_covers_nothing(
    visitor: BrowserContext, desk: ChatDouble
) -> None:
    visitor.add_init_script(KEYBOARD)
    page = visitor.new_page()
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(desk.shop + "/plain")
    page.locator("tantam-chat .go").click()
    page.evaluate("window.keyboard(240)")
    assert page.locator("tantam-chat .p").bounding_box() == {"x": 0, "y": 30, "width": 360, "height": 370}
    expect(page.locator("tantam-chat .send")).to_be_in_viewport()
    text = page.locator("tantam-chat textarea")
    text.fill("máy gi")
    text.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(text).to_have_value("máy gi")
    text.press("Shift+Enter")
    expect(text).to_have_value("máy gi\n")
    text.press("Enter")
    expect(text).to_have_value("")


def test_a_plan_without_a_chat_shows_no_button(visitor: BrowserContext, desk: ChatDouble) -> None:
    desk.refuses["hello"] = (404, 0)
    page = visitor.new_page()
    with page.expect_response("**/chat/hello*"):
        page.goto(desk.shop + "/plain")
    assert page.locator("tantam-chat").count() == 0


@pytest.mark.parametrize(
    ("lang", "width", "scheme", "attributes", "opens", "says"),
    [
        ("vi", 1280, "light", "", True, "Chúng tôi trả lời trong 3 phút."),
        ("de", 360, "dark", 'data-accent="#ffd400"', True, "Wir antworten innerhalb von 3 Minuten."),
        ("en", 640, "light", 'data-accent="gold" data-corner="left"', False, "Closed just now. We are back"),
        ("vi", 360, "light", 'data-lang="vi" data-theme="dark"', False, "Dạ hiện chúng tôi đã nghỉ."),
    ],
)
def test_it_keeps_nobody_out(
    browser: Browser, desk: ChatDouble, lang: str, width: int, scheme: str, attributes: str, opens: bool, says: str
) -> None:
    desk.lang, desk.attributes, desk.open = lang, attributes, opens
    context = browser.new_context(viewport={"width": width, "height": 640 if width > 640 else 400}, color_scheme=scheme)
    page = context.new_page()
    page.goto(desk.shop + "/plain")
    page.locator("tantam-chat .go").wait_for()
    wrong = _wrong(page)
    page.locator("tantam-chat .go").click()
    expect(page.locator("tantam-chat .su")).to_contain_text(says)
    wrong += _wrong(page)
    if opens:
        write(page, "Xin chào, straße.")
        if not page.locator("tantam-chat .you .b").count():
            page.locator("tantam-chat .send").click()
        desk.heard("write")
        desk.say("Dạ, một chút ạ. https://shop.example")
        expect(page.locator("tantam-chat .us a")).to_be_visible()
        wrong += _wrong(page)
    else:
        expect(page.locator("tantam-chat .shut a").first).to_have_attribute("href", "tel:19000000")
        expect(page.locator("tantam-chat form.co")).to_be_hidden()
    context.close()
    assert not wrong


def _wrong(page: Page) -> list[str]:
    """Return what axe finds in the window, what is too small for a thumb, and whether the page grew wider."""
    page.wait_for_timeout(150)  # until it is faded in: half of a colour has half of its contrast
    found = Axe().run(page, context={"include": ["tantam-chat"]}).response["violations"]
    wrong = [f"{each['id']}: {each['nodes'][0]['html'][:160]} {each['nodes'][0]['failureSummary']}" for each in found]
    small = page.locator("tantam-chat :is(button, input, textarea):visible").evaluate_all(
        "all => all.map(each => [each.className, Math.round(each.getBoundingClientRect().height)])"
    )
    wrong += [f"too small: {each}" for each in small if each[1] < 44]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append("wider than the screen")
    return wrong
