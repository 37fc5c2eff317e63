"""Whether a text truly has what was asked, how well, and which of its words to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tantam.desk.search.query import Query, Term, Word
from tantam.desk.search.tokens import Span, parts, spans
from tantam.folding import folded

AROUND = 140  # characters shown of a text
LEAD = 40  # of them before the first word found

Excerpt = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a text has what was asked. found: (begin, end) in it. exact: how many terms stand there as they were typed,
    with their marks."""

    found: tuple[tuple[int, int], ...]
    exact: int


def match(query: Query, text: str, *, also: str = "") -> Match | None:
    """Return where `text` has what was asked; None if it, together with `also`, lacks a term or has an unwanted one.

    also: text around it that counts, such as the subject, but is not shown.
    """
    here, around = list(spans(text)), list(spans(also))
    if any(_first(term, here) or _first(term, around) for term in query.unwanted):
        return None
    found: list[tuple[int, int]] = []
    exact = 0
    for term in query.wanted:
        mine = list(_places(term, here))
        if not mine and not _first(term, around):
            return None
        found += mine
        exact += any(_written(term, text[begin:end]) for begin, end in mine) or _written(term, also)
    return Match(tuple(sorted(set(found))), exact)


def excerpt(text: str, found: Sequence[tuple[int, int]]) -> Excerpt:
    """Return the part of a text around the first word found, in pieces: (words, whether they were asked for)."""
    begin = max(0, found[0][0] - LEAD) if found else 0
    begin = begin if begin == 0 else text.find(" ", begin) + 1 or begin
    end = min(len(text), begin + AROUND)
    pieces: list[tuple[str, bool]] = [("…", False)] if begin else []
    at = begin
    for first, last in found:
        if first >= at and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces.append((text[at:end] + ("…" if end < len(text) else ""), False))
    return tuple((" ".join(words.split("\n")), asked) for words, asked in pieces if words)


def _first(term: Term, among: Sequence[Span]) -> tuple[int, int] | None:
    return next(_places(term, among), None)


def _places(term: Term, among: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield where the term's words follow each other."""
    length = len(term.words)
    for at in range(len(among) - length + 1):
        run = among[at : at + length]
        if all(_admits(word, token) for word, (token, _, _) in zip(term.words, run)):
            yield run[0][1], run[-1][2]


def _admits(word: Word, token: str) -> bool:
    return word.admits(token) or any(word.admits(part) for part in parts(token))


def _written(term: Term, text: str) -> bool:
    """Whether the text has the term as it was typed; a term typed without marks asks for none."""
    written = term.written.casefold()
    return folded(written) != written and written in text.casefold()
