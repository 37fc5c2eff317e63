"""The main pages before axe, in a real browser: nothing that keeps somebody out, on a desk or on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tantam.desk.demo import PASSWORD
from tests.support.drafts import REPLY, files, hurried, packed
from tests.support.house import House, house
from tests.support.log import SOURCE, imported, incident
from tests.support.proving import PROVING

PUBLIC = (
    "/",
    *(f"/help/{each}/" for each in ("faulty", "return", "question", "complaint")),
    "/call-me/",
    "/quote/",
    "/plan/",
    "/answers/?q=refund",
    "/mine/",
    *(f"/account/{each}/" for each in ("login", "inactive", "signup", "password/reset", "password/reset/done")),
    *(f"/account/password/reset/key/{each}/" for each in ("done", "1-wrong")),
    "/demo/mail/",
    "/no-such-page",
)
STAFF = (
    "/desk/?view=all",
    "/desk/?view=mine",
    "/desk/?view=snoozed",
    "/desk/?view=all&q=group:elderly",
    "/desk/?view=all&q=group:nobody",
    "/desk/find/",
    "/desk/find/?q=may",
    "/desk/find/?q=zzz+stage:after",
    "/desk/customers/",
    "/desk/customers/?q=nguyen",
    "/desk/customers/new/",
    "/desk/sales/",
    "/desk/requests/",
    "/desk/contracts/",
    "/desk/contracts/?show=all",
    "/desk/team/",
    "/desk/people/",
    "/desk/people/new/",
    "/desk/providers/",
    "/desk/providers/carriers/",
    "/desk/reviews/",
    "/desk/words/",
    "/desk/departments/",
    "/desk/limits/",
    "/desk/approvals/",
    "/desk/money/",
    "/desk/watch/",
    "/desk/mentions/",
    "/desk/texts/",
    "/desk/texts/new/",
    "/desk/plan/",
    "/desk/plan/versions/",
    "/desk/plan/versions/1/",
    "/desk/plan/versions/move/",
    "/desk/plan/directives/",
    "/desk/plan/directives/new/",
    "/desk/what-if/",
    "/desk/measures/",
    "/desk/measures/promises_kept/",
    "/desk/promises/",
    f"/desk/measures/?source={SOURCE}",
    f"/desk/history/{SOURCE}/INC0000045/",
    "/desk/trouble/",
    "/desk/notices/",
    "/desk/notices/ways/",
    "/desk/profile/",
    "/desk/profile/chat/",
    "/desk/tokens/",
    "/desk/assistants/",
    "/desk/webhooks/",
    "/desk/tray/",
    "/desk/tray/?view=spam",
    "/desk/tray/?view=machines",
    "/desk/calls/",
    "/desk/follow-ups/",
    "/desk/groups/",
    "/desk/groups/of/elderly/",
    "/desk/groups/of/-/",
    "/desk/groups/profile/",
    "/desk/recalls/",
    "/desk/recalls/new/?policy=exchange",
    "/desk/calls/new/",
    "/desk/chats/",
    "/account/password/change/",
    "/account/logout/",
    "/style/",
)
OF_CASE = ("", "?mode=note", "?tab=left", "?tab=right", "join/", "part/", "procedure/", "version/")
OF_CUSTOMER = ("", "timeline/", "same/", "case/", "contracts/new/", "requests/")
SETTINGS = [("vi", 1280, "light"), ("de", 360, "dark")]
OF_ROOMS = (  # place, column, table
    ("calls", "promise_id", "calls_callback"),
    ("chats", "case_id", "chats_visitor"),
    ("cases", "case_id", "assistants_proposal"),
    ("cases", "(SELECT case_id FROM cases_message m WHERE m.id = message_id)", "comments_comment"),
)
PHONE = 640  # px: up to here things are pressed with a thumb
SMALL = """() => [...document.querySelectorAll(
    "button, .btn, summary, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio])"
)].filter(each => each.checkVisibility({visibilityProperty: true}) && !each.closest(".vh, .p-trap")
    && each.getBoundingClientRect().width > 1 && each.getBoundingClientRect().height < 43.5
).map(each => each.outerHTML.slice(0, 120))"""  # what is pressed, and lower than 44 px


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A desk on which a few cases are open and most are settled, beside an imported log."""
    home: Path = tmp_path_factory.mktemp("house")
    with house(home, furnish=["-m", "tests.support.furnish", "40"]) as built:
        imported(home, incident())
        built.run("-m", "tests.support.rooms")
        built.start("web", "long work")  # no more of a worker: chats and webhooks stay as they are
        yield built


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "width", "scheme"), SETTINGS)
def test_pages_keep_nobody_out(lived_in: House, browser: Browser, lang: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    wrong = [each for path in PUBLIC for each in _wrong(page, lived_in.site + path, lang)]
    [(case, key)] = lived_in.ask(
        "SELECT case_id, link_key FROM claims_claim JOIN cases_case c ON c.id = case_id LIMIT 1"
    )
    wrong += _wrong(page, f"{lived_in.site}/c/{key}/", lang)
    wrong += _wrong(page, f"{lived_in.site}/c/{key}/tell/advice/", lang)
    _sign_in(page, lived_in)
    staff = (*STAFF, *_rows(lived_in, case))[:: 1 if width <= PHONE or PROVING else 6]  # wide, `make prove` takes all
    wrong += [each for path in staff for each in _wrong(page, lived_in.site + path, lang)]
    wrong += _floating(page, f"{lived_in.site}/desk/cases/{case}/")
    context.close()
    assert not wrong


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "width", "scheme"), SETTINGS)
def test_a_draft_is_tried_and_keeps_nobody_out(
    lived_in: House, browser: Browser, lang: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    _sign_in(page, lived_in)
    page.goto(f"{lived_in.site}/desk/what-if/?lang={lang}")
    _bring(page, packed(files(plan=(REPLY, REPLY.replace("4 h", "four")))), f"four {lang}")
    page.wait_for_selector("#findings")
    wrong = _seen(page)
    _bring(page, hurried(), f"3 min {lang}")
    page.wait_for_selector("#result .says", timeout=60_000)
    wrong += _seen(page)
    context.close()
    assert not wrong


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 720, 1280])
def test_a_case_is_settled_and_takes_a_file_at_any_width(lived_in: House, browser: Browser, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    _sign_in(page, lived_in)
    [(case,)] = lived_in.ask("SELECT id FROM cases_case WHERE status = 'open' LIMIT 1")
    page.goto(f"{lived_in.site}/desk/cases/{case}/")
    settles = page.locator("form[action$='/resolve/'] button").is_visible()
    takes_a_file = page.locator("label.composer-add").first.is_visible()
    context.close()
    assert settles
    assert takes_a_file


def _rows(desk: House, case: int) -> list[str]:
    """Return the pages of a case, of its customer, and of one row of whatever else there is."""
    [(customer,)] = desk.ask(f"SELECT customer_id FROM cases_case WHERE id = {case}")
    found = [f"/desk/cases/{case}/{each}" for each in OF_CASE]
    found += [f"/desk/customers/{customer}/{each}" for each in OF_CUSTOMER]
    for table, address in (
        ("claims_approval", "approvals"),
        ("reviews_review", "reviews"),
        ("cases_macro", "texts"),
        ("privacy_request", "requests"),
        ("cases_bulkrun", "bulk"),
    ):
        found += [f"/desk/{address}/{pk}/" for (pk,) in desk.ask(f"SELECT id FROM {table} LIMIT 1")]
    rooms = {
        "tray": "arrivals_arrival WHERE problem = 'doubtful'",
        "webhooks": "webhooks_endpoint WHERE description = ''",
    }
    for room, rows in rooms.items():
        found += [f"/desk/{room}/{pk}/" for (pk,) in desk.ask(f"SELECT id FROM {rows} LIMIT 1")]
    for room, column, table in OF_ROOMS:
        found += [f"/desk/{room}/{pk}/" for (pk,) in desk.ask(f"SELECT {column} FROM {table} ORDER BY id LIMIT 1")]
    [(chat,)] = desk.ask("SELECT case_id FROM chats_visitor ORDER BY id LIMIT 1")
    return [*found, f"/desk/chats/{chat}/claim/?topic=faulty"]


def _floating(page: Page, address: str) -> list[str]:
    """Return what is wrong with the palette and with the page of keys."""
    page.goto(address)
    page.keyboard.press("Control+k")
    page.keyboard.type("may")
    page.wait_for_selector("#go-list [role=option]")
    wrong = _seen(page)
    page.keyboard.press("Escape")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    return wrong + _seen(page)


def _bring(page: Page, raw: bytes, title: str) -> None:
    page.fill("[name=title]", title)
    page.locator("[name=stretch][value=all]").check(force=True)
    page.set_input_files("[name=file]", {"name": "plan.zip", "mimeType": "application/zip", "buffer": raw})
    page.locator("form.bring button[type=submit]").click()


def _wrong(page: Page, address: str, lang: str) -> list[str]:
    """Return what is wrong with the page at an address."""
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    return _seen(page)


def _seen(page: Page) -> list[str]:
    """Return what axe finds on the page that is shown, and whether it is wider than the screen."""
    address = page.url
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    said = [f"{address}: {each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        said.append(f"{address}: wider than the screen")
    if page.evaluate("innerWidth") <= PHONE:
        said += [f"{address}: too small for a thumb: {each}" for each in page.evaluate(SMALL)]
    return said


def _sign_in(page: Page, desk: House) -> None:
    page.goto(f"{desk.site}/account/login/")
    page.fill("[name=login]", "admin@ben-xuan.example")
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/desk/**")
