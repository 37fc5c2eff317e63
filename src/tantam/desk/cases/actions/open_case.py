"""Open a case: where it belongs, what is owed, the first words, and a confirmation with the private link."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import opening, outbox
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.letters import letter
from tantam.desk.cases.limits import declined
from tantam.desk.cases.models import Actor, Case
from tantam.desk.plans import kinds


def open_case(concern: Concern, *, by: Actor = Actor.CUSTOMER, person: Person | None = None) -> Case:
    """Return the new case; for a submission or mail that already opened one, that case.

    by, person: who brought it to the desk. Raises NoPlan, Refused("says_nothing"), Refused("too_long").
    """
    try:
        with transaction.atomic():
            return opening.opened_before(**concern.name) or _open(concern, by, person)
    except IntegrityError:  # the same form came twice at once, and the other was first
        if (other := opening.opened_before(**concern.name)) is None:
            raise
        return other


def _open(concern: Concern, by: Actor, person: Person | None) -> Case:
    act, made = opening.begin(concern, by, person)
    due = {each.kind: each.due_at for each in made}
    context = {"reply_due": due.get(kinds.FIRST_REPLY), "resolution_due": due.get(kinds.RESOLUTION)}
    context |= {"declined": declined(act)}
    outbox.post(act, letter("cases/letters/opened.txt", act.case, act.plan, context))
    return act.case
