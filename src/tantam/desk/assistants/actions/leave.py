"""Leave a case to a person, with a summary: whoever has it is told, else routing finds somebody."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.assistants.whom import Assistant, scope
from tantam.desk.cases import said
from tantam.desk.cases.act import act_on, refuse_if_resolved
from tantam.desk.cases.models import Actor, Case


def leave(case: Case, assistant: Assistant, summary: str) -> Case:
    """Return the case, with the summary as a note and its level as it was.

    Raises Refused: says_nothing, too_long, already_resolved, is_merged, assistant_gone, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, assistant.person)
        scope(assistant, act.plan)
        refuse_if_resolved(act)
        said.note_down(act, summary)
        owner = act.case.owner_id
        act.append("handed_over", owner_before=owner, owner=owner, level=act.case.level)
        return act.case
