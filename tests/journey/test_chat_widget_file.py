"""The chat's window as a file: small, asking for the words that it is given, and never writing HTML."""

from __future__ import annotations

import gzip
import re

import pytest
from django.utils import translation

from tantam.desk.channels.chat.assembling import FOLDER, LOOK, PARTS, widget
from tantam.desk.channels.chat.words import words

TEXT = widget()
RAW, ON_THE_WIRE = 40 * 1024, 15 * 1000  # bytes
ASKED = re.compile(r'\bsay\("(\w+)"')


def test_it_weighs_less_than_15_kb_on_the_wire() -> None:
    raw = TEXT.encode()
    assert len(raw) < RAW
    assert len(gzip.compress(raw, 9)) < ON_THE_WIRE


def test_it_asks_for_every_word_that_it_is_given_and_for_no_other() -> None:
    asked = set(ASKED.findall(TEXT))
    with translation.override("en"):
        given = set(words())
    assert asked ^ given == set()


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
def test_its_words_keep_their_places(lang: str) -> None:
    def places(lang: str) -> dict[str, list[str]]:
        with translation.override(lang):
            return {name: sorted(re.findall(r"\{\w+\}", said)) for name, said in words().items()}

    assert places(lang) == places("en")


def test_it_writes_no_html_runs_no_text_and_keeps_no_cookie() -> None:
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|\.cookie", TEXT)


def test_it_is_made_of_every_part_and_of_nothing_else() -> None:
    assert sorted([*PARTS, LOOK]) == sorted(each.name for each in FOLDER.iterdir())
    assert all(f"\nconst {name} = " in TEXT for name in ("CSS_TEXT", "follow", "drawLog", "begin"))
    assert "// " not in TEXT.partition('"use strict"')[2]


def test_it_never_tells_its_token_in_an_address() -> None:
    assert not re.findall(r"[?&]token=", TEXT)
