"""Every event of the reference is said in words and has an icon; one that nobody knows is said plainly."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation

from tantam.desk.web import event_words
from tests.support.desk import opened
from tests.support.sources import ROOT


def test_every_event_has_words_and_an_icon() -> None:
    page = (ROOT / "docs/reference/events.md").read_text(encoding="utf-8").partition("## Codes")[2]
    codes = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert codes == event_words.ICONS.keys() == event_words._SENTENCES.keys()
    assert codes > event_words.STORY


def test_an_event_nobody_knows_is_said_plainly(hoa: Any, plan: Any) -> None:
    event = opened(hoa).events.first()
    event.code = "100%_new"
    assert event_words.said([event], plan, "Hoa")[0].text == "100% new"


@pytest.mark.parametrize(("reason", "says_why"), [("missed", True), ("asked", False)])
def test_an_escalation_after_a_broken_promise_says_so(reason: str, says_why: bool, hoa: Any, plan: Any) -> None:
    event = opened(hoa).events.first()
    event.code, event.args = "escalated", {"reason": reason, "level": "specialist"}
    with translation.override("en"):
        said = event_words.said([event], plan, "Hoa")[0].text
    assert said.startswith("Went up to Specialist")
    assert ("because a promise was broken" in said) is says_why
