"""Finds the sentence of a text that commits us to something by a time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType

from tantam.plan.sections import Plan
from tantam.plan.vows import de, en, vi
from tantam.plan.vows.moments import Moment, moment

MOST_WORDS = 200
MOST_LETTERS = 4000  # of a text that is looked through, from its end
SHORT = 5  # words of a time that stands alone before its comma: "Tomorrow at ten, I'll call you"
_GRAMMARS = {"vi": vi, "de": de, "en": en}
# A sentence ends at . ! ? or a line's end, but not at the dot of 10.30 or of "am 3. Dezember".
_ENDS = re.compile(r"(?<!\d)\.(?=\s|$)|(?<=\d)\.(?=\s+(?!Uhr)[A-ZÄÖÜĐ][a-zäöüß]+\s+[a-zäöü])|[!?…]+|\n+")
_COMMA = re.compile(r"[,;:](?=\s)|\s[–—-]\s")


@dataclass(frozen=True, slots=True)
class Found:
    """words: the sentence, at most 200 characters. kind: `call_back`, `visit`, `appointment` or `by_hand`.

    due: aware, UTC; of a visit or appointment when it begins, and `ends` when it is over, None if nobody said. said:
    the words that name the time. exact: an hour was named; else the plan's hours gave it.
    """

    words: str
    kind: str
    due: datetime
    said: str
    exact: bool
    ends: datetime | None = None


def found(text: str, lang: str, now: datetime, plan: Plan) -> Found | None:
    """Return the last promise in the text, None if no sentence commits us to a time after `now` (aware).

    lang: vi, de or en; in any other nothing is found. A question, a condition, a refusal commits nobody.
    """
    grammar = _GRAMMARS.get(lang)
    if grammar is None:
        return None
    plain = unicodedata.normalize("NFC", text)[-MOST_LETTERS:]
    for sentence in reversed(list(_sentences(plain))):
        if (part := _committing(sentence, grammar)) and (at := moment(part, lang, now, plan)):
            return _found(sentence, part, at, grammar)
    return None


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences that state something; questions are left out."""
    since = 0
    for end in [*_ENDS.finditer(text), None]:
        sentence = text[since : end.start() if end else len(text)].strip()
        if sentence and not (end and "?" in end[0]):
            yield sentence
        since = end.end() if end else since


def _committing(sentence: str, grammar: ModuleType) -> str:
    """Return the part of the sentence in which the time of a promise stands, "" if it promises nothing."""
    clauses = [each.strip() for each in _COMMA.split(sentence) if each.strip()]
    if any(grammar.DEPENDS.search(each) and not grammar.POLITE.search(each) for each in clauses):
        return ""
    for place, clause in enumerate(clauses):
        if grammar.COMMITS.search(clause) and not grammar.REFUSES.search(clause):
            before = [each for each in clauses[:place] if len(each.split()) <= SHORT]
            after = [each for each in clauses[place + 1 :] if not grammar.ASIDE.search(each)]
            return ", ".join([*before[-1:], _without_aside(clause, grammar), *after])
    return ""


def _without_aside(clause: str, grammar: ModuleType) -> str:
    aside = grammar.ASIDE.search(clause)
    return clause[: aside.start()] if aside and aside.start() > 0 else clause


def _found(sentence: str, part: str, at: Moment, grammar: ModuleType) -> Found:
    words = " ".join(sentence.split())
    kind = _kind(part, grammar)
    meets = kind in ("visit", "appointment")
    return Found(
        words=words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1] + "…",
        kind=kind,
        due=at.due if meets or at.ends is None else at.ends,
        said=part[at.start : at.end],
        exact=at.exact,
        ends=at.ends if meets else None,
    )


def _kind(part: str, grammar: ModuleType) -> str:
    if grammar.CALLS.search(part):
        return "call_back"
    if grammar.MEETS.search(part):
        return "appointment"
    return "visit" if grammar.VISITS.search(part) else "by_hand"
