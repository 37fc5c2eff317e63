"""Open a case: where it belongs, what is owed, the first words, and a confirmation with the private link."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases import opening, outbox
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.helping import beside_no, until_then
from tantam.desk.cases.letters import letter
from tantam.desk.cases.limits import declined
from tantam.desk.cases.models import Actor, Case
from tantam.desk.plans import kinds


def open_case(concern: Concern, *, by: Actor = Actor.CUSTOMER, person: Person | None = None) -> Case:
    """Return the new case; for a submission or mail that already opened one, that case.

    by, person: who brought it to the desk. Raises NoPlan, Refused("says_nothing"), Refused("too_long").
    """
    return opening.once(lambda: open_new(concern, by=by, person=person), lambda before: before, **concern.name)


def open_new(concern: Concern, *, by: Actor = Actor.CUSTOMER, person: Person | None = None) -> Case:
    """Return the case of a concern that has opened none yet; the caller is inside a transaction."""
    act, made = opening.begin(concern, by, person)
    letting_know = opening.answering(act, concern)
    due = {each.kind: each.due_at for each in made if each.due_at > letting_know.now}
    context = {"reply_due": due.get(kinds.FIRST_REPLY), "resolution_due": due.get(kinds.RESOLUTION)}
    context |= {"declined": declined(act), "first_aid": until_then(act.case, act.plan)}
    context |= beside_no(act.case, act.plan)
    outbox.post(letting_know, letter("cases/letters/opened.txt", act.case, act.plan, context))
    return act.case
