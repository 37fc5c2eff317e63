"""docs/reference/findings.md lists every finding, with its sentence, its weight and an example that shows it."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from ruamel import yaml

from tantam.plan.checks import check
from tantam.plan.errors import Finding, PlanUnreadable
from tantam.plan.sections import read
from tantam.plan.words import catalogue

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
HEAD = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
YAML = yaml.YAML(typ="safe", pure=True)
MENDED: dict[str, list[tuple[str, str]]] = YAML.load(
    (Path(__file__).parent / "checks" / "mended.yaml").read_text(encoding="utf-8")
)
CODE = re.compile(r"[FSTHKPQ]\d{2,3}(?:_none|_excluded)?")
# Shown by their own tests: they need a folder, a stored plan, a day, or a budget; or another finding comes first.
WITHOUT_EXAMPLE = {
    *(f"F{number:02}" for number in (*range(1, 5), 11, 14, 16, *range(18, 24), 25, *range(27, 31), 32, *range(40, 45))),
    *("P17", "K07", "K13", "K14", "K31", "K182", "S08", "S10", "T47", "T49", "T51", "T54", "Q01"),
}


@dataclass(frozen=True)
class Entry:
    """What the page says of a code. kind: of the example, "" without one."""

    code: str
    weights: tuple[str, ...]
    says: str
    kind: str
    example: str


def _entries() -> list[Entry]:
    found = []
    for part in PAGE.split("\n### ")[1:]:
        head, _, rest = part.partition("\n")
        code, weights = re.fullmatch(r"(\w+) \((.+)\)", head).groups()
        example = re.search(r"```(\w+)\n(.*?)```", rest, re.DOTALL)
        says = rest.strip().partition("\n")[0]
        kind, text = example.groups() if example else ("", "")
        found.append(Entry(code, tuple(weights.split(" or ")), says, kind, text))
    return found


ENTRIES = _entries()


def test_every_finding_is_listed_once() -> None:
    listed, said = Counter(each.code for each in ENTRIES), {key for key in catalogue() if CODE.fullmatch(key)}
    unlisted, unsaid = sorted(said - listed.keys()), sorted(listed.keys() - said)
    assert not unlisted, "these lack a heading, their English sentence and an example on the page"
    assert not unsaid, "these stand on the page, but have no sentence in src/tantam/plan/words/checks*.toml"
    assert not [code for code, times in listed.items() if times > 1]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_a_finding_says_what_the_page_says(entry: Entry) -> None:
    remedy = catalogue().get(f"{entry.code}_remedy", {}).get("en")
    assert entry.says == catalogue()[entry.code]["en"] + (f" » {remedy}" if remedy else "")


def test_only_what_no_small_plan_can_show_lacks_an_example() -> None:
    assert {each.code for each in ENTRIES if not each.kind} == WITHOUT_EXAMPLE


@pytest.mark.parametrize("entry", [each for each in ENTRIES if each.kind], ids=lambda entry: entry.code)
def test_an_example_shows_its_finding(entry: Entry, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(_plan(entry), encoding="utf-8")
    found, unreadable = _findings(tmp_path / "plan.yaml")
    shown = [each for each in found if each.code == entry.code]
    assert shown, (
        f"not found, only {[each.code for each in found]}; is the check in src/tantam/plan/checks/registry.py?"
    )
    assert str(shown[0].severity) in entry.weights
    assert unreadable == (entry.code[0] not in "KP" and "error" in entry.weights)


@pytest.mark.parametrize("code", sorted(MENDED))
def test_a_finding_goes_once_its_cause_is_mended(code: str, tmp_path: Path) -> None:
    entry = next(each for each in ENTRIES if each.code == code)
    text = entry.example
    for old, new in MENDED[code]:
        assert old in text, old
        text = text.replace(old, new)
    counts = []
    for example in (entry, replace(entry, example=text)):
        (tmp_path / "plan.yaml").write_text(_plan(example), encoding="utf-8")
        found, unreadable = _findings(tmp_path / "plan.yaml")
        assert not unreadable, [each.sentence() for each in found]
        counts.append([each.code for each in found].count(code))
    assert counts[0], "the example does not show it; is the check in src/tantam/plan/checks/registry.py?"
    assert counts[1] == counts[0] - 1, "what the head leaves unused stays so"


def _findings(path: Path) -> tuple[list[Finding], bool]:
    try:
        return check(read(path)), False
    except PlanUnreadable as refused:
        return list(refused.findings), True


def _plan(entry: Entry) -> str:
    match entry.kind:
        case "file":
            return entry.example
        case "expression":
            return HEAD + _policy(f"when => outcome\n{entry.example.rstrip()} => a\notherwise => b")
        case "table":
            return HEAD + _policy(entry.example)
    if entry.example.startswith(("terms:", "records:", "outputs:")):
        joined, own = YAML.load(HEAD), YAML.load(entry.example)
        return json.dumps({**joined, **{section: {**joined.get(section, {}), **own[section]} for section in own}})
    return HEAD + entry.example


def _policy(decides: str) -> str:
    rows = "".join(f"      {line}\n" for line in decides.splitlines())
    return f"policies:\n  help:\n    commitment: We help.\n    decides: |\n{rows}"
