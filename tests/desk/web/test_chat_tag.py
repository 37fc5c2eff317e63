"""The page with the line that puts the chat on the company's own pages."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tantam.desk.web.chat_tag import FILE, address, tag
from tests.desk.api.world import administrator

PAGE = "/desk/profile/chat/"


@pytest.fixture
def browser(staff: Any, client: Client) -> Client:
    client.force_login(administrator())
    return client


def test_the_line_names_the_file_that_stands_there(browser: Client) -> None:
    shown = html.unescape(browser.get(PAGE).content.decode())
    assert f'<script src="{settings.BASE_URL}/static/chat/widget.js" defer></script>' in shown
    assert address().removeprefix(settings.BASE_URL + settings.STATIC_URL) == FILE
    assert finders.find(FILE)


def test_the_line_says_what_was_chosen_and_nothing_else(browser: Client) -> None:
    shown = html.unescape(browser.get(PAGE, {"corner": "left", "accent": "0B6E6B", "lang": ""}).content.decode())
    assert f'<script src="{address()}" defer data-corner="left" data-accent="#0b6e6b"></script>' in shown


@pytest.mark.parametrize("wrong", ['red" onload="x', "#12345", "<script>"])
def test_a_colour_that_is_none_is_refused_and_stays_out_of_the_line(browser: Client, wrong: str) -> None:
    answer = browser.get(PAGE, {"accent": wrong})
    assert answer.status_code == 422
    assert f"{html.escape(tag({}))}</code>" in answer.content.decode()


def test_the_sites_that_may_ask_are_named(browser: Client, settings: Any) -> None:
    assert "TANTAM_CHAT_ORIGINS=" in html.unescape(browser.get(PAGE).content.decode())
    settings.CHAT_ORIGINS = frozenset({"https://www.example.com"})
    shown = browser.get(PAGE).content.decode()
    assert '<code class="mono">https://www.example.com</code>' in shown


@pytest.mark.parametrize("wrong", ['a"b', "<b>"])
def test_a_tag_keeps_what_it_says_in_its_place(wrong: str) -> None:
    assert f'"{wrong}"' not in tag({"company": wrong})
