"""A few hundred texts to look something up in, held in memory: with and without marks, and with a slip of the finger.

Texts that change with every case are found by the database's index (`finding`); these change with the plan alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tantam.desk.search.matching import Excerpt, excerpt
from tantam.desk.search.query import LETTERS, STEM
from tantam.desk.search.tokens import parts, spans
from tantam.folding import folded

MOST_LETTERS = 200  # of what is asked; more is left out
MOST_WORDS = 20
ENOUGH = 0.5  # of what was asked, weighed by how rare each word is, a text must have
TITLE = 4.0  # what a word in a title counts, against one in the text
AS_WRITTEN, BEGINS, SLIP = 1.25, 0.8, 0.6  # with its marks; as the beginning of a word; with a slip
SHORTEST_SLIP = 5  # letters of a word in which one may be wrong; two in one twice as long


@dataclass(frozen=True, slots=True)
class Text:
    """title and words: as they are shown. key: by which the caller knows it."""

    title: str
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that fits. title, excerpt: in pieces, with whether each was asked for."""

    text: Text
    score: float
    title: Excerpt
    excerpt: Excerpt


@dataclass(frozen=True)
class Shelf:
    """Texts and where their words stand. places: {folded word: {number of the text: weight}}."""

    texts: tuple[Text, ...]
    places: dict[str, dict[int, float]] = field(default_factory=dict)
    written: dict[str, set[int]] = field(default_factory=dict)  # words with their marks, and the texts that have them

    @classmethod
    def of(cls, texts: Sequence[Text]) -> Shelf:
        """Return the shelf of these texts."""
        places: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        written: dict[str, set[int]] = defaultdict(set)
        for number, text in enumerate(texts):
            for weight, words in ((TITLE, text.title), (1.0, text.words)):
                for token, _begin, _end in spans(words):
                    held = places[token]
                    held[number] = max(held[number], min(held[number] + weight, TITLE + 2 * weight))
                for word in LETTERS.findall(words.casefold()):
                    written[word].add(number)
        return cls(tuple(texts), {token: dict(held) for token, held in places.items()}, dict(written))

    def ask(self, asked: str, most: int, *, enough: float = ENOUGH) -> list[Hit]:
        """Return up to `most` texts that have enough of what was asked, the best first."""
        words = list(dict.fromkeys(LETTERS.findall(asked[:MOST_LETTERS].casefold())))[:MOST_WORDS]
        scores: dict[int, float] = defaultdict(float)
        meant: dict[str, float] = {}
        whole = 0.0
        for word in words:
            near = self._near(folded(word))
            rare = self._rarity(near)
            whole += rare
            meant |= near
            best: dict[int, float] = defaultdict(float)
            for token, like in near.items():
                for number, weight in self.places[token].items():
                    best[number] = max(best[number], like * (1 + math.log(weight)) if weight >= 1 else like)
            exact = self.written.get(word, set()) if folded(word) != word else set()
            for number, found in best.items():
                scores[number] += rare * found * (AS_WRITTEN if number in exact else 1)
        fits = [(score, number) for number, score in scores.items() if score >= enough * whole]
        best_first = sorted(fits, key=lambda each: (-each[0], each[1]))[:most]
        return [self._hit(number, score, meant) for score, number in best_first]

    def _near(self, word: str) -> dict[str, float]:
        """Return {known word: how like what was asked}: itself, those it begins or ends, else those a slip away."""
        found = {word: 1.0} if word in self.places else {}
        if len(word) >= STEM:
            begun = (each for each in self.places if each.startswith(word) and each != word)
            found |= dict.fromkeys(begun, BEGINS)
            found |= {each: BEGINS for each in self.places if each not in found and word in set(parts(each))}
        if found:
            return found
        slips = 0 if len(word) < SHORTEST_SLIP else 1 if len(word) < 2 * SHORTEST_SLIP else 2
        return {each: SLIP for each in self.places if slips and is_slip(word, each, slips)}

    def _rarity(self, near: dict[str, float]) -> float:
        """Return how much a word tells: one that every text has tells nothing, one that none has the most."""
        having = {number for token in near for number in self.places[token]}
        return math.log((1 + len(self.texts)) / (1 + len(having))) + 0.05

    def _hit(self, number: int, score: float, meant: dict[str, float]) -> Hit:
        text = self.texts[number]
        in_title, in_words = (list(_places(each, meant)) for each in (text.title, text.words))
        title = _pieces(text.title, in_title)
        return Hit(text, score, title, excerpt(text.words, in_words))


def is_slip(asked: str, known: str, most: int) -> bool:
    """Whether two words are at most so many slips apart: a letter wrong, missing, too many, or two changed about."""
    if abs(len(asked) - len(known)) > most or asked[0] != known[0]:  # hardly anybody slips at the first letter
        return False
    before: list[int] = []
    row = list(range(len(known) + 1))
    for i, letter in enumerate(asked, 1):
        last, before, row = before, row, [i]
        for j, other in enumerate(known, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if last and j > 1 and letter == known[j - 2] and asked[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
    return row[-1] <= most


def _places(words: str, meant: dict[str, float]) -> Iterator[tuple[int, int]]:
    return ((begin, end) for token, begin, end in spans(words) if token in meant)


def _pieces(title: str, found: Sequence[tuple[int, int]]) -> Excerpt:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for begin, end in found:
        pieces += [(title[at:begin], False), (title[begin:end], True)]
        at = end
    pieces.append((title[at:], False))
    return tuple((words, asked) for words, asked in pieces if words)
