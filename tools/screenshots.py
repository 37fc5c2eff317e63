"""Takes the pictures of docs/screenshots: the example's year up to a Wednesday morning, in a real browser.

python -m tools.screenshots
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tantam.desk.demo import PASSWORD
from tests.journey.conftest import FLAGS
from tests.support.house import House, house
from tests.support.programs import CHROMIUM, find_or_install
from tests.support.sources import ROOT

PICTURES = ROOT / "docs/screenshots"
INSTANT = datetime(2026, 11, 18, 3, 20, tzinfo=UTC)  # twenty past ten in Vietnam
YEAR = f"""
import datetime, pathlib
from tantam.cli import ready
ready.set_up()
ready.prepare()
from tantam.desk.demo.load import load
load(pathlib.Path("plans/ben-xuan"), datetime.datetime.fromisoformat("{INSTANT.isoformat()}"))
"""
WIDE = {"width": 1440, "height": 900}
TALL = {"width": 1440, "height": 1240}
NOTE = "Bà nghe không rõ. Bà không bắt máy thì gọi cho con gái, số ở trong hồ sơ."
NARROW = {"width": 360, "height": 780}


def main() -> None:
    """Make the year, serve it, take every picture."""
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        house(Path(folder), furnish=["-c", YEAR], TANTAM_STANDS_AT=INSTANT.isoformat()) as desk,
        _serving(desk),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=str(find_or_install(CHROMIUM)), args=FLAGS)
        _staff(browser, desk)
        _customers(browser, desk)
        browser.close()


def _staff(browser: Browser, desk: House) -> None:
    agent = _signed_in(browser, desk, "agent@ben-xuan.example")
    agent.goto(desk.site + "/desk/?lang=vi&view=all")
    _picture(agent, "inbox")
    agent.goto(f"{desk.site}/desk/cases/{_case_to_care_for(desk)}/?lang=en")
    _noted(agent, NOTE)
    agent.set_viewport_size(TALL)
    _picture(agent, "case")
    manager = _signed_in(browser, desk, "manager@ben-xuan.example", scheme="dark")
    manager.goto(desk.site + "/desk/measures/?lang=en")
    _picture(manager, "measures-dark", whole=True)
    manager.goto(desk.site + "/desk/?lang=vi&view=all")
    _picture(manager, "inbox-dark")
    reader = _signed_in(browser, desk, "manager@ben-xuan.example")
    reader.goto(desk.site + "/desk/plan/?lang=en#policies.exchange")
    _picture(reader, "plan")


def _customers(browser: Browser, desk: House) -> None:
    page = browser.new_context(locale="vi-VN", viewport=WIDE).new_page()
    page.goto(desk.site + "/?lang=vi")
    _picture(page, "portal")
    narrow = browser.new_context(locale="vi-VN", viewport=NARROW, device_scale_factor=2).new_page()
    [(key,)] = desk.ask("SELECT link_key FROM cases_case WHERE id = ?", int(_case_with_claim(desk)))
    narrow.goto(f"{desk.site}/c/{key}/?lang=vi")
    _picture(narrow, "answer-360")


def _case_with_claim(desk: House) -> str:
    """Return the latest open case of an agent in which something may be granted."""
    [(case,)] = desk.ask(
        """SELECT c.id FROM cases_case c JOIN claims_claim l ON l.case_id = c.id
        WHERE c.status = 'open' AND c.level = 'agent' AND c.language = 'vi' AND l.policy = 'exchange'
          AND l.outcome = 'replace' AND l.state = 'open' ORDER BY c.owner_id IS NULL, c.id DESC LIMIT 1"""
    )
    return str(case)


def _case_to_care_for(desk: House) -> str:
    """Return the latest open case of somebody old, answered already, in which something is still to be decided."""
    [(case,)] = desk.ask(
        """SELECT c.id FROM cases_case c
        JOIN claims_claim l ON l.case_id = c.id JOIN cases_promise p ON p.case_id = c.id
        WHERE c.status = 'open' AND c.language = 'vi' AND l.state = 'open' AND c.owner_id IS NOT NULL
          AND p.clause LIKE '%_elderly' AND p.kind = 'first_reply' AND p.state = 'kept' ORDER BY c.id DESC LIMIT 1"""
    )
    return str(case)


def _noted(page: Page, words: str) -> None:
    """Leave a note for colleagues on the case that the page shows."""
    page.locator(".m-note").click()
    page.fill("#note", words)
    page.locator("#say [name=verb][value=note]").click()
    page.locator(".conv").get_by_text(words).wait_for()
    page.reload()


def _signed_in(browser: Browser, desk: House, email: str, scheme: str = "light") -> Page:
    page = browser.new_context(locale="vi-VN", viewport=WIDE, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    page.goto(desk.site + "/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/desk/**")
    return page


def _picture(page: Page, name: str, *, whole: bool = False) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)
    print(name, file=sys.stderr)


@contextmanager
def _serving(desk: House) -> Iterator[None]:
    command = [
        "-m",
        "granian",
        "tools.standing:application",
        "--interface",
        "wsgi",
        "--port",
        str(desk.port),
        "--no-ws",
    ]
    server = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=desk.environment)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(desk.site, timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
