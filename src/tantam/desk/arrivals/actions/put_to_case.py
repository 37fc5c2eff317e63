"""Put something that became no message to a case: as its customer's words, or as a note of what somebody else wrote."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.arrivals.incoming import Incoming, continue_with, may_continue
from tantam.desk.arrivals.models import Arrival
from tantam.desk.arrivals.seeing_to import brought_in, locked, settled
from tantam.desk.cases import attachments, said
from tantam.desk.cases.access import case_for
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions import add_note
from tantam.desk.cases.models import Actor, Case


def put_to_case(arrival: Arrival, case: Case, person: Person) -> Case:
    """Return the case. Who is not known as its customer never speaks for them: then colleagues alone read it.

    Raises Http404; Refused: tray_seen_to, tray_illegible, is_merged, says_nothing, too_long.
    """
    case_for(person, case.pk)
    what = brought_in(arrival, person)
    with transaction.atomic():
        kept, into = locked(arrival, person), case_for(person, case.pk)
        if may_continue(into, what.sender):
            continue_with(what, into, plans.in_force())
        else:
            attachments.attach_once(add_note(into, person, _as_note(what)), what.files)
        act = act_on(into, Actor.PERSON, person)
        act.append("from_tray", arrival=kept.pk, problem=kept.problem)
        settled(kept, person, into)
        return into


def _as_note(what: Incoming) -> str:
    """Return the words under who wrote them."""
    who = f"{what.sender.name} <{what.sender.value}>" if what.sender.name else what.sender.value
    head = "\n".join(each for each in (who, what.subject) if each)
    return f"{head}\n\n{what.body}"[: said.MOST_CHARACTERS]
