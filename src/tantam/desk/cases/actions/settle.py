"""The customer says that it is settled: the case is resolved, and what is still open is owed no longer."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases import invites, outbox, promises
from tantam.desk.cases.act import Act, act_on, refuse_if_resolved
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Actor, Case, Promise
from tantam.desk.cases.vows import MEETINGS


def settle(case: Case) -> Case:
    """Return the case, resolved by its customer's word. Raises Refused("already_resolved").

    What was promised to be settled is kept if it is in time; nothing else counts as kept: it is withdrawn.
    An appointment or visit to come is cancelled in the customer's calendar too.
    """
    with transaction.atomic():
        act = act_on(case, Actor.CUSTOMER)
        refuse_if_resolved(act)
        act.save(status=Case.Status.RESOLVED, resolved_at=act.now)
        act.append("resolved")
        promises.fulfil(act, promises.kept_by_the_customer)
        to_come = list(Promise.objects.filter(case__in=act.stands_for, kind__in=MEETINGS, state=Promise.State.OWED))
        promises.withdraw_all(act)
        for each in to_come:
            _cancel(act.on(each.case_id), each)
        return act.case


def _cancel(act: Act, meeting: Promise) -> None:
    context = {"what": meeting.words, "before": meeting.due_at}
    message = outbox.post(act, letter("cases/letters/appointment_cancelled.txt", act.case, act.plan, context))
    invites.uninvite(act, meeting, message)
