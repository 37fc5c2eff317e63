"""Cuts what somebody typed for a filter into its words: `group:elderly -stage:before promise:<2h "washing machine"`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tantam.desk.cases.filters.errors import FilterWrong

Compare = Literal["", "<", "<=", ">", ">="]

MOST_CHARACTERS = 400
MOST_WORDS = 20

_KEY = re.compile(r"[^\W\d][\w-]*")
_COMPARES: tuple[Compare, ...] = ("<=", ">=", "<", ">")
_OPENING = {'"': '"', "“": "”", "„": "“", "«": "»"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word. key: before the colon, "" for free words. at: where it begins, from 0. negated: a minus before it.

    compare: one of <=, >=, <, > or "". values: of `a,b` two, each without its quotes.
    """

    key: str
    compare: Compare
    values: tuple[str, ...]
    negated: bool
    at: int


def words(text: str) -> tuple[Word, ...]:
    """Return the words in order. Raises FilterWrong: too_long, too_many, open_quote, no_value."""
    if len(text) > MOST_CHARACTERS:
        raise FilterWrong("too_long", at=MOST_CHARACTERS, most=MOST_CHARACTERS)
    found, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        word, at = _word(text, at)
        found.append(word)
        if len(found) > MOST_WORDS:
            raise FilterWrong("too_many", at=word.at, most=MOST_WORDS)
    return tuple(found)


def _word(text: str, start: int) -> tuple[Word, int]:
    at = start
    negated = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
    at += negated
    key = ""
    if (named := _KEY.match(text, at)) and text[named.end() : named.end() + 1] == ":":
        key, at = named[0], named.end() + 1
    compare: Compare = next((each for each in _COMPARES if key and text.startswith(each, at)), "")
    values, at = _values(text, at + len(compare), several=bool(key))
    if key and not all(values):
        raise FilterWrong("no_value", at=start, key=key)
    return Word(key, compare, values, negated, start), at


def _values(text: str, at: int, *, several: bool) -> tuple[tuple[str, ...], int]:
    found: list[str] = []
    while True:
        value, at = _value(text, at, several=several)
        found.append(value)
        if not (several and text[at : at + 1] == ","):
            return tuple(found), at
        at += 1


def _value(text: str, at: int, *, several: bool) -> tuple[str, int]:
    closing = _OPENING.get(text[at : at + 1])
    if closing:
        ends = [each for each in (text.find(closing, at + 1), text.find('"', at + 1)) if each >= 0]
        if not ends:
            raise FilterWrong("open_quote", at=at)
        return text[at + 1 : min(ends)].strip(), min(ends) + 1
    end = at
    while end < len(text) and not text[end].isspace() and not (several and text[end] == ","):
        end += 1
    return text[at:end], end
