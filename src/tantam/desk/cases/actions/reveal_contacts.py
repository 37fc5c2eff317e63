"""Show somebody how a case's customer is reached: it is kept who asked, and when."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on, refuse_if_resolved
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.revealing import reveal
from tantam.desk.customers.models import Contact


def reveal_contacts(case: Case, person: Person) -> list[Contact]:
    """Return the customer's addresses and numbers. Asked again while they are shown, it is noted once.

    Raises Refused: already_resolved, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        return reveal(act)
