"""Write down a call that one has had: on the customer's case, or on a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.calls.ending import spoken, tell, written_down
from tantam.desk.calls.models import Call
from tantam.desk.cases import joined, opening, promises, said
from tantam.desk.cases.act import Act
from tantam.desk.cases.actions.reopen import open_again
from tantam.desk.cases.actions.take import own_if_free
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.routing.route import put
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.seeing import sees_house
from tantam.desk.plans.ways import PHONE, way_in


@dataclass(frozen=True, kw_only=True)
class Logged:
    """words: what was said and agreed; the customer can read it. case: None opens one. number: E.164, or "".

    submission: the form's own, so that one sent twice is one call.
    """

    customer: Customer
    words: str
    incoming: bool
    case: Case | None = None
    number: str = ""
    length: timedelta = timedelta(0)
    submission: str = ""


def log_call(logged: Logged, person: Person, plan: RunningPlan) -> Case:
    """Return the case; the same form again gives the same case. plan: in force.

    Who was spoken to is owed no first reply any more. Raises Refused: says_nothing, too_long, not_allowed.
    """
    if not works_here(person):
        raise Refused("not_allowed")
    if before := opening.opened_before(submission=logged.submission or None):
        return before
    if logged.case is not None:
        with transaction.atomic():
            return _on(logged.case, logged, person)
    concern = Concern(
        customer=logged.customer,
        body=logged.words,
        channel=way_in(plan, PHONE),
        language=logged.customer.language,
        submission=logged.submission or None,
        plan=plan,
    )
    return opening.once(lambda: _opened(concern, logged, person), lambda before: before, **concern.name)


def _on(case: Case, logged: Logged, person: Person) -> Case:
    """Keep the call on a case: their word lets clocks run again, and opens what was settled."""
    act = joined.act_on_target(case, Actor.PERSON, person)
    if said.already(act, logged.submission or None):
        return act.case
    call = _had(act, logged)
    spoken(act, logged.words, call=call, submission=logged.submission)
    match act.case.status:
        case Case.Status.WAITING if logged.incoming:
            act.save(status=Case.Status.OPEN)
            promises.resume(act)
        case Case.Status.RESOLVED if logged.incoming:
            open_again(act)
    return _owned(act)


def _opened(concern: Concern, logged: Logged, person: Person) -> Case:
    """Open a case whose first message is what was said; a provider's people open it for their provider."""
    act, _ = opening.begin(concern, Actor.PERSON, person)
    if not sees_house(person):
        put(act, person.provider, because="call")
    first = said.first_of(act.case)
    assert first is not None
    tell(act, first, _had(act, logged))
    return _owned(act)


def _had(act: Act, logged: Logged) -> Call:
    return written_down(act, incoming=logged.incoming, number=logged.number, length=logged.length)


def _owned(act: Act) -> Case:
    own_if_free(act)
    promises.fulfil(act, promises.kept_by_words)
    return act.case
