"""The language server as an editor meets it: a process that speaks over its pipes, whatever is typed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editor.client import Editor

SHOP = Path(__file__).parents[2] / "plans" / "ben-xuan"
PLAN = """\
tantam: 1
company: {name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}
mission: We serve our customers.
hours: {office: {mon-fri: "08:00-18:00"}}
channels: {mail: {}}
levels:
  agent: {handles: [minor], escalates_to: manager}
  manager: {label: The boss, handles: [serious]}
terms:
  fault: {one_of: [ours, customer], ask: What is wrong?}
texts: {replaced: We bring a new one.}
policies:
  swap:
    commitment: We exchange.
    granted_by: agent
    decides: |
      fault    => outcome | say
      ours     |  replace | replaced
      customer |  decline | -
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = (tmp_path / "plan.yaml").resolve()
    file.write_text(PLAN, encoding="utf-8")
    return file


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    editor = Editor(tmp_path)
    yield editor
    if editor.process.poll() is None:
        editor.process.terminate()
        editor.process.wait(10)


def where(text: str, found: str, after: int = 0) -> tuple[int, int]:
    """Return line and character, from 0, `after` characters behind the start of what is found first."""
    before = text[: text.index(found)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1 + after


def labels(told: dict[str, object]) -> set[str]:
    return {each["label"] for each in told["items"]}


def test_what_is_wrong_is_told_as_one_types_and_taken_back(editor: Editor, plan: Path) -> None:
    editor.open(plan)
    assert editor.wait_for(plan, 1) == []
    editor.type(plan, PLAN.replace("ours     |  replace", "our      |  replace"))
    (told, *_) = editor.wait_for(plan, 2)
    assert (told["code"], told["severity"], told["source"]) == ("T08", 1, "tantam")
    assert told["range"] == {"start": {"line": 17, "character": 6}, "end": {"line": 17, "character": 9}}
    editor.type(plan, PLAN)
    assert editor.wait_for(plan, 3) == []
    assert editor.close() == 0


def test_findings_of_the_checks_come_with_what_to_do(editor: Editor, plan: Path) -> None:
    editor.open(plan)
    editor.wait_for(plan, 1)
    editor.type(plan, PLAN.replace("      customer |  decline | -\n", ""))
    told = {each["code"]: each for each in editor.wait_for(plan, 2)}
    assert "fault = customer" in told["K01"]["message"] and "otherwise" in told["K01"]["message"]


def test_broken_yaml_is_told_and_never_ends_the_server(editor: Editor, plan: Path) -> None:
    editor.open(plan)
    editor.wait_for(plan, 1)
    halves = [PLAN[:length] for length in range(40, len(PLAN), 97)]
    for text in [*halves, "", "\t- [", "{{{{", "a: &a [*a]", "\ufeff", "\x00"]:
        editor.type(plan, text)
        editor.at("completion", plan, 0, 1)
        editor.at("hover", plan, 3, 5)
        editor.at("definition", plan, 7, 9)
        editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": plan.as_uri()}})
    editor.type(plan, "tantam: 1\ncompany: {name: [\n")
    told = editor.wait_for(plan, editor.versions[plan.as_uri()])
    assert [each["code"] for each in told] == ["F06"]
    editor.type(plan, PLAN)
    assert editor.wait_for(plan, editor.versions[plan.as_uri()]) == []


def test_many_changes_are_one_check(editor: Editor, plan: Path) -> None:
    editor.open(plan)
    editor.wait_for(plan, 1)
    before = editor.told
    for count in range(20):
        editor.type(plan, PLAN + f"# {count}\n")
        editor.quiet(0.05)
    editor.wait_for(plan, 21)
    assert editor.told - before <= 3, "twenty changes in a second"


def test_names_are_completed_where_they_may_stand(editor: Editor, plan: Path) -> None:
    editor.open(plan)
    assert labels(editor.at("completion", plan, *where(PLAN, "granted_by: agent", 12))) == {"agent", "manager"}
    assert labels(editor.at("completion", plan, *where(PLAN, "escalates_to: manager", 15))) == {"agent", "manager"}
    assert labels(editor.at("completion", plan, *where(PLAN, "ours     |  replace"))) == {"ours", "customer"}
    assert labels(editor.at("completion", plan, *where(PLAN, "| replaced", 3))) == {"replaced"}
    assert "fault" in labels(editor.at("completion", plan, *where(PLAN, "fault    =>", 2)))


def test_keys_and_fixed_values_are_completed_from_the_schema(editor: Editor, plan: Path) -> None:
    editor.open(plan)
    text = PLAN.replace("    granted_by: agent\n", "    granted_by: agent\n    hi\n    pinned: \n")
    editor.type(plan, text)
    assert {"hit", "needs", "outcomes"} <= labels(editor.at("completion", plan, *where(text, "    hi", 6)))
    assert labels(editor.at("completion", plan, *where(text, "pinned: ", 8))) == {"case", "purchase"}
    assert {"levels", "policies"} <= labels(editor.at("completion", plan, 0, 0))


def test_hover_says_what_a_name_is(editor: Editor, plan: Path) -> None:
    editor.open(plan)
    said = [
        editor.at("hover", plan, *where(PLAN, spot, after))["contents"]["value"]
        for spot, after in (("escalates_to: manager", 15), ("fault    =>", 1), ("| replaced", 3))
    ]
    assert "levels.manager" in said[0] and "The boss" in said[0]
    assert "terms.fault" in said[1] and "What is wrong?" in said[1]
    assert "We bring a new one." in said[2]
    assert editor.at("hover", plan, 2, 12) is None, "words of a text are no names"


def test_definition_leads_to_the_clause(editor: Editor, plan: Path) -> None:
    editor.open(plan)
    found = editor.at("definition", plan, *where(PLAN, "granted_by: agent", 13))
    assert found["uri"] == plan.as_uri()
    assert (found["range"]["start"]["line"], found["range"]["start"]["character"]) == where(PLAN, "agent: {")


def test_symbols_are_the_sections_and_their_clauses(editor: Editor, plan: Path) -> None:
    editor.open(plan)
    symbols = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": plan.as_uri()}})
    below = {each["name"]: [child["name"] for child in each["children"]] for each in symbols}
    assert list(below)[:2] == ["tantam", "company"]
    assert below["levels"] == ["agent", "manager"] and below["policies"] == ["swap"]


def test_a_folder_is_one_plan_and_unsaved_files_count(tmp_path: Path, editor: Editor) -> None:
    folder = (tmp_path / "shop").resolve()
    shutil.copytree(SHOP, folder)
    plan, policies = folder / "plan.yaml", folder / "policies.yaml"
    editor.open(plan)
    editor.wait_for(plan, 1)
    assert [each["code"] for told in editor.diagnostics.values() for each in told if each["severity"] < 3] == []
    editor.open(policies)
    text = policies.read_text(encoding="utf-8")
    editor.type(policies, text.replace("granted_by: plan", "granted_by: nobody", 1))
    told = editor.wait_for(policies, 2)
    assert "S06" in [each["code"] for each in told] or "S05" in [each["code"] for each in told]
    line, character = where(text, "by: specialist", 5)
    found = editor.at("definition", policies, line, character)
    assert found["uri"] == plan.as_uri(), "levels stand in another file"


def test_columns_are_counted_as_the_editor_counts_them(editor: Editor, plan: Path) -> None:
    text = PLAN.replace("label: The boss, handles: [serious]", 'label: "😀😀", handles: [serious], zzzz: 1')
    plan.write_text(text, encoding="utf-8")
    editor.open(plan)
    (told, *_) = editor.wait_for(plan, 1)
    line, character = where(text, "zzzz")
    assert told["range"]["start"] == {"line": line, "character": character + 2}, "two signs of two units each"


def test_findings_are_said_in_the_language_of_the_editor(tmp_path: Path, plan: Path) -> None:
    editor = Editor(tmp_path, "vi-VN")
    plan.write_text(PLAN.replace("granted_by: agent", "granted_by: agnt"), encoding="utf-8")
    editor.open(plan)
    (told, *_) = editor.wait_for(plan, 1)
    assert "Không có" in told["message"]
    assert editor.close() == 0


def test_other_yaml_is_left_alone(tmp_path: Path, editor: Editor, plan: Path) -> None:
    other = (tmp_path / "elsewhere" / "ci.yaml").resolve()
    other.parent.mkdir()
    other.write_text("on: push\njobs: {}\n", encoding="utf-8")
    plan.unlink()
    editor.open(other)
    editor.quiet(1.0)
    assert editor.diagnostics == {}
