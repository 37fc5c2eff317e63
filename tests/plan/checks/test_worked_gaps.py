"""The worked cases of docs/algorithms/gaps.md: each plan finds what its table says, no more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tantam.plan.checks import check
from tantam.plan.checks.tables import check_tables
from tantam.plan.errors import Severity
from tantam.plan.sections import read
from tantam.plan.words import LANGUAGES

PAGE = Path(__file__).parents[3] / "docs" / "algorithms" / "gaps.md"
TEXT = PAGE.read_text(encoding="utf-8").split("## Worked cases")[1]
HEAD = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[0]
CASES = [
    re.match(r"(\d+)\. .*?```yaml\n(.*?)```\n\n((?:\|[^\n]*\|\n)+)", part, re.DOTALL).groups()
    for part in TEXT.split("### ")[1:]
]


def test_every_case_of_the_page_is_run() -> None:
    assert [case[0] for case in CASES] == [str(n) for n in range(1, 25)]


@pytest.mark.parametrize(("number", "plan", "table"), CASES, ids=[case[0] for case in CASES])
def test_a_plan_finds_what_the_page_says(number: str, plan: str, table: str, tmp_path: Path) -> None:
    head = HEAD
    if plan.startswith("terms:"):
        # The page shows only the term that is new; it joins the head's.
        own, plan = re.match(r"terms:\n((?:  .*\n)+)(.*)", plan, re.DOTALL).groups()
        head = HEAD.replace("outputs:", own + "outputs:")
    (tmp_path / "plan.yaml").write_text(head + plan, encoding="utf-8")
    found = check(read(tmp_path / "plan.yaml"))
    expected = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()[2:]]
    told = [
        [each.code, str(each.args.get("row", "")), str(each.args.get("case", ""))]
        for each in sorted(found, key=lambda each: (each.place, each.code))
    ]
    assert told == expected, [each.sentence() for each in found]
    for each in found:
        for lang in LANGUAGES:
            assert each.sentence(lang)
            assert each.next_step(lang)


def test_a_table_too_large_to_search_in_full_gets_a_note_never_silence(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(HEAD + CASES[12][1], encoding="utf-8")
    plan = read(tmp_path / "plan.yaml")
    assert [each.code for each in check_tables(plan)] == ["K02", "K02"]
    codes = {steps: [each.code for each in check_tables(plan, steps=steps)] for steps in (0, 20, 10_000)}
    assert codes == {0: ["K07"], 20: ["K07"], 10_000: ["K02", "K02"]}
    (note,) = check_tables(plan, steps=0)
    assert note.severity is Severity.NOTE
