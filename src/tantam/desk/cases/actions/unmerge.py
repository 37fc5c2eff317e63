"""Undo that a case was joined to another, at any later time; what reached it there comes back."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import pairs, promises, transfer
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Case, CaseEvent, Message, Promise
from tantam.desk.common.errors import Refused


def unmerge(case: Case, person: Person) -> Case:
    """Return the case, standing for itself again as it did before. Raises Refused: not_merged, not_allowed.

    What its customer wrote to it meanwhile is shown in it again; what was done for its promises meanwhile stays done.
    """
    with transaction.atomic():
        into = Case.objects.filter(merged_cases=case.pk).first()
        if into is None:
            raise Refused("not_merged")
        act, stood = pairs.acts_on(case, into, person)
        if act.case.merged_into_id != into.pk:
            raise Refused("not_merged")
        back = transfer.move(act, stood, _came_through(act.case, stood.case))
        act.save(status=_status(act), merged_into=None)
        act.append("unmerged", into=into.pk, reference=into.reference, messages=back)
        stood.append("unjoined", case=act.case.pk, reference=act.case.reference)
        promises.note_next_due(act)
        promises.note_next_due(stood)
        return act.case


def _came_through(case: Case, stood: Case) -> list[int]:
    """Return the messages that were written to the case and reached the one that stood for it."""
    told = CaseEvent.objects.filter(case=stood, code="landed", args__through=case.pk)
    ids = [pk for pk in told.values_list("args__message", flat=True) if pk]
    return list(Message.objects.filter(case=stood, pk__in=ids).order_by("id").values_list("pk", flat=True))


def _status(act: Act) -> str:
    """Return how the case stood before; one whose customer need not answer any more is open."""
    told = act.case.events.filter(code="merged").order_by("-id").first()
    before = str(told.args.get("status", "")) if told else ""
    if before == Case.Status.RESOLVED:
        return Case.Status.RESOLVED
    asked = act.case.promises.exclude(paused_at=None).filter(state=Promise.State.OWED).exists()
    return Case.Status.WAITING if before == Case.Status.WAITING and asked else Case.Status.OPEN
