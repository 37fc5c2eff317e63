"""Cuts the text of an expression into tokens with their offsets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from tantam.plan.errors import Finding, Place
from tantam.plan.tables.findings import beyond, finding

# A name may carry combining marks: Vietnamese typed decomposed is the same name.
NAME = r"[^\W\d](?:\w|[\u0300-\u036f])*"
TOKEN = re.compile(
    rf"""\s*(?:
    (?P<date>\d{{4}}-\d{{2}}-\d{{2}}(?![\w-]))
  | (?P<time>\d{{1,2}}:\d{{2}}(?!\d))
  | (?P<number>\d[\d_]*(?:\.\d[\d_]*)?)
  | (?P<quoted>'(?:[^']|'')*'|"[^"]*")
  | (?P<name>{NAME})
  | (?P<sign>\.\.|<=|>=|!=|[-+*/=<>()\[\],.%])
  | (?P<end>$)
  )""",
    re.VERBOSE,
)
MOST_TOKENS = 400
# Numbers as Vietnamese and German write them, which would be read as something else: thousands with points, decimals
# with a comma. Between brackets a comma parts arguments.
THOUSANDS = re.compile(
    r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?!\d)|\d{1,3}\.\d{3},\d+"
    r"|\d{1,3}\.\d\d0(?=\s*(?!BHD|IQD|JOD|KWD|LYD|OMR|TND)[A-Z]{3}\b)"  # those have three decimals
)
COMMA = re.compile(r"\d+(?:,\d+)+(?!\d)")
# Outside of tables a number of three decimals that ends in nought is sooner a thousand: 1.000 or 2.500 pieces.
ALONE = re.compile(r"\d{1,3}\.\d\d0(?=$|\s+[a-z])")


class Sort(StrEnum):
    """What a token is."""

    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    QUOTED = "quoted"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """text: as written, a quoted one without its quotes. end: offset after its last character."""

    sort: Sort
    text: str
    place: Place
    end: int


def cut(text: str, place: Place) -> tuple[list[Token], list[Finding]]:
    """Return the tokens, the last being END, or the finding about the first character that starts none."""
    tokens: list[Token] = []
    position = depth = 0
    while True:
        match = TOKEN.match(text, position)
        if match is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            code = "T26" if text[start] in "'\"" else "T05"
            return [], [finding(code, beyond(place, start), got=text[start : start + 12])]
        sort = Sort(match.lastgroup or "end")
        start, position = match.span(sort)
        if sort is Sort.NUMBER and (other := THOUSANDS.match(text, start) or (not depth and COMMA.match(text, start))):
            args = {"got": other.group(), "allowed": _as_here(other.group())}
            return [], [finding("T55", beyond(place, start), **args)]
        depth += (match.group(sort) in ("(", "[")) - (match.group(sort) in (")", "]"))
        tokens.append(Token(sort, _meaning(sort, match.group(sort)), beyond(place, start), position))
        if sort is Sort.END:
            return tokens, []
        if len(tokens) > MOST_TOKENS:
            return [], [finding("T23", place, got=text[:24] + "…", allowed=str(MOST_TOKENS))]


def as_here(text: str) -> str:
    """Return `text` with the foreign number that it begins with as a plan writes it; "" if it begins with none."""
    other = THOUSANDS.match(text) or COMMA.match(text) or ALONE.match(text)
    return _as_here(other.group()) + text[other.end() :] if other else ""


def _as_here(number: str) -> str:
    """Return how a number of another country's is written in a plan."""
    whole, comma, rest = number.rpartition(",")
    if not comma:
        return number.replace(".", "_")
    if "." not in whole and all(len(each) == 3 for each in number.split(",")[1:]):
        return number.replace(",", "_")
    return f"{whole.replace('.', '_').replace(',', '_')}.{rest}"


def _meaning(sort: Sort, text: str) -> str:
    match sort:
        case Sort.QUOTED:
            return unicodedata.normalize("NFC", text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1])
        case Sort.NAME:
            return unicodedata.normalize("NFC", text)
        case _:
            return text
