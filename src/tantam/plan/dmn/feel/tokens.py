"""Cuts FEEL text into tokens with their offsets; knows no names and no grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tantam.plan.dmn.feel.trouble import Trouble

LONGEST = 20_000  # tokens of one expression
KEYWORDS = frozenset(
    [
        "for",
        "in",
        "return",
        "if",
        "then",
        "else",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "between",
        "instance",
        "of",
        "function",
        "external",
        "true",
        "false",
        "null",
    ]
)
TOKEN = re.compile(
    r"(?P<space>(?:\s|//[^\n]*|/\*.*?\*/)+)"
    r'|(?P<string>"(?:[^"\\]|\\.)*")'
    r"|(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>\?|[^\W\d]\w*)"
    r"|(?P<symbol>\*\*|\.\.|<=|>=|!=|->|.)",
    re.DOTALL,
)
ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


class Kind(StrEnum):
    """What a token is; keywords are names."""

    NUMBER = "number"
    STRING = "string"
    NAME = "name"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """text: as written. at, end: offsets in the source."""

    kind: Kind
    text: str
    at: int
    end: int


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens, the last of kind END. Raises Trouble beyond LONGEST."""
    found: list[Token] = []
    for match in TOKEN.finditer(text):
        if match.lastgroup != "space":
            found.append(Token(Kind(match.lastgroup or ""), match.group(), match.start(), match.end()))
            if len(found) > LONGEST:
                raise Trouble("D04", match.start(), limit=LONGEST)
    return (*found, Token(Kind.END, "", len(text), len(text)))


def words_of(name: str) -> tuple[str, ...]:
    """Return a name as the texts of its tokens: what an expression must write to mean it."""
    return tuple(each.text for each in tokens_of(name)[:-1])


def joined(tokens: tuple[Token, ...]) -> str:
    """Return the name that tokens spell: with one blank where the source has any."""
    parts: list[str] = []
    for before, each in zip((None, *tokens[:-1]), tokens, strict=True):
        parts.append(" " + each.text if before and before.end < each.at else each.text)
    return "".join(parts)


def unquoted(text: str) -> str:
    """Return the string that a STRING token stands for."""
    return ESCAPE.sub(lambda match: _unescaped(match.group(1)), text[1:-1])


def _unescaped(code: str) -> str:
    if code[0] in "uU" and len(code) > 1:
        point = int(code[1:], 16)
        return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"
    return ESCAPED.get(code, "\\" + code)
