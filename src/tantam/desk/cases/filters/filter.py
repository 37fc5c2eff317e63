"""The one typed form of a filter: terms that all hold; it writes itself as somebody would type it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from tantam.desk.accounts.models import Person
from tantam.desk.cases.filters import admits
from tantam.desk.cases.filters.words import Compare
from tantam.desk.plans import RunningPlan

_BARE = set(' \t\n,"“”„«»')
_UNITS = (("w", 7 * 24 * 60), ("d", 24 * 60), ("h", 60), ("m", 1))  # as `read` knows them, the longest first


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. key: one of KEYS, "" for words. values: codes, any of which will do; tags and words as written.

    A length of time stands in minutes.
    """

    key: str
    values: tuple[str, ...]
    compare: Compare = ""
    negated: bool = False

    def text(self) -> str:
        """Return the term as it is typed."""
        written = ",".join(map(_quoted, map(_length, self.values) if self.compare else self.values))
        return ("-" if self.negated else "") + (f"{self.key}:{self.compare}" if self.key else "") + written


@dataclass(frozen=True, slots=True)
class Filter:
    """Terms that all hold; none admits every case."""

    terms: tuple[Term, ...] = ()

    def text(self) -> str:
        """Return the filter as it is typed; `read` reads it back to the same."""
        return " ".join(each.text() for each in self.terms)

    def q(self, now: datetime, plan: RunningPlan, person: Person) -> Q:
        """Return which cases it admits. One query, however many cases there are, and no join."""
        found = Q()
        for each in self.terms:
            admitted = admits.q(each.key, each.compare, each.values, admits.Asker(now, plan, person))
            found &= ~admitted if each.negated else admitted
        return found

    @property
    def asleep(self) -> bool:
        """Whether it asks for cases that sleep, which other lists leave out."""
        return any(each.key == "is" and "snoozed" in each.values and not each.negated for each in self.terms)

    def without(self, term: Term) -> Filter:
        """Return the filter without this term."""
        return replace(self, terms=tuple(each for each in self.terms if each != term))

    def also(self, term: Term) -> Filter:
        """Return the filter with this term too; a term of the same key, compared or not, gives way to it."""
        if term in self.terms:
            return self
        kept = (each for each in self.terms if not term.key or each.key != term.key or term.key in ("is", "tag"))
        return replace(self, terms=(*kept, term))


def _length(value: str) -> str:
    """Return minutes in the longest unit that they fill, `2880` as `2d`; anything else as it is."""
    if not value.isdecimal() or not int(value):
        return value
    unit, size = next((unit, size) for unit, size in _UNITS if int(value) % size == 0)
    return f"{int(value) // size}{unit}"


def _quoted(value: str) -> str:
    return f'"{value}"' if _BARE & set(value) or not value or value[0] in "-<>" or ":" in value else value
