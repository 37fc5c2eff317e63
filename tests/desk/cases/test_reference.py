"""The reference lists every event code that is written and every path that facts come from, and nothing else."""

from __future__ import annotations

import ast
import re
from typing import Any

from tantam.desk.cases.facts import facts_of
from tests.support.clock import StandingClock
from tests.support.desk import customer, opened, purchase
from tests.support.sources import ROOT, modules

FOR_LATER = {"withdrawn"}  # written once people make promises by hand
OF_THE_ENGINE = {"clock.today", "clock.now", "clock.time"}


def test_reference_lists_every_event_code() -> None:
    page = (ROOT / "docs/reference/events.md").read_text(encoding="utf-8").partition("## Codes")[2]
    listed = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert listed == _written() | FOR_LATER


def test_reference_lists_every_path(clock: StandingClock, plan: Any) -> None:
    of = customer(birth_year=1950, lives_alone=True)
    case = opened(of, purchase=purchase(of))
    page = (ROOT / "docs/reference/facts.md").read_text(encoding="utf-8")
    first_cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    listed = {path for cell in first_cells for path in re.findall(r"`([\w.]+)`", cell)}
    assert listed == facts_of(case, clock.instant).keys() | OF_THE_ENGINE


def _written() -> set[str]:
    """The constant codes that are appended anywhere: `append("code"`, `_tell(…, "code"`, `code="code"`."""
    found = set()
    for module in modules("src/tantam/desk/cases", "src/tantam/desk/claims"):
        for name, call in module.calls():
            if name.endswith("append") and "." in name and call.args:
                found.add(_text(call.args[0]))
            if name == "_tell":
                found |= {_text(each) for each in call.args}
            found |= {_text(each.value) for each in call.keywords if each.arg == "code"}
    return found - {""}


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
