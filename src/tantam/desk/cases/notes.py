"""Which internal notes somebody reads: the house all; a provider's people their own, and what was written for them.

What the house noted before a case came to a provider was written for colleagues. What it notes while the case is with
them, and with what it hands it over, is for them.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Q, Subquery

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import CaseEvent, Draft, Message
from tantam.desk.plans.seeing import sees_house


def read_by(person: Person) -> Q:
    """Return the condition on messages of cases that this person sees: what is not kept from them."""
    if sees_house(person):
        return Q()
    given = CaseEvent.objects.filter(case=OuterRef("case"), code="provided", args__provider=person.provider)
    since = Subquery(given.order_by("-id").values("at")[:1])  # NULL where it was never with them: nothing is later
    theirs = Q(written_at__gte=since) if person.provider else Q()
    for name in ("provider", "team"):
        if whose := getattr(person, name):
            theirs |= Q(**{f"author__{name}": whose})
    return ~Q(direction=Message.Direction.NOTE) | Q(author=person) | theirs


def files_read_by(person: Person) -> Q:
    """Return the same condition on files: of notes, and of notes that are being written."""
    if sees_house(person):
        return Q()
    drafted = Q(message=None) & (~Q(draft__mode=Draft.Mode.NOTE) | Q(draft__person=person))
    return drafted | Q(message__in=Message.objects.filter(read_by(person)))


def drafts_read_by(person: Person, drafts: Iterable[Draft]) -> list[Draft]:
    """Return those of the drafts that this person sees, each with its writer: a note of the house is not said yet."""
    if sees_house(person):
        return list(drafts)
    return [each for each in drafts if each.mode != Draft.Mode.NOTE or _is_theirs(person, each.person)]


def _is_theirs(person: Person, writer: Person) -> bool:
    return writer.pk == person.pk or bool(person.provider) and writer.provider == person.provider
