"""Patterns and replacements of XPath 2.0, which FEEL's string functions take, as Python's regular expressions.

None stands for what XPath calls an error. Unknown here: Unicode blocks other than the first two."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import cache

FLAGS = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": 0, "q": 0}
PLAIN = frozenset("nrt\\|.?*+(){}-[]^$")  # what a backslash makes literal, or a line's end
CLASSES = {"d": r"\d", "D": r"\D", "s": r"\s", "S": r"\S", "w": r"\w", "W": r"\W"}
BLOCKS = {"IsBasicLatin": "\\x00-\\x7f", "IsLatin-1Supplement": "\\x80-\\xff"}
NAME_STARTS, NAME_PARTS = "_:A-Za-z\u00c0-\u02ff\u0370-\u1fff", r"\-._:\w\u00b7"
QUANTIFIER = re.compile(r"[*+?]|\{\d+(?:,\d*)?\}")
LONGEST = 5_000


class NoPattern(Exception):
    """What XPath does not take."""


@cache
def pattern_of(pattern: str, flags: str) -> re.Pattern[str] | None:
    """Return the pattern, None where XPath has an error."""
    if not set(flags) <= FLAGS.keys() or len(pattern) > LONGEST:
        return None
    python = sum({FLAGS[each] for each in flags})
    try:
        if "q" in flags:
            return re.compile(re.escape(pattern), python)
        bare = _Reader(pattern, without_blanks="x" in flags, lines="m" in flags).all()
        return re.compile(bare, python)
    except (NoPattern, re.error, OverflowError, RecursionError):
        return None


def replaced(found: re.Pattern[str], text: str, replacement: str) -> str | None:
    """Return the text with each match replaced; `$1` is a group. None where the pattern matches nothing at all."""
    if found.search("") is not None:
        return None
    parts = _parts(replacement, found.groups)
    if parts is None:
        return None

    def made(match: re.Match[str]) -> str:
        return "".join(each if isinstance(each, str) else match.group(each) or "" for each in parts)

    return found.sub(made, text)


def literally(found: re.Pattern[str], text: str, replacement: str) -> str:
    """Return the text with each match replaced by the very characters."""
    return found.sub(lambda match: replacement, text)


def _parts(replacement: str, groups: int) -> list[str | int] | None:
    parts: list[str | int] = []
    at = 0
    while at < len(replacement):
        sign, following = replacement[at], replacement[at + 1 : at + 2]
        if sign == "\\":
            if following not in ("\\", "$") or not following:
                return None
            parts.append(following)
            at += 2
        elif sign == "$":
            digits = re.match(r"\d+", replacement[at + 1 :], re.ASCII)
            if digits is None:
                return None
            number = digits.group()
            while len(number) > 1 and int(number) > groups:
                number = number[:-1]
            parts.append(int(number) if int(number) <= groups else "")
            at += 1 + len(number)
        else:
            parts.append(sign)
            at += 1
    return parts


class _Reader:
    """Reads one pattern and writes it as Python has it."""

    def __init__(self, text: str, *, without_blanks: bool, lines: bool) -> None:
        self.text, self.at = text, 0
        self.without_blanks, self.lines = without_blanks, lines

    def all(self) -> str:
        made = []
        while self.at < len(self.text):
            made.append(self._part())
        return "".join(made)

    def _part(self) -> str:
        sign = self._next()
        match sign:
            case "\\":
                return self._escape(within=False)
            case "[":
                return self._class()
            case "(":
                if self.text.startswith("?", self.at) and not self.text.startswith("?:", self.at):
                    raise NoPattern
                return sign
            case "$":
                return "$" if self.lines else r"\Z"
            case "*" | "+" | "?" | "{":
                return self._quantifier()
            case " " | "\t" | "\n" | "\r" if self.without_blanks:
                return ""
            case "#" | " " | "}" | "]":
                return "\\" + sign
        return sign

    def _next(self) -> str:
        if self.at >= len(self.text):
            raise NoPattern
        self.at += 1
        return self.text[self.at - 1]

    def _quantifier(self) -> str:
        found = QUANTIFIER.match(self.text, self.at - 1)
        if found is None:
            raise NoPattern
        self.at = found.end()
        if self.text.startswith("?", self.at):
            self.at += 1
            return found.group() + "?"
        if self.text[self.at : self.at + 1] in ("*", "+", "{"):
            raise NoPattern
        return found.group()

    def _escape(self, *, within: bool) -> str:
        sign = self._next()
        if sign in CLASSES:
            return CLASSES[sign]
        if sign in "pP":
            return self._category(negated=sign == "P", within=within)
        if sign in "iIcC":
            signs = NAME_STARTS if sign in "iI" else NAME_PARTS
            if within and sign in "IC":
                raise NoPattern
            return signs if within else f"[{'^' if sign in 'IC' else ''}{signs}]"
        if sign in PLAIN:
            return "\\" + sign
        if sign.isdigit() and sign != "0" and not within:
            return f"(?:\\{sign})"
        raise NoPattern

    def _category(self, *, negated: bool, within: bool) -> str:
        end = self.text.find("}", self.at)
        if not self.text.startswith("{", self.at) or end < 0:
            raise NoPattern
        name, self.at = self.text[self.at + 1 : end], end + 1
        signs = BLOCKS.get(name) or _signs(name)
        if within:
            return _others(name) if negated else signs
        return f"[{'^' if negated else ''}{signs}]"

    def _class(self) -> str:
        negated = self.text.startswith("^", self.at)
        self.at += negated
        made: list[str] = []
        minus = ""
        while True:
            sign = self._next()
            if sign == "]" and made:
                break
            if sign == "-" and self.text.startswith("[", self.at):
                self.at += 1
                minus = self._class()
                if self._next() != "]":
                    raise NoPattern
                break
            if sign == "[":
                raise NoPattern
            made.append(self._escape(within=True) if sign == "\\" else "\\" + sign if sign in "&~|#^" else sign)
        found = f"[{'^' if negated else ''}{''.join(made)}]"
        return f"(?:(?!{minus}){found})" if minus else found


@cache
def _signs(category: str) -> str:
    """Return all characters of a Unicode category (`L`, `Lu`) as the inside of a class."""
    if not 1 <= len(category) <= 2 or category[0] not in "LMNPSZC":
        raise NoPattern
    return _ranges(lambda sign: unicodedata.category(sign).startswith(category))


@cache
def _others(category: str) -> str:
    return _ranges(lambda sign: not unicodedata.category(sign).startswith(category))


def _ranges(belongs: Callable[[str], bool]) -> str:
    made: list[str] = []
    first: int | None = None
    for point in range(sys.maxunicode + 2):
        inside = point <= sys.maxunicode and belongs(chr(point))
        if inside and first is None:
            first = point
        elif not inside and first is not None:
            made.append(f"\\U{first:08x}-\\U{point - 1:08x}")
            first = None
    if not made:
        raise NoPattern
    return "".join(made)
