"""What the pipeline counts: open enquiries, what is quoted, what was won and lost, why, and by what they differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Sum

from tantam.desk.cases.grouping import unpacked
from tantam.desk.cases.models import Case
from tantam.desk.sales.access import enquiries_for
from tantam.desk.sales.models import Enquiry, Quote

State = Enquiry.State
UNDER_WAY = [State.OPEN, State.QUOTED]


@dataclass(frozen=True)
class Ways:
    """Of the enquiries of a group, topic, channel or provider asked since then: how many, how many won and lost."""

    name: str
    asked: int
    won: int
    lost: int

    @property
    def share(self) -> float | None:
        """How many of those that ended were won, 0 to 1; None while none has ended."""
        ended = self.won + self.lost
        return self.won / ended if ended else None


def under_way(person: object) -> QuerySet[Enquiry]:
    """Return the enquiries that nobody has ended yet and whose case is not settled, what is owed first."""
    found = enquiries_for(person).filter(state__in=UNDER_WAY, case__status__in=Case.UNDER_WAY)
    related = found.select_related("case__customer", "case__owner")
    return related.order_by(F("case__next_due_at").asc(nulls_last=True), "case_id")


def quoted_value(person: object) -> dict[str, tuple[int, int]]:
    """Return how many quotes stand and what they come to in minor units, by currency; one query."""
    stands = Quote.objects.filter(state=Quote.State.STANDS, enquiry__in=enquiries_for(person))
    counted = stands.order_by().values_list("currency").annotate(Count("id"), Sum("total_minor"))
    return {currency: (number, total) for currency, number, total in counted}


def lost_because(person: object, since: datetime) -> list[tuple[str, int]]:
    """Return the reasons of what was lost since then with how many, the most frequent first; one query."""
    lost = enquiries_for(person).filter(state=State.LOST, ended_at__gte=since).order_by()
    counted = lost.values_list("reason").annotate(number=Count("pk"))
    return sorted(counted, key=lambda each: (-each[1], each[0]))


def ended(person: object, since: datetime) -> Mapping[str, int]:
    """Return how many were won and lost since then, by state; one query."""
    found = enquiries_for(person).filter(state__in=[State.WON, State.LOST], ended_at__gte=since).order_by()
    return dict(found.values_list("state").annotate(Count("pk")))


def by_channel(person: object, since: datetime) -> list[Ways]:
    """Return what became of what was asked since then, by the channel it came by; one query."""
    return _by("case__channel", person, since)


def by_topic(person: object, since: datetime) -> list[Ways]:
    """Return the same by topic, under "" where it is not known; one query."""
    return _by("case__topic", person, since)


def by_provider(person: object, since: datetime) -> list[Ways]:
    """Return the same by whose queue the enquiry is in, under "" the house's own; one query."""
    return _by("case__provider", person, since)


def by_group(person: object, since: datetime) -> list[Ways]:
    """Return the same by group; who is in several counts in each, who is in none under "". One query."""
    asked = enquiries_for(person).filter(asked_at__gte=since).order_by()
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for packed, state, number in asked.values_list("case__groups", "state").annotate(Count("pk")):
        for group in unpacked(packed) or ("",):
            counted[group][state] += number
    return _ordered(Ways(name, sum(each.values()), each[State.WON], each[State.LOST]) for name, each in counted.items())


def _by(field: str, person: object, since: datetime) -> list[Ways]:
    asked = enquiries_for(person).filter(asked_at__gte=since).order_by()
    won, lost = Count("pk", filter=Q(state=State.WON)), Count("pk", filter=Q(state=State.LOST))
    counted = asked.values_list(field).annotate(number=Count("pk"), won=won, lost=lost)
    return _ordered(Ways(*each) for each in counted)


def _ordered(found: Iterable[Ways]) -> list[Ways]:
    return sorted(found, key=lambda each: (-each.asked, each.name))
