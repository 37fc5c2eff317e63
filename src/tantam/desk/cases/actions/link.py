"""Say that two cases have to do with each other; both show it."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import pairs
from tantam.desk.cases.models import Case, CaseLink
from tantam.desk.common.errors import Refused

MOST = 50  # of the younger case


def link(case: Case, person: Person, other: Case, kind: str = CaseLink.Kind.RELATED) -> CaseLink:
    """Return the link from the younger case to the older; linking again changes only its kind.

    Raises Refused: merge_itself, too_many, not_allowed.
    """
    if case.pk == other.pk:
        raise Refused("merge_itself")
    with transaction.atomic():
        first, second = pairs.acts_on(case, other, person)
        younger, older = (first, second) if first.case.pk > second.case.pk else (second, first)
        if younger.case.links.exclude(other=older.case).count() >= MOST:
            raise Refused("too_many", most=MOST)
        found, _ = CaseLink.objects.update_or_create(
            case=younger.case,
            other=older.case,
            defaults={"kind": CaseLink.Kind(kind), "person": person, "at": first.now},
        )
        younger.append("linked", case=older.case.pk, reference=older.case.reference, sort=found.kind)
        older.append("linked", case=younger.case.pk, reference=younger.case.reference, sort=found.kind)
        return found
