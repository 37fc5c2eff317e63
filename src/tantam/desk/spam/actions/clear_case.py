"""Take back that a case was called spam: it is open again, with new promises, and what was learned is unlearned."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals.access import may_see_to
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions.reopen import open_again
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.spam.access import called_spam
from tantam.desk.spam.marking import mark_case


def clear_case(case: Case, person: Person) -> Case:
    """Return the case, open. Raises Http404 for who does not see to the tray; Refused: not_spam, not_allowed."""
    if not may_see_to(person):
        raise Http404
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        if not called_spam(act.case):
            raise Refused("not_spam")
        mark_case(act.case, person, spam=False)
        act.append("cleared_of_spam")
        if act.case.status == Case.Status.RESOLVED:
            open_again(act)
        return act.case
