"""Every text that customers read, in every language of the company."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.plan.checks import check
from tantam.plan.sections import read
from tests.plan.checks.plans import HEAD, codes, findings

MANY = HEAD.replace("[en]", "[vi, de, en]").replace(
    "We serve our customers.", "{vi: Chúng tôi phục vụ khách., de: Wir dienen., en: We serve.}"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("texts: {hello: {vi: Chào, de: Guten Tag, en: Hello}}", []),
        ("texts: {hello: {vi: Chào, en: Hello}}", [("K50", "texts.hello", "de")]),
        ("texts: {hello: {vi: Chào, de: '', en: Hello}}", [("K50", "texts.hello", "de")]),
        ("texts: {hello: Hello}", [("K51", "texts.hello", "de, en")]),
        ("courtesy: {greet: {vi: Chào, de: Hallo}}", [("K50", "courtesy.greet", "en")]),
        ("terms: {size: {number: 0.., ask: Size?}}", [("K51", "terms.size.ask", "de, en")]),
        ("terms: {size: {number: 0.., label: Size}}", []),
        ("terms: {tongue: {one_of: {vi: tiếng Việt, en: English}}}", []),
        ("levels: {boss: {label: {vi: Sếp}}}", [("K50", "levels.boss.label", "de, en")]),
    ],
)
def test_a_text_that_a_language_lacks_is_told(text: str, expected: list[tuple[str, str, str]], tmp_path: Path) -> None:
    found = findings(tmp_path, text + "\n", head=MANY)
    told = [(each.code, each.clause, each.args["languages"]) for each in found if each.code in ("K50", "K51")]
    assert told == expected


def test_one_language_needs_no_translation(tmp_path: Path) -> None:
    assert codes(findings(tmp_path, "texts: {hello: Hello}\nterms: {a: {one_of: [x, y], ask: Which?}}\n"), "K5") == []


def test_placeholders_are_the_same_in_every_language(tmp_path: Path) -> None:
    text = 'texts: {paid: {vi: "{gets} trong {within}", de: "{gets} in {within}", en: "{gets} by {when}"}}\n'
    (found,) = (each for each in findings(tmp_path, text, head=MANY) if each.code == "K52")
    assert (found.args["language"], found.args["names"]) == ("en", "when, within")


def test_values_that_customers_choose_from_have_words(tmp_path: Path) -> None:
    text = "terms: {fault: {one_of: [ours, none], ask: {vi: Sao?, de: Was?, en: What?}}}\n"
    (found,) = (each for each in findings(tmp_path, text, head=MANY) if each.code == "K53")
    assert found.args["values"] == "ours, none"


def test_a_language_of_the_texts_files_is_missed(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(MANY, encoding="utf-8")
    (tmp_path / "texts.vi.yaml").write_text("hello: Chào\nbye: Tạm biệt\n", encoding="utf-8")
    (tmp_path / "texts.de.yaml").write_text("hello: Hallo\nbye: Tschüs\n", encoding="utf-8")
    (tmp_path / "texts.en.yaml").write_text("hello: Hello\n", encoding="utf-8")
    found = [each for each in check(read(tmp_path)) if each.code == "K50"]
    assert [(each.clause, each.args["languages"]) for each in found] == [("texts.bye", "en")]
