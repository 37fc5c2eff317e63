"""What the documentation links to is there, its index names every page, and the map names what stands."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.support.sources import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MAP = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
BELOW = ("src/tantam", "src/tantam/desk", "src/tantam/plan")  # the map names modules from one of these
HOP = re.compile(r"(\w[\w/]*/\w+\.py)(?:: (\w+))?")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_the_index_leads_to_every_page() -> None:
    docs = ROOT / "docs"
    named = {(docs / each).resolve() for each in LINK.findall((docs / "index.md").read_text(encoding="utf-8"))}
    pages = [each for each in docs.rglob("*.md") if each.name != "index.md"]
    assert not [each for each in pages if not {each.resolve(), each.parent.resolve()} & named]


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    inside = [each for each in LINK.findall(text) if "://" not in each and not each.startswith("mailto:")]
    assert not [each for each in inside if not (document.parent / each).exists()]


@pytest.mark.parametrize(("module", "name"), sorted(set(HOP.findall(MAP))), ids=lambda found: found or "-")
def test_the_map_names_modules_that_stand_and_what_they_define(module: str, name: str) -> None:
    paths = [ROOT / each / module for each in BELOW if (ROOT / each / module).is_file()]
    assert len(paths) == 1
    tree = ast.parse(paths[0].read_text(encoding="utf-8"))
    assert not name or name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("room", ["plan", "desk"])
def test_the_map_draws_the_arrows_that_are_held(room: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(each["layers"] for each in contracts if each["id"] == room)
    drawn = next(line for line in MAP.splitlines() if line.startswith(f"{room}:  "))
    assert drawn.removeprefix(f"{room}:  ").split("  >  ") == [each for each in layers if not each.startswith("(")]
