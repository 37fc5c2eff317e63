"""An archive as rows: a clause, the words to translate, the translations, and what is missing or out of date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tantam.plan.errors import Place
from tantam.plan.files.archive.texts import Text


@dataclass(frozen=True, slots=True)
class Cell:
    """One translation. stale: the words it translates have changed since; before: what they were, "" if unknown."""

    words: str
    stale: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One text. where: file and line. language, words: what is translated. cells: by language, empty where missing."""

    clause: str
    where: Place
    language: str
    words: str
    cells: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Archived:
    """What a file of translations says of one text, as it was read.

    words: what was translated; into: by language, with the place in the archive. doubtful: whether a cell that is
    marked as stale is still so, even if it was changed.
    """

    clause: str
    words: str
    into: Mapping[str, tuple[Cell, Place]]
    doubtful: bool = False


def rows(
    texts: Mapping[str, Text], own: str, into: Sequence[str], earlier: Mapping[str, Archived] | None = None
) -> list[Row]:
    """Return the rows of an archive. earlier: what the archive said before, by clause: what was translated since."""
    found = []
    for text in texts.values():
        language, words = text.source(own)
        cells = {
            each: _cell(text.words.get(each, ""), words, each, (earlier or {}).get(text.clause))
            for each in into
            if each != language
        }
        found.append(Row(text.clause, text.place, language, words, cells))
    return found


def _cell(translation: str, words: str, language: str, earlier: Archived | None) -> Cell:
    was = earlier.into.get(language) if earlier else None
    if earlier is None or was is None or not translation or not same(was[0].words, translation):
        return Cell(translation)
    if not same(earlier.words, words):
        return Cell(translation, stale=True, before=earlier.words)
    return Cell(translation, stale=was[0].stale, before=was[0].before)


def same(one: str, two: str) -> bool:
    """Return whether two texts are one but for the line ends that editors add and drop."""
    return one.rstrip() == two.rstrip()
