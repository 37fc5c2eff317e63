"""Scores a text by what is counted of its names in spam and in what people brought; every score says its because.

Pure: who asks brings the counts. Source: docs/reference/spam.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log, sqrt

LESSON = 0.05  # of all shipped texts of its kind is what one mark of a colleague weighs
SMOOTHING = 0.5
RARE = 2.0  # of so many texts, a name says half of what it seems to
MOST_WEIGHT = 3.0  # of one name, in either direction
PIECES = 0.4  # of a name's weight: a long word has many
LEAST_WEIGHT = 0.4  # below it a name says nothing
SPREAD, FEW = 2.0, 12
MOST_COUNTED = 36  # names: the most telling ones
DOUBTFUL, STOPPED = 5.5, 16.0  # points; `python -m tools.spam_prior … --judge` shows what lies on which side
MOST_SAID = 6  # words of a because


class Sign(StrEnum):
    """What a channel noticed beside the words. Stored as it is spelled here."""

    TRAPPED = "trapped"  # a field that people do not see was filled in
    TOO_FAST = "too_fast"
    NO_PROOF = "no_proof"  # asked for, and none came: no JavaScript, or no browser
    BAD_PROOF = "bad_proof"
    PROVED = "proved"
    SAID_BEFORE = "said_before"  # the same words came from somebody else


POINTS = {
    Sign.TRAPPED: 2.5,
    Sign.TOO_FAST: 1.0,
    Sign.NO_PROOF: 1.5,
    Sign.BAD_PROOF: 3.0,
    Sign.PROVED: -1.0,
    Sign.SAID_BEFORE: 2.5,
}


# What is said of how a text is made, before anybody has marked one: by hand, for every set of texts has its fashion.
# One link, or three to a shop and its pictures, say nothing.
MADE = {
    "!links_4": 0.5,
    "!links_7": 1.0,
    "!only_links": 6.0,
    "!shortened": 2.0,
    "!odd_host": 4.0,
    "!markup": 3.0,
    "!messenger": 3.0,
    "!hidden": 2.0,
    "!mixed_script": 9.0,
    "!gibberish": 8.0,
    "!repeats": 2.0,
    "!link_as_name": 5.0,
}


@dataclass(frozen=True, slots=True)
class Count:
    """In how many texts: of spam, and of what people brought."""

    spam: int = 0
    ham: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted. of: {name: count}; all: of all texts."""

    of: Mapping[str, Count]
    all: Count


@dataclass(frozen=True, slots=True)
class Score:
    """points: see DOUBTFUL and STOPPED. because: {"words": […], "signs": […], "links": n}, the strongest first."""

    points: float
    because: Mapping[str, object]

    @property
    def is_stopped(self) -> bool:
        """Whether it is surely spam."""
        return self.points >= STOPPED

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look first."""
        return DOUBTFUL <= self.points < STOPPED


def scored(names: Mapping[str, str], signs: Iterable[Sign], shipped: Counts, learned: Counts) -> Score:
    """Return the score. names: as `names_in` gives them. learned: from marks; see LESSON."""
    weighed = {name: _weight(name, shipped, learned) for name in names}
    words = [name for name in weighed if name not in MADE]
    telling = sorted(words, key=lambda name: -abs(weighed[name]))[:MOST_COUNTED]
    noticed = list(dict.fromkeys(signs))
    said = [weighed[name] for name in telling if abs(weighed[name]) >= LEAST_WEIGHT]
    made = sum(weighed[name] for name in names if name in MADE)
    points = _together(said) + made + sum(POINTS[each] for each in noticed)
    told = {each: weighed[each] for each in (*telling, *(name for name in names if name in MADE))}
    return Score(round(points, 2), _because(told, names, noticed))


def _together(weights: list[float]) -> float:
    """Return what weights say together: as much as their sum over its spread, for in long texts chance adds up too."""
    return SPREAD * sum(weights) / sqrt(max(len(weights), FEW)) if weights else 0.0


def _weight(name: str, shipped: Counts, learned: Counts) -> float:
    """Return how much a name speaks for spam, below 0 against it: the log of the odds, less for what is rare."""
    before, since = shipped.of.get(name), learned.of.get(name)
    by_hand = MADE.get(name, 0.0)
    if before is None and since is None:
        return by_hand
    before, since = before or Count(), since or Count()
    lesson_spam, lesson_ham = LESSON * shipped.all.spam, LESSON * shipped.all.ham
    spam, ham = before.spam + lesson_spam * since.spam, before.ham + lesson_ham * since.ham
    in_spam = (spam + SMOOTHING) / (shipped.all.spam + lesson_spam * learned.all.spam + 2 * SMOOTHING)
    in_ham = (ham + SMOOTHING) / (shipped.all.ham + lesson_ham * learned.all.ham + 2 * SMOOTHING)
    odds = log(in_spam / in_ham) * (spam + ham) / (spam + ham + RARE)
    counted = max(-MOST_WEIGHT, min(MOST_WEIGHT, odds))
    return by_hand + (PIECES if name[0] == "~" else 1.0) * counted


def _because(telling: Mapping[str, float], names: Mapping[str, str], signs: Iterable[Sign]) -> dict[str, object]:
    """Return what spoke for spam. Names that say how the text is made stand as signs, without their `!`."""
    against = [name for name, weight in telling.items() if weight > 0.5]
    made = [name[1:] for name in against if name.startswith("!") and not name.startswith("!links_")]
    links = next((int(names[name]) for name in names if name.startswith("!links_")), 0)
    words = dict.fromkeys(names[name] for name in against if name[0] != "!")
    noticed = [each.value for each in signs if POINTS[each] > 0]
    return {"words": list(words)[:MOST_SAID], "signs": [*noticed, *made], "links": links}
