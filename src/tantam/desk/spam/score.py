"""Scores a text by what is counted of its names in spam and in what people brought; every score says its because.

Pure: who asks brings the counts. Source: docs/reference/spam.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log

LESSON = 12  # texts of the shipped set that one mark of a colleague weighs as much as
SMOOTHING = 0.5
RARE = 2.0  # of so many texts, a name says half of what it seems to
MOST_WEIGHT = 3.0  # of one name, in either direction
MOST_COUNTED = 36  # names: the most telling ones
BIAS = -3.0  # what nothing is known of is no spam
DOUBTFUL, STOPPED = 4.0, 9.0  # points
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
    """Return the score. names: as `names_in` gives them. learned: from marks; each weighs LESSON texts."""
    weighed = {name: _weight(name, shipped, learned) for name in names}
    telling = sorted(weighed, key=lambda name: -abs(weighed[name]))[:MOST_COUNTED]
    noticed = list(dict.fromkeys(signs))
    points = BIAS + sum(weighed[name] for name in telling) + sum(POINTS[each] for each in noticed)
    return Score(round(points, 2), _because({each: weighed[each] for each in telling}, names, noticed))


def _weight(name: str, shipped: Counts, learned: Counts) -> float:
    """Return how much a name speaks for spam, below 0 against it: the log of the odds, less for what is rare."""
    before, since = shipped.of.get(name), learned.of.get(name)
    if before is None and since is None:
        return 0.0
    before, since = before or Count(), since or Count()
    spam, ham = before.spam + LESSON * since.spam, before.ham + LESSON * since.ham
    in_spam = (spam + SMOOTHING) / (shipped.all.spam + LESSON * learned.all.spam + 2 * SMOOTHING)
    in_ham = (ham + SMOOTHING) / (shipped.all.ham + LESSON * learned.all.ham + 2 * SMOOTHING)
    odds = log(in_spam / in_ham) * (spam + ham) / (spam + ham + RARE)
    return max(-MOST_WEIGHT, min(MOST_WEIGHT, odds))


def _because(telling: Mapping[str, float], names: Mapping[str, str], signs: Iterable[Sign]) -> dict[str, object]:
    """Return what spoke for spam. Names that say how the text is made stand as signs, without their `!`."""
    against = [name for name, weight in telling.items() if weight > 0.5]
    made = [name[1:] for name in against if name.startswith("!") and not name.startswith("!links_")]
    links = next((int(names[name]) for name in names if name.startswith("!links_")), 0)
    words = dict.fromkeys(names[name] for name in against if name[0] != "!")
    noticed = [each.value for each in signs if POINTS[each] > 0]
    return {"words": list(words)[:MOST_SAID], "signs": [*noticed, *made], "links": links}
