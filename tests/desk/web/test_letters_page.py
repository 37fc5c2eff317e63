"""The style guide's letters: each kind in each language and theme, dressed as the mails are."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from tantam.desk.common import specimens
from tests.support import desk

OPENS = {"vi": "Kính gửi chị Nguyễn Thị Hoa,", "de": "Sehr geehrte Frau Weber,", "en": "Dear Kim Weber,"}


@pytest.fixture
def guide(client: Client, staff: desk.Staff) -> str:
    client.force_login(staff.agent)
    return unescape(client.get("/style/letters/?lang=en").content.decode())


def test_every_kind_of_letter_is_shown_in_every_language_and_both_themes(guide: str) -> None:
    kinds = specimens.shown()
    assert {each.name for each in kinds} >= {"by-plan", "by-colleague", "links"}
    for opens in OPENS.values():
        assert guide.count(opens) == 2 * len(kinds)
    assert "anh/chị" not in guide


def test_a_letter_on_the_page_has_no_style_of_its_own_but_all_of_the_sheets(guide: str, client: Client) -> None:
    sheet = client.get("/style/letters.css").content.decode()
    used = set(re.findall(r'class="(ml-\w+)"', guide))
    assert "style=" not in guide and {"ml-paper", "ml-go", "ml-plan", "ml-quote"} <= used
    assert all(f".{each}{{" in sheet for each in used)
    assert '[data-theme="dark"] .ml-paper{' in sheet
