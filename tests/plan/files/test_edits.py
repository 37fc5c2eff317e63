"""An edit of a plan's text changes its own lines; comments, layout and all else stay as they were written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tantam.plan.errors import NotEditable
from tantam.plan.files import Mapping, Scalar, Source, at, edited, key_place_of, parse, removed, renamed, walk
from tantam.plan.files.rows import rows_of
from tests.support.proving import examples

ROOT = Path(__file__).parents[3]
FILES = [*sorted(ROOT.glob("plans/*/*.yaml")), ROOT / "tests/plan/samples/shop.yaml"]
SOURCES = [Source(each.name, each.read_text(encoding="utf-8")) for each in FILES]
TEXT = """\
# What we are called
company:
  name: Shop   # short
  tone: 'warm'
  says: {vi: Chào, en: "Hello"}
  tags: [a, b]   # two

policies:
  exchange:   # the first
    decides: |
      row    | fault | owned      => outcome  # why
      faulty | ours  | <= 30 days |  replace
      # never otherwise
      rest   | none  | -          |  decline
    note: >
      Folded text
      on two lines.

# The end
last:
- x: 1
  y: 2
- z
"""
SHOP = Source("plan.yaml", TEXT)


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that left and those that came, without what is the same around them."""
    old, new = before.split("\n"), after.split("\n")
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        (["company", "name"], "Store", ["  name: Store   # short"]),
        (["company", "name"], "a: b", ['  name: "a: b"   # short']),
        (["company", "name"], "no", ["  name: no   # short"]),
        (["company", "name"], "~", ['  name: "~"   # short']),
        (["company", "name"], None, ["  name: ~   # short"]),
        (["company", "name"], "one\ntwo\n", ["  name: |   # short", "    one", "    two"]),
        (["company", "name"], {"vi": "A", "en": "B"}, ["  name:   # short", "    vi: A", "    en: B"]),
        (["company", "tone"], "it's", ["  tone: 'it''s'"]),
        (["company", "says", "en"], "Hi, you", ['  says: {vi: Chào, en: "Hi, you"}']),
        (["company", "says", "vi"], "Xin chào, bạn", ['  says: {vi: "Xin chào, bạn", en: "Hello"}']),
        (["company", "says", "de"], "Hallo", ['  says: {vi: Chào, en: "Hello", de: Hallo}']),
        (["company", "tags", 1], "c", ["  tags: [a, c]   # two"]),
        (["company", "tags", 2], "c", ["  tags: [a, b, c]   # two"]),
        (["company", "zone"], "UTC", ["  zone: UTC"]),
        (["policies", "exchange", "note"], "New.\n", ["      New."]),
        (["policies", "refund", "kind"], "refund", ["  refund:", "    kind: refund"]),
        (["last", 0, "y"], "3", ["  y: 3"]),
        (["last", 1], "w", ["- w"]),
        (["last", 2], "v", ["- v"]),
        (["policies", "exchange", "decides", "#faulty", "outcome"], "repair", [
            "      faulty | ours  | <= 30 days |  repair"]),
        (["policies", "exchange", "decides", "#faulty", "owned"], "<= 9 days", [
            "      faulty | ours  | <= 9 days  |  replace"]),
        (["policies", "exchange", "decides", "#rest"], "rest | customer | - | ask", [
            "      rest   | customer | -          |  ask"]),
        (["policies", "exchange", "decides", "#new"], "new | x | - | y", ["      new | x | - | y"]),
    ],
)  # fmt: skip
def test_an_edit_changes_its_own_lines_alone(path: list[str | int], value: Any, lines: list[str]) -> None:
    assert changed(TEXT, edited(SHOP, path, value).text)[1] == lines


@pytest.mark.parametrize(
    ("path", "left", "came"),
    [
        (["company", "name"], ["  name: Shop   # short"], []),
        (["company", "says", "vi"], ['  says: {vi: Chào, en: "Hello"}'], ['  says: {en: "Hello"}']),
        (["company", "says", "en"], ['  says: {vi: Chào, en: "Hello"}'], ["  says: {vi: Chào}"]),
        (["last", 1], ["- z"], []),
        (["last", 0, "x"], ["- x: 1", "  y: 2"], ["- y: 2"]),
        (["policies", "exchange", "decides", "#faulty"], ["      faulty | ours  | <= 30 days |  replace"], []),
        (["policies", "exchange", "note"], ["    note: >", "      Folded text", "      on two lines."], []),
    ],
)
def test_what_is_removed_leaves_with_its_own_lines(path: list[str | int], left: list[str], came: list[str]) -> None:
    assert changed(TEXT, removed(SHOP, path).text) == (left, came)


