"""Where a cursor stands in a plan's text: under which keys, in which cell. It reads lines, so half a line will do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_KEY = re.compile(r"""^(\s*(?:-\s+)*)("[^"]*"|'[^']*'|[^\s#:"'{\[|>][^:#]*?)\s*:(?=\s|$)(.*)$""")
_BLOCK = re.compile(r"^\s*[|>][+-]?\d*\s*(?:#.*)?$")
_WORD = re.compile(r"[^\W\d][\w]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. head: all of the head's line. column: the head's cell above, "" in the head itself.

    result: whether it stands behind the arrow.
    """

    head: str
    column: str
    result: bool


@dataclass(frozen=True, slots=True)
class Cursor:
    """path: the keys around it, outermost first; a key that is being typed is not in it. value: it stands behind a
    key's colon. word: what stands at it, "" for none, and typed: what of it stands before it. cell: of a table."""

    path: tuple[str, ...]
    value: bool
    word: str
    typed: str
    cell: Cell | None = None


def cursor_at(lines: Sequence[str], line: int, column: int) -> Cursor:
    """Return where the cursor stands. line, column: from 0; column in characters, beyond the end is the end."""
    lines = [*lines, ""]
    line = min(line, len(lines) - 1)
    text = lines[line]
    before = text[:column]
    word, typed = _word(text, len(before))
    block = _block(lines, line)
    if block is not None:
        head = _head(lines, block, line)
        cell = _cell(lines[head], before, head == line) if head is not None else None
        return Cursor((*_above(lines, block), _key_of(lines[block])), True, word, typed, cell)
    above = _above(lines, line, _indent(text) if text.strip() else len(before))
    inside, value = _in_line(before)
    return Cursor((*above, *inside), value, word, typed)


def _word(text: str, column: int) -> tuple[str, str]:
    for match in _WORD.finditer(text):
        if match.start() <= column <= match.end():
            return match[0], text[match.start() : column]
    return "", ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _key_of(line: str) -> str:
    match = _KEY.match(line)
    return match[2].strip("\"'") if match else ""


def _above(lines: Sequence[str], line: int, indent: int | None = None) -> tuple[str, ...]:
    """Return the keys of the lines above that stand further left, outermost first."""
    left = _indent(lines[line]) if indent is None else indent
    keys: list[str] = []
    for each in reversed(lines[:line]):
        if not each.strip() or each.lstrip().startswith("#") or _indent(each) >= left:
            continue
        match = _KEY.match(each)
        if match:
            keys.append(match[2].strip("\"'"))
            left = _indent(each)
        if left == 0:
            break
    return tuple(reversed(keys))


def _block(lines: Sequence[str], line: int) -> int | None:
    """Return the line of the key whose block of text the line belongs to, None if it is in none."""
    left = _indent(lines[line]) if lines[line].strip() else 10**6
    for number in range(line - 1, -1, -1):
        each = lines[number]
        if not each.strip() or _indent(each) >= left:
            continue
        match = _KEY.match(each)
        if match and _BLOCK.match(match[3]):
            return number
        left = _indent(each)
        if left == 0:
            break
    return None


def _head(lines: Sequence[str], block: int, line: int) -> int | None:
    """Return the line of the table's head."""
    for number in range(block + 1, line + 1):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            return number if "=>" in lines[number] or "\\" in lines[number] or number == line else None
    return None


def _cell(head: str, before: str, in_head: bool) -> Cell:
    result = "=>" in before
    position = len(re.findall(r"=>|\|", before))
    if in_head:
        return Cell(head, "", result)
    arrow = len(re.findall(r"\|", head.split("=>")[0]))
    columns = [each.strip() for each in re.split(r"=>|\|", head)]
    result = result or position > arrow
    return Cell(head, columns[position] if position < len(columns) else "", result)


def _in_line(before: str) -> tuple[tuple[str, ...], bool]:
    """Return the keys open at the end of what stands in the line, and whether a value is being written."""
    opened: list[tuple[str, str]] = []  # each bracket with the key before it
    key, value, quote, start = "", False, "", 0
    for position, sign in enumerate(before):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and not before[start:position].strip():
            quote = sign
        elif sign == "#" and (position == 0 or before[position - 1] == " "):
            break
        elif sign == ":" and before[position + 1 : position + 2] in (" ", ""):
            key, value, start = before[start:position].strip(" \"'-"), True, position + 1
        elif sign in "{[":
            opened.append((sign, key))
            value, start = sign == "[", position + 1
            key = key if value else ""
        elif sign in "}]" and opened:
            opened.pop()
            key, value, start = "", False, position + 1
        elif sign == "," and opened:
            value, start = opened[-1][0] == "[", position + 1
            key = opened[-1][1] if value else ""
    keys = [each for _, each in opened if each]
    if value and key and not (opened and opened[-1] == ("[", key)):
        keys.append(key)
    return tuple(keys), value
