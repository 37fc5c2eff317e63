"""Judges what strangers write before it opens a case: surely spam, doubtful, or let through."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from django.conf import settings

from tantam.desk.arrivals.models import Problem
from tantam.desk.arrivals.screening import PASSED, Stranger, Verdict, screens
from tantam.desk.common import rate
from tantam.desk.spam.learning import learned_of
from tantam.desk.spam.names import Words, names_in
from tantam.desk.spam.prior import shipped
from tantam.desk.spam.score import DOUBTFUL, POINTS, Score, Sign, scored
from tantam.folding import folded

SAME = "same_words"  # counted within an hour
SHORTEST_SAME = 60  # letters: people who say "It does not work." are several
MANY_SAME = 3  # the same words so often within an hour


@screens
def judged(stranger: Stranger) -> Verdict:
    """Return what becomes of it. Where that could change it, it counts how often the same words come."""
    words, signs = words_of(stranger), [Sign(each) for each in stranger.signs]
    found = score_of(words, signs)
    if found.points >= DOUBTFUL - POINTS[Sign.SAID_BEFORE] and _came_often(stranger.body):
        found = score_of(words, [*signs, Sign.SAID_BEFORE])
    if found.is_stopped:
        return Verdict(Problem.SPAM, found.because)
    return Verdict(Problem.DOUBTFUL, found.because) if found.is_doubtful else PASSED


def words_of(stranger: Stranger) -> Words:
    """Return what was written, as the score reads it."""
    return Words(
        body=stranger.body, subject=stranger.subject, name=stranger.name, sender=stranger.sender, ours=our_hosts()
    )


def score_of(words: Words, signs: list[Sign]) -> Score:
    """Return the score by what was shipped and what was learned here."""
    names = names_in(words)
    return scored(names, signs, shipped(), learned_of(names))


def our_hosts() -> frozenset[str]:
    """Return the hosts that anybody may link to: the desk's own."""
    hosts = {urlsplit(settings.BASE_URL).hostname or "", settings.MAIL_DOMAIN, *settings.ALLOWED_HOSTS}
    return frozenset(each.lower().removeprefix("www.").lstrip(".") for each in hosts if each not in ("", "*"))


def _came_often(body: str) -> bool:
    """Whether these words came MANY_SAME times within an hour, this time included."""
    letters = "".join(each for each in folded(body) if each.isalpha())
    if len(letters) < SHORTEST_SAME:
        return False
    digest = hashlib.sha256(letters.encode()).hexdigest()[:32]
    return rate.add(f"{SAME}:{digest}", 1) >= MANY_SAME
