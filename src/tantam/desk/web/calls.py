"""What waits for this person beside the inbox: approvals, calls back, and for managers the cases that nobody moves."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from tantam.desk.accounts.models import Person
from tantam.desk.calls.access import how_many as how_many_owed
from tantam.desk.cases.routing.watching import MOST, how_many
from tantam.desk.chats.access import how_many_wait
from tantam.desk.claims.access import waiting_for
from tantam.desk.plans import RunningPlan


def calls(person: Person, plan: RunningPlan, now: datetime) -> list[tuple[str, str, str]]:
    """Return (words, address, how many) of each; counts stop at MOST. At most four queries."""
    waiting = len(waiting_for(person, plan).values_list("pk")[:MOST])
    found = [(gettext("Approvals"), reverse("web:approvals"), _shown(waiting))]
    if person.oversees:
        found.append((gettext("Nobody moved"), reverse("web:watch"), _shown(how_many(person, now))))
    return found


def to_call(person: Person) -> str:
    """Return how many customers are to be called back, "" for none; the count stops at MOST. One query."""
    owed = how_many_owed(person, MOST)
    return _shown(owed) if owed else ""


def to_chat(person: Person) -> str:
    """Return how many chats nobody has yet, "" for none; the count stops at MOST. One query."""
    waiting = how_many_wait(person, MOST)
    return _shown(waiting) if waiting else ""


def _shown(number: int) -> str:
    return f"{MOST}+" if number >= MOST else str(number)
