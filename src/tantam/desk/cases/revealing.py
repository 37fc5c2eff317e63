"""How a provider's people are shown a customer's addresses: hidden, until one of them asks; who asked is kept.

The house's own people read them on the customer's page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.customers.models import Contact
from tantam.desk.plans.seeing import sees_house

REVEALED = "contacts_shown"
LASTS = timedelta(minutes=30)  # so long they stand there in full, for one call or letter


def hides(person: Person) -> bool:
    """Whether addresses are hidden from this person until they ask; no query for who belongs to the house."""
    return not sees_house(person)


def reveal(act: Act) -> list[Contact]:
    """Return how the act's customer is reached, and note who asked; once while they see it."""
    assert act.person is not None
    found = list(act.case.customer.contacts.order_by("-preferred", "id"))
    if not revealed_to(act.person, [act.case], act.now):
        act.append(REVEALED, contacts=[each.pk for each in found])
    return found


def revealed_to(person: Person, cases: Iterable[Case], now: datetime) -> set[int]:
    """Return the ids of those of the cases whose customer's addresses this person asked for a short while ago."""
    asked = CaseEvent.objects.filter(case__in=list(cases), code=REVEALED, person=person, at__gt=now - LASTS)
    return set(asked.values_list("case", flat=True))
