"""What docs/reference/events.md lists; every event that any test of the desk lets happen is held to it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import CaseEvent
from tests.support.sources import ROOT

_OF_SOME = {
    "claimed": "topic",
    "taken": "fit offered",
    "handed_over": "fit because away why received promise reopened until back down",
    "deescalated": "message",
    "escalated": "missed soon unmoved severity authority knowledge asked promise",
    "provided": "because call hand back taken_back",
    "errand_ended": "done withdrawn",
    "offered": "person open knows language topic lacks room provider",
    "approval_given": "approved changed",
    "approval_refused": "refused",
    "approval_withdrawn": "by",
    "resolved": "message as",
    "promised": "by_hand begins",
    "withdrawn": "reason moved_version taken_back late not_reached wrong_number not_needed",
    "moved": "begins",
    "moved_version": "keep take",
    "refused": "message",
    "step_missed": "missed",
    "procedure_ended": "reached left stopped",
    "rated": "pleased not_pleased",
    "woken": "time word owed moved hand",
    "pinned": "highlight question",
    "unpinned": "highlight question",
    "pin_settled": "highlight question",
    "linked": "related cause follows same",
    "unlinked": "related cause follows same",
    "held_back": "customer_wrote",
    "replied": "public wording",
}  # what stands beside a code and is the value of an argument, or an argument that only some of its events have


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
    missing = listed()[event.code] - set(_OF_SOME.get(event.code, "").split()) - event.args.keys()
    assert not missing, f"docs/reference/events.md says that {event.code} has {sorted(missing)}."
