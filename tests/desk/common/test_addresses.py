"""A letter's link is the whole address of a page, wherever the desk stands."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case
from tantam.desk.common import addresses


def test_every_page_that_letters_name_is_registered(settings: Any) -> None:
    settings.BASE_URL = "https://help.example"
    assert private_link(Case(link_key="abc")) == "https://help.example/c/abc/"
    assert addresses.whole("notice", 7) == "https://help.example/desk/notices/7/"
    assert addresses.whole("notice_ways").startswith("https://help.example/desk/")
    assert addresses.whole("decide_by_mail", "ticket").startswith("https://help.example/")


def test_a_desk_below_another_address_keeps_it_in_every_letter(settings: Any) -> None:
    settings.BASE_URL = "https://example.com/help"
    assert addresses.whole("notice", 7) == "https://example.com/help/desk/notices/7/"


def test_a_page_that_nobody_has_is_not_made_up() -> None:
    with pytest.raises(KeyError):
        addresses.whole("nowhere")
