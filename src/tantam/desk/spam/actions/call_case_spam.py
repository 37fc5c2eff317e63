"""Call a case spam: it is closed without a letter, nothing is owed any more, and the score learns from it."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals.access import may_see_to
from tantam.desk.cases import promises
from tantam.desk.cases.act import act_on, refuse_if_changed, refuse_if_resolved
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.quietly import AS, SPAM
from tantam.desk.spam.marking import mark_case


def call_case_spam(case: Case, person: Person, *, seen: int | None = None) -> Case:
    """Return the case, resolved. seen: the last event id that the person has read.

    Raises Http404 for who does not see to the tray; Refused: changed_meanwhile, already_resolved, is_merged,
    not_allowed.
    """
    if not may_see_to(person):
        raise Http404
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        refuse_if_changed(act, seen)
        mark_case(act.case, person, spam=True)
        act.append("called_spam")
        act.save(status=Case.Status.RESOLVED, resolved_at=act.now)
        act.append("resolved", **{AS: SPAM})
        promises.withdraw_all(act)
        return act.case
