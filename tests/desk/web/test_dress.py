"""The desk's stylesheets dress the desk: the plan, which stands on the desk's pages, brings its own."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from tantam.plan.publish import Audience, body
from tantam.plan.sections import read

HOME = Path(__file__).parents[3]
DESK = Path(str(files("tantam.desk")))
SHEETS = sorted(DESK.glob("*/static/*/*.css"))
# Pieces that mean the same on both: words for screen readers only, small quiet words, a clause's address, a scroller.
SHARED = {"clause-ref", "over", "quiet", "scroll", "vh"}


def classes_of_plans() -> set[str]:
    pages = [
        body(read(HOME / "plans" / name), "en", audience)
        for name in ("ben-xuan", "hotel", "software-house")
        for audience in Audience
    ]
    return {name for page in pages for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}


def bare_classes(sheet: str) -> set[str]:
    """Return the classes that a rule dresses wherever they stand: `.lead`, but not `p.lead` or `.cell .lead`."""
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    selectors = [each.strip() for heads in re.findall(r"([^{};]+)\{", rules) for each in heads.split(",")]
    found = [re.fullmatch(r"\.([\w-]+)(?::[\w-]+(?:\([^)]*\))?)*", each) for each in selectors]
    return {each[1] for each in found if each}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda each: each.name)
def test_no_rule_of_the_desk_dresses_a_part_of_the_plan(sheet: Path) -> None:
    strays = bare_classes(sheet.read_text(encoding="utf-8")) & classes_of_plans() - SHARED
    assert not strays, f"{sheet.name} dresses .{', .'.join(sorted(strays))} of the published plan too: name the element"


def test_a_bare_rule_is_found_and_a_narrow_one_is_not() -> None:
    assert bare_classes(
        "@layer a { .lead, .b:hover { x: y } p.c { x: y } .d .e { x: y } @media (x) { .f { x: y } } }"
    ) == {
        *("lead", "b", "f"),
    }
