"""Take back that two cases have to do with each other."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import pairs
from tantam.desk.cases.models import CaseLink


def unlink(link: CaseLink, person: Person) -> bool:
    """Return whether they were linked until now. Raises Refused("not_allowed")."""
    with transaction.atomic():
        younger, older = pairs.acts_on(link.case, link.other, person)
        gone, _ = CaseLink.objects.filter(pk=link.pk).delete()
        if gone:
            younger.append("unlinked", case=older.case.pk, reference=older.case.reference, sort=link.kind)
            older.append("unlinked", case=younger.case.pk, reference=younger.case.reference, sort=link.kind)
        return bool(gone)
