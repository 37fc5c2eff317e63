"""`tantam compare`: what it prints, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_plan_commands import SHOP, run


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A later version of the shop's plan: faulty things are exchanged for two years."""
    file = tmp_path / "later.yaml"
    file.write_text(SHOP.read_text(encoding="utf-8").replace("<= 365 days", "<= 730 days"), encoding="utf-8")
    return file


def test_nothing_changed_ends_with_0_and_changes_with_1(later: Path) -> None:
    same = run("compare", SHOP, SHOP)
    assert same.code == 0 and "mean the same" in same.out
    changed = run("compare", SHOP, later)
    assert changed.code == 1
    assert "up to 365 days → up to 730 days" in changed.out and "[policies.exchange.decides#faulty]" in changed.out
    assert "For example" in changed.out and "Before: repair" in changed.out


@pytest.mark.parametrize(("lang", "words"), [("vi", "365 ngày → "), ("de", "bis 365 Tage → bis 730 Tage")])
def test_it_speaks_the_language_asked_for(later: Path, lang: str, words: str) -> None:
    assert words in run("compare", SHOP, later, "--lang", lang).out


def test_json_has_codes_clauses_and_the_case(later: Path) -> None:
    ended = run("compare", SHOP, later, "--json")
    told = ended.json()
    assert ended.code == 1 and told["same"] is False
    (change,) = told["changes"]
    assert (change["code"], change["clause"]) == ("changed", "policies.exchange.decides#faulty")
    assert change["edits"] == [{"part": "owned", "before": "<= 365 days", "after": "<= 730 days", "languages": []}]
    assert change["example"]["before"]["outcome"] == "repair" and change["example"]["after"]["outcome"] == "replace"
    assert change["touches"] == "case" and change["weight"] == "promised"


def test_markdown_is_a_list_that_a_pull_request_can_bear(later: Path) -> None:
    ended = run("compare", SHOP, later, "--format", "markdown")
    assert ended.code == 1
    head, _, kind, _, change, touched = ended.out.rstrip().split("\n")
    assert head.startswith("1 change between ") and kind == "### What customers are promised"
    assert change.startswith("- Exchange, row “faulty”") and change.endswith("`policies.exchange.decides#faulty`")
    assert touched.startswith("  <br>*For example: ") and touched.endswith("*")
    assert run("compare", SHOP, SHOP, "--format", "markdown").out.strip() == "The two plans mean the same."
    assert run("compare", SHOP, later, "--format", "json").json() == run("compare", SHOP, later, "--json").json()


def test_what_cannot_be_read_ends_with_2_and_says_where(later: Path, tmp_path: Path) -> None:
    later.write_text(later.read_text(encoding="utf-8").replace("=> critical | chief", "=> critical | chef"))
    ended = run("compare", SHOP, later)
    assert ended.code == 2 and "chef" in ended.err and not ended.out
    assert run("compare", tmp_path / "nowhere", SHOP).code == 2
    assert run("compare", SHOP, SHOP, "--lang", "fr").code == 2
