"""What the documentation links to is there, and its index names every page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.sources import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
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
