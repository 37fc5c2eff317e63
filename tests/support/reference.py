"""What docs/reference/events.md lists; every event that any test of the desk lets happen is held to it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import CaseEvent
from tests.support.sources import ROOT


@cache
def listed() -> dict[str, frozenset[str]]:
    """Return the words in code type that stand beside each code."""
    page = (ROOT / "docs/reference/events.md").read_text(encoding="utf-8").partition("## Codes")[2]
    rows = re.findall(r"^\| `(\w+)` \|.*?\|(.*)\|$", page, re.MULTILINE)
    return {code: frozenset(" ".join(re.findall(r"`([^`]+)`", cell)).split()) for code, cell in rows}


def hold_to_the_reference() -> None:
    """Let every event be compared with the page as it is written."""
    hears(*listed())(_compare)


def _compare(act: Act, event: Any) -> None:
    assert isinstance(event, CaseEvent)
    extra = event.args.keys() - listed()[event.code]
    assert not extra, f"docs/reference/events.md does not say that {event.code} has {sorted(extra)}."
