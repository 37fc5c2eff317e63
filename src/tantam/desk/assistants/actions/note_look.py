"""Tell in a case that an assistant looked at its customer's data, or asked for what it may not."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.assistants.whom import Assistant
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case


def note_look(case: Case, assistant: Assistant, tool: str) -> None:
    """Append that the assistant looked. Raises Refused("not_allowed")."""
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, assistant.person)
        act.append("assistant_looked", tool=tool)


def note_refusal(case: Case, assistant: Assistant, *, tool: str, code: str, clause: str) -> None:
    """Append that the assistant was refused something in this case."""
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, assistant.person)
        act.append("assistant_refused", clause=clause, tool=tool, reason=code)
