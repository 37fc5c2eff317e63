"""All that happened between a customer and us, in one order of time: kinds enter themselves, a page takes from each.

A kind is one function that answers what stands below a place in the order, the youngest first, in one query. Rooms
above enter theirs with `@happens`; what happened at one instant stands by the names of the kinds, then by the keys, so
that no page shows anything twice or leaves it out, though a thousand things were bought on one day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from tantam.desk.accounts.models import Person
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan

Place = tuple[datetime, str, int]  # instant, kind, key: the place of a moment in the one order


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened. words, more: in the reader's language, more may be ""; href: where it is, or ""."""

    at: datetime
    key: int
    words: str
    more: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose time is asked for, by whom and under which plan. most: of each kind, >= 1. below: nothing else.

    kind: the one that is asked just now.
    """

    customer: Customer
    person: Person
    plan: RunningPlan
    lang: str
    most: int
    below: Place | None = None
    kind: str = ""

    def newest(self, rows: QuerySet[Any], field: str) -> QuerySet[Any]:
        """Return the rows that are to be told, by the instant in `field`, the youngest first."""
        return rows.filter(self._under(field), **{f"{field}__isnull": False}).order_by(f"-{field}", "-pk")[: self.most]

    def _under(self, field: str) -> Q:
        if self.below is None:
            return Q()
        at, name, key = self.below
        earlier = Q(**{f"{field}__lt": at})
        if self.kind == name:
            return earlier | Q(**{field: at, "pk__lt": key})
        return earlier | Q(**{field: at}) if self.kind < name else earlier


Tell = Callable[[Asked], Iterable[Moment]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that happens. label: in the reader's language once it is shown; icon: of the one set."""

    name: str
    label: Any
    icon: str
    tell: Tell


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment with its kind, and its place, from which the next page goes on."""

    kind: Kind
    moment: Moment

    @property
    def place(self) -> Place:
        """Where it stands in the order."""
        return self.moment.at, self.kind.name, self.moment.key


_kinds: dict[str, Kind] = {}


def happens(name: str, label: Any, icon: str) -> Callable[[Tell], Tell]:
    """Enter a kind. Raises ValueError where another one has its name."""

    def enter(tell: Tell) -> Tell:
        if _kinds.setdefault(name, Kind(name, label, icon, tell)).tell is not tell:
            raise ValueError(f"Something that happens is called {name!r} already; name it differently.")
        return tell

    return enter


def kinds() -> tuple[Kind, ...]:
    """Return all kinds, in the order in which they were entered."""
    return tuple(_kinds.values())


def newest(asked: Asked, only: str) -> list[Shown]:
    """Return the youngest moments, `asked.most` at most. only: a kind, "" for all."""
    wanted = [each for each in kinds() if only in ("", each.name)]
    found = [Shown(kind, moment) for kind in wanted for moment in kind.tell(replace(asked, kind=kind.name))]
    left = [each for each in found if asked.below is None or each.place < asked.below]
    return sorted(left, key=lambda each: each.place, reverse=True)[: asked.most]


def written(place: Place) -> str:
    """Return a place as an address holds it."""
    at, name, key = place
    return f"{at.isoformat()}|{name}|{key}"


def read(said: str) -> Place | None:
    """Return the place that an address holds, None where it holds none."""
    at, _bar, rest = said.partition("|")
    name, _bar, key = rest.partition("|")
    try:
        instant = parse_datetime(at)
    except ValueError:
        return None
    if instant is None or timezone.is_naive(instant) or not key.isdecimal() or len(key) > 19:
        return None
    return instant, name, int(key)
