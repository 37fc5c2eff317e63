"""Where a cursor stands in a plan's text: under which keys, in which cell. It reads lines, so half a line will do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

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
    line = _Line(before)
    for position, sign in enumerate(before):
        if sign == "#" and not line.quote and before[position - 1 : position] in (" ", ""):
            break
        line.take(position, sign)
    return line.keys(), line.value


@dataclass(slots=True)
class _Line:
    """A line read sign by sign. opened: each bracket with the key before it. start: where the word now written begins.

    key: the last one met; value: whether what is written stands behind its colon, or in a list. quote: that is open.
    """

    text: str
    opened: list[tuple[str, str]] = field(default_factory=list)
    key: str = ""
    value: bool = False
    quote: str = ""
    start: int = 0

    def take(self, position: int, sign: str) -> None:
        """Read one sign; one in quotes means nothing."""
        if self.quote:
            self.quote = "" if sign == self.quote else self.quote
        elif sign in "\"'" and not self.text[self.start : position].strip():
            self.quote = sign
        elif sign in "{}[],:":
            self._structure(position, sign)

    def keys(self) -> tuple[str, ...]:
        """Return the keys that are open, outermost first."""
        keys = [each for _, each in self.opened if each]
        in_own_list = bool(self.opened) and self.opened[-1] == ("[", self.key)
        return (*keys, self.key) if self.value and self.key and not in_own_list else tuple(keys)

    def _structure(self, position: int, sign: str) -> None:
        match sign:
            case ":" if self.text[position + 1 : position + 2] in (" ", ""):
                self.key, self.value = self.text[self.start : position].strip(" \"'-"), True
            case "{" | "[":
                self.opened.append((sign, self.key))
                self.key, self.value = (self.key, True) if sign == "[" else ("", False)
            case "}" | "]" if self.opened:
                self.opened.pop()
                self.key, self.value = "", False
            case "," if self.opened:
                bracket, key = self.opened[-1]
                self.key, self.value = (key, True) if bracket == "[" else ("", False)
            case _:
                return
        self.start = position + 1