def test_a_key_is_renamed_where_it_stands() -> None:
    after = renamed(SHOP, ["company", "says"], "greets").text
    assert changed(TEXT, after)[1] == ['  greets: {vi: Chào, en: "Hello"}']


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["company", "name", "x"], "y"),
        (["company", "tags", 7], "y"),
        (["policies", "exchange", "decides", "#faulty", "nothing"], "y"),
        (["company", "decides", "#faulty"], "y | z"),
        (["company", "name"], "a\x00b"),
    ],
)
def test_what_cannot_be_changed_alone_is_refused(path: list[str | int], value: Any) -> None:
    with pytest.raises(NotEditable):
        edited(SHOP, path, value)


def test_what_others_refer_to_is_not_changed_behind_their_backs() -> None:
    source = Source("x", "a: &a {x: 1}\nb: *a\nc: {<<: *a}\n")
    with pytest.raises(NotEditable):
        edited(source, ["a"], "2")
    assert edited(source, ["c", "x"], "3").text == "a: &a {x: 1}\nb: *a\nc: {<<: *a, x: 3}\n"


TEXTS = some.text(some.characters(codec="utf-8", exclude_categories=["C"], include_characters="\n"), max_size=30)
VALUES = TEXTS | some.none() | some.dictionaries(TEXTS, TEXTS, max_size=3) | some.lists(TEXTS, max_size=3)
PIECES = some.sampled_from([
    "- a", "a: b", "#x", "{a}", "~", "yes", "1.5", " x ", "a #b", "'", '"', "\\", "|", "&a", "*a", "a\nb", "a\n\n b\n",
    "\n", "Xin chào, bạn", "!x", "%", "@", "a\n\n",
])  # fmt: skip


@settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(some.data())
def test_any_value_anywhere_reads_back_and_all_other_lines_stay(data: some.DataObject) -> None:
    source = data.draw(some.sampled_from(SOURCES))
    root, _ = parse(source)
    assert isinstance(root, Mapping)
    path, node = data.draw(some.sampled_from([each for each in walk(root) if each[0]]))
    value = data.draw(VALUES | PIECES)
    try:
        after = edited(source, path, value)
    except NotEditable:
        # Only line breaks and blanks that no line can end with may keep a text from being written.
        assert any(each in repr(value) for each in ("\\x85", "\\u2028", "\\u2029", "\\u")), (path, value)
        return
    again, wrong = parse(after)
    assert again is not None and not wrong
    found = at(again, path)
    assert found is not None and found.plain() == value
    others = [each for each in walk(root) if each[0][: len(path)] != path and isinstance(each[1], Scalar)]
    assert all(at(again, where).plain() == each.plain() for where, each in others)
    left, _ = changed(source.text, after.text)
    assert len(left) <= _lines(node, key_place_of(root, path).line)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(some.data())
def test_any_cell_of_any_table_changes_alone(data: some.DataObject) -> None:
    source = data.draw(some.sampled_from(SOURCES))
    root, _ = parse(source)
    assert root is not None
    tables = [(path, rows) for path, node in walk(root) if isinstance(node, Scalar) and (rows := rows_of(node))]
    if not tables:
        return
    path, rows = data.draw(some.sampled_from(tables))
    row = data.draw(some.sampled_from([each for each in rows.lines if each.name]))
    column = data.draw(some.integers(rows.wide, len(row.cells) - 1))
    name = rows.columns[column]
    after = edited(source, [*path, f"#{row.name}", name], "'x | y'")
    assert [len(each) for each in changed(source.text, after.text)] == [1, 1]
    again, _ = parse(after)
    assert again is not None
    table = rows_of(at(again, path))
    found = table.lines[table.find(row.name) or 0]
    cells = [cell for cell, _, _ in row.cells]
    cells[rows.columns.index(name)] = "'x | y'"
    assert [cell for cell, _, _ in found.cells] == cells


def _lines(node: Any, first: int) -> int:
    """Return on how many lines the node may stand, from that of its key on."""
    places = [
        each.place.line + (each.text.count("\n") + 1 if isinstance(each, Scalar) else 0) for _, each in walk(node)
    ]
    return max(places) - first + 2
