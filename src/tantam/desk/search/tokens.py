"""The words of a text as they are indexed and compared: folded, each with where it stands; long compounds in parts."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.desk.search.query import LETTERS, MOST_LETTERS
from tantam.folding import folded

COMPOUND = 10  # letters from which a German word may be several
PART = 5  # letters of its shortest part

Span = tuple[str, int, int]


def spans(text: str) -> Iterator[Span]:
    """Yield each word folded, with where it begins and ends in `text`."""
    for match in LETTERS.finditer(text):
        yield folded(match[0])[:MOST_LETTERS], match.start(), match.end()


def parts(word: str) -> Iterator[str]:
    """Yield the endings of a long word, so that `filter` finds `Waschmaschinenfilter`; beginnings are found anyway."""
    if len(word) >= COMPOUND:
        for at in range(PART - 1, len(word) - PART + 1):
            yield word[at:]


def indexed(text: str, language: str) -> str:
    """Return the text as an index keeps it: folded words; of German, after them, the parts of its compounds."""
    words = [word for word, _, _ in spans(text)]
    if language != "de":
        return " ".join(words)
    return " ".join([*words, "\x1f", *(part for word in dict.fromkeys(words) for part in parts(word))])
