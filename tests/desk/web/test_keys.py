"""The keys: one letter means one thing, no page has two of one, and all stand in the table that people read."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases import actions
from tantam.desk.search.keeping import index_what_is_new
from tests.support.desk import concern, opened, purchase

HOME = Path(__file__).parents[3]
TABLE = HOME / "docs/reference/keyboard.md"
TEMPLATES = sorted((HOME / "src/tantam/desk").glob("*/templates/**/*.html"))
LISTS = (
    "/desk/?view=all",
    "/desk/customers/?q=hoa",
    "/desk/texts/",
    "/desk/find/?q=may",
    "/desk/team/",
    "/desk/approvals/",
)


class _Keys(HTMLParser):
    """The keys of a page: those of the page, and those of its first row."""

    def __init__(self) -> None:
        super().__init__()
        self.page: list[str] = []
        self.goes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if known.get("data-key"):
            self.page.append(str(known["data-key"]))
        if known.get("data-go"):
            self.goes.append(str(known["data-go"]))


def _keys(browser: Client, path: str) -> _Keys:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    found = _Keys()
    found.feed(answer.content.decode())
    return found


def _documented() -> set[str]:
    text = TABLE.read_text(encoding="utf-8")
    first = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {key for cell in first for key in re.findall(r"`([^`]+)`", cell)}


def _twice(keys: list[str]) -> set[str]:
    return {each for each in keys if keys.count(each) > 1}


@pytest.fixture
def pages(staff: Any, hoa: Any) -> list[str]:
    """A case of every kind, and the lists."""
    from tantam.desk.claims.actions import file_claim

    mine = opened(hoa, subject="Máy giặt kêu to")
    actions.take(mine, staff.manager)
    settled = opened(hoa)
    actions.reply(settled, staff.manager, "Dạ xong rồi ạ.")
    actions.resolve(settled, staff.manager)
    asleep = opened(hoa)
    actions.snooze(asleep, staff.manager, None)
    claimed = file_claim(concern(hoa, purchase=purchase(hoa), told={"fault": "ours"}), policy="exchange").case
    index_what_is_new()
    return [*LISTS, *(f"/desk/cases/{each.pk}/" for each in (mine, settled, asleep, claimed))]


def test_no_page_has_two_things_on_one_key(manager: Client, pages: list[str]) -> None:
    for path in pages:
        found = _keys(manager, path)
        assert not _twice(found.page), (path, _twice(found.page))


def test_no_key_hides_what_begins_with_it(manager: Client, pages: list[str]) -> None:
    for path in pages:
        found = _keys(manager, path)
        every = {*found.page, *found.goes}
        hidden = {each for each in every for other in every if other != each and other.startswith(f"{each} ")}
        assert not hidden, (path, hidden)


def test_every_key_stands_in_the_table() -> None:
    used = {
        key
        for each in TEMPLATES
        for key in re.findall(r'data-(?:key|row-key|go)="([^"{]+)"', each.read_text(encoding="utf-8"))
    }
    assert used <= _documented(), used - _documented()


def test_every_letter_of_the_table_is_used() -> None:
    written = "".join(each.read_text(encoding="utf-8") for each in TEMPLATES)
    built_in = {"j", "k", "X", "Ctrl", "K", "⌘", "/", "?", "Esc", "Enter", "Alt", "P"}
    unused = {each for each in _documented() - built_in if not re.search(rf'(key|go)="{re.escape(each)}"', written)}
    assert not unused


def test_places_of_the_palette_are_those_of_whoever_looks(agent: Client, manager: Client) -> None:
    assert "/desk/limits/" in manager.get("/desk/").content.decode()
    assert "/desk/limits/" not in agent.get("/desk/").content.decode()
