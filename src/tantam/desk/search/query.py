"""Reads what somebody types into one typed query: words, "phrases", beginnings* and words that must not be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tantam.folding import folded

LETTERS = re.compile(r"[^\W_]+")
MOST_TERMS = 12
MOST_LETTERS = 40  # of one word; nobody types more, and no index keeps more
STEM = 5  # letters from which a word also finds those that begin with it

_TYPED = re.compile(r"""(?P<no>-?)(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))""")
_APART = {"ä": "ae", "ö": "oe", "ü": "ue"}
_TOGETHER = re.compile(r"ae|oe|ue")


@dataclass(frozen=True, slots=True)
class Word:
    """One word. forms: folded, any of which will do (`muller`, `mueller`). begins: words that begin so will do."""

    forms: tuple[str, ...]
    begins: bool = False

    def admits(self, token: str) -> bool:
        """Whether a folded word of a text is this one."""
        return any(token == each or self.begins and token.startswith(each) for each in self.forms)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other; one of a single word, or a phrase. written: as typed, with its marks."""

    words: tuple[Word, ...]
    written: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that all hold. Empty finds nothing."""

    terms: tuple[Term, ...] = ()

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that must be there."""
        return tuple(each for each in self.terms if not each.negated)

    @property
    def unwanted(self) -> tuple[Term, ...]:
        """The terms that must not."""
        return tuple(each for each in self.terms if each.negated)


def read(text: str) -> Query:
    """Return what was typed; nothing that can be typed is refused."""
    return Query(tuple(_terms(text))[:MOST_TERMS])


def read_so_far(text: str) -> Query:
    """Return what is typed so far: its last word, while no space follows it, may go on."""
    found = read(text).terms
    if not found or text[-1:].isspace():
        return Query(found)
    last = found[-1]
    words = (*last.words[:-1], Word(last.words[-1].forms, begins=True))
    return Query((*found[:-1], Term(words, last.written, last.negated)))


def _terms(text: str) -> Iterator[Term]:
    for match in _TYPED.finditer(text.replace("\x00", " ")):
        phrase, word = match["phrase"], match["word"]
        words = tuple(_words(phrase if phrase is not None else word, quoted=phrase is not None))
        if words:
            yield Term(words, phrase if phrase is not None else word.strip("*"), negated=bool(match["no"]))


def _words(text: str, *, quoted: bool) -> Iterator[Word]:
    """Yield the words; one of STEM letters or more stands for all that begin with it, unless it is quoted."""
    found = LETTERS.findall(text)
    for n, each in enumerate(found):
        starred = n == len(found) - 1 and text.rstrip().endswith("*")
        yield Word(_forms(each[:MOST_LETTERS]), begins=starred or not quoted and len(each) >= STEM)


def _forms(word: str) -> tuple[str, ...]:
    """Return a word folded, and as it is written where umlauts are two letters, or were."""
    apart = folded("".join(_APART.get(each, each) for each in word.lower()))
    plain = folded(word)
    return tuple(dict.fromkeys((plain, apart, _TOGETHER.sub(lambda two: two[0][0], plain))))
