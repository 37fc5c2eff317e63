"""Move messages of a case into one of their own: triaged anew, with what was owed since they came. Can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import opening, promises, transfer
from tantam.desk.cases.act import Act, act_on, refuse_if_changed, refuse_if_merged
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Actor, Case, Message, Parting
from tantam.desk.common.errors import Refused


def part(case: Case, person: Person, messages: Iterable[int], *, subject: str = "", seen: int | None = None) -> Parting:
    """Return the parting; its `new_case` has the messages. messages: ids. subject: "" takes their first line.

    The new case is owed what the plan in force promises from the moment when the first of them came.
    Raises Refused: part_nothing, part_everything, changed_meanwhile, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_merged(act)
        refuse_if_changed(act, seen)
        chosen = list(act.case.messages.filter(pk__in=list(messages)).order_by("id"))
        if not chosen:
            raise Refused("part_nothing")
        if not act.case.messages.exclude(pk__in=[each.pk for each in chosen]).exists():
            raise Refused("part_everything")
        first = next((each for each in chosen if each.direction == Message.Direction.INCOMING), chosen[0])
        begun = opening.begin_with(_concern(act, first, subject), person, first.written_at)
        new = replace(begun, now=act.now)
        moved = transfer.move(new, act, [each.pk for each in chosen])
        _kept_meanwhile(begun, act)
        new.append("parted_from", case=act.case.pk, reference=act.case.reference, messages=moved)
        act.append("parted", case=new.case.pk, reference=new.case.reference, messages=moved)
        return Parting.objects.create(case=act.case, new_case=new.case, messages=moved, person=person, at=act.now)


def _kept_meanwhile(begun: Act, act: Act) -> None:
    """Keep on the new case what a colleague's words kept since its first message came, at the time of those words."""
    since = Message.objects.filter(case__in=(act.case.pk, begun.case.pk), direction=Message.Direction.OUTGOING)
    said = since.exclude(author=None).filter(written_at__gte=begun.now).order_by("written_at", "id").first()
    if said is not None:
        promises.fulfil(replace(begun, now=said.written_at), promises.kept_by_words)


def _concern(act: Act, first: Message, subject: str) -> Concern:
    case = act.case
    return Concern(
        customer=case.customer,
        body=first.body,
        subject=subject,
        channel=first.channel if first.direction == Message.Direction.INCOMING else case.channel,
        language=case.language,
        topic=case.topic,
        purchase=case.purchase,
        plan=act.plan,
    )
