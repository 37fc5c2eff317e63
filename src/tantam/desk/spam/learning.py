"""What this installation learned: each mark adds the names of its text to what is counted, and can be taken out again.

Looked up for the names of one text alone: it is never stale, however many processes there are, and never large.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from tantam.desk.spam.models import Learned
from tantam.desk.spam.score import Count, Counts

ALL = ""
MOST_LEARNED = 400  # names of one text

_ADD = """
    INSERT INTO spam_learned (name, spam, ham) VALUES (%s, %s, %s)
    ON CONFLICT (name) DO UPDATE SET spam = spam_learned.spam + excluded.spam, ham = spam_learned.ham + excluded.ham
"""
_TAKE_OUT = """
    UPDATE spam_learned SET spam = CASE WHEN spam > %s THEN spam - %s ELSE 0 END,
        ham = CASE WHEN ham > %s THEN ham - %s ELSE 0 END WHERE name = %s
"""


def learned_of(names: Iterable[str]) -> Counts:
    """Return what was learned of these names: one query."""
    with connection.cursor() as cursor:
        asked = [ALL, *names]
        places = ", ".join(["%s"] * len(asked))
        cursor.execute(f"SELECT name, spam, ham FROM spam_learned WHERE name IN ({places})", asked)
        found = {name: Count(spam, ham) for name, spam, ham in cursor.fetchall()}
    return Counts(found, found.pop(ALL, Count()))


def add(names: Iterable[str], *, spam: bool) -> None:
    """Count a text that somebody marked; the caller is inside a transaction."""
    count = Count(1, 0) if spam else Count(0, 1)
    with connection.cursor() as cursor:  # in one order, so that two who mark at once do not wait for each other
        cursor.executemany(_ADD, [(name, count.spam, count.ham) for name in sorted({ALL, *names})])


def take_out(names: Iterable[str], *, spam: bool) -> None:
    """Count it no longer; the caller is inside a transaction."""
    minus = (1, 1, 0, 0) if spam else (0, 0, 1, 1)
    with connection.cursor() as cursor:
        cursor.executemany(_TAKE_OUT, [(*minus, name) for name in sorted({ALL, *names})])
    Learned.objects.filter(spam=0, ham=0).delete()
