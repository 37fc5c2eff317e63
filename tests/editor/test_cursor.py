"""Where a cursor stands, also in half a line."""

from __future__ import annotations

import pytest

from tantam.editor.cursor import cursor_at

TEXT = """\
levels:
  agent: {handles: [minor], escalates_to: mana
  # a note: not a key
  manager:
    label: {vi: Quản lý, en: "Boss: the first"}
    escalates_to:
      missed: dir
policies:
  swap:
    decides: |
      row  | fault | price => outcome | say
      # nothing
      a    | ours  | -     |  repl    | re
      b    | none
    outcomes:
      replace: {say: re
    hi
"""
LINES = TEXT.split("\n")


def at(spot: str) -> tuple[tuple[str, ...], bool, str]:
    """Return what the cursor is behind the first line that ends with, or has, `spot`."""
    line = next(number for number, each in enumerate(LINES) if spot in each)
    found = cursor_at(LINES, line, LINES[line].index(spot) + len(spot))
    return found.path, found.value, found.typed


@pytest.mark.parametrize(
    ("spot", "path", "value", "typed"),
    [
        ("escalates_to: mana", ("levels", "agent", "escalates_to"), True, "mana"),
        ("handles: [mi", ("levels", "agent", "handles"), True, "mi"),
        ("{hand", ("levels", "agent"), False, "hand"),
        ("minor], esc", ("levels", "agent"), False, "esc"),
        ("missed: dir", ("levels", "manager", "escalates_to", "missed"), True, "dir"),
        ("{say: re", ("policies", "swap", "outcomes", "replace", "say"), True, "re"),
        ("    hi", ("policies", "swap"), False, "hi"),
        ("  man", ("levels",), False, "man"),
    ],
)
def test_the_keys_around_a_cursor(spot: str, path: tuple[str, ...], value: bool, typed: str) -> None:
    assert at(spot) == (path, value, typed)


@pytest.mark.parametrize(
    ("spot", "column", "result"),
    [
        ("a    | ou", "fault", False),
        ("|  repl", "outcome", True),
        ("repl    | re", "say", True),
        ("b    | no", "fault", False),
    ],
)
def test_the_column_above_a_cell(spot: str, column: str, result: bool) -> None:
    line = next(number for number, each in enumerate(LINES) if spot in each)
    cell = cursor_at(LINES, line, LINES[line].index(spot) + len(spot)).cell
    assert cell is not None and (cell.column, cell.result) == (column, result)


def test_no_place_of_a_text_is_out_of_reach() -> None:
    for line in range(len(LINES) + 2):
        for column in range(0, 60, 3):
            cursor_at(LINES, line, column)
    assert cursor_at([], 5, 5).path == ()
