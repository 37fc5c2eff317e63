"""The reference lists every event code that is written and every path that facts come from, and nothing else."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest

from tantam.desk.cases import invites, limits, outbox, revealing
from tantam.desk.cases.act import act_on
from tantam.desk.cases.contacts import PATHS as OF_CONTACTS
from tantam.desk.cases.facts import facts_of
from tantam.desk.cases.models import Actor
from tantam.desk.claims.actions.take_back import CODES as TAKEN_BACK
from tantam.desk.claims.facts import PATHS as OF_CLAIMS
from tests.support.clock import StandingClock
from tests.support.desk import customer, opened, purchase
from tests.support.reference import listed
from tests.support.sources import ROOT, modules

NAMED = {
    "EXCEPTED": limits.EXCEPTED,
    "INVITED": invites.INVITED,
    "UNINVITED": invites.UNINVITED,
    "REVEALED": revealing.REVEALED,
}  # codes that their module has a name for
OF_THE_ENGINE = {"clock.today", "clock.now", "clock.time"}


def test_reference_lists_every_event_code() -> None:
    assert listed().keys() == _written()


def test_argument_that_the_reference_does_not_list_is_an_error(hoa: Any, staff: Any) -> None:
    act = act_on(opened(hoa), Actor.PERSON, staff.agent)
    with pytest.raises(AssertionError, match="events.md"):
        act.append("noted", message=1, mood="glad")


def test_delivery_is_an_event_of_the_reference(hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    outbox.delivered(case.messages.filter(direction="outgoing")[0], clock.instant)
    assert case.events.get(code="delivered").args.keys() <= listed()["delivered"]


def test_reference_lists_every_path(clock: StandingClock, plan: Any) -> None:
    of = customer(birth_year=1950, lives_alone=True, timezone="Europe/Berlin", department="stores")
    of.organisation = customer("Công ty Hoa Mai", kind="business")
    of.save()
    case = opened(of, purchase=purchase(of))
    page = (ROOT / "docs/reference/facts.md").read_text(encoding="utf-8")
    first_cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    listed = {path for cell in first_cells for path in re.findall(r"`([\w.]+)`", cell)}
    assert listed == facts_of(case, clock.instant).keys() | OF_CONTACTS | OF_CLAIMS | OF_THE_ENGINE


ROOMS = (
    "arrivals",
    "assistants",
    "calls",
    "cases",
    "channels",
    "chats",
    "claims",
    "comments",
    "deliveries",
    "duplicates",
    "errands",
    "feedback",
    "followups",
    "privacy",
    "procedures",
    "recalls",
    "reviews",
    "sales",
    "spam",
)


def _written() -> set[str]:
    """The constant codes that are appended anywhere: `append("code"`, `_tell(…, "code"`, `code="code"`, `EXCEPTED`."""
    found = set(TAKEN_BACK.values())
    for module in modules(*(f"src/tantam/desk/{room}" for room in ROOMS)):
        for name, call in module.calls():
            if name.endswith("append") and "." in name and call.args:
                first = call.args[0]
                either = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
                found |= {_text(each) for each in either}
            if name in ("_tell", "_noted", "end"):
                found |= {_text(each) for each in call.args}
            found |= {_text(each.value) for each in call.keywords if each.arg == "code"}
    return found - {""}


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Name | ast.Attribute):
        return NAMED.get(node.id if isinstance(node, ast.Name) else node.attr, "")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
