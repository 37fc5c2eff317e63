"""Escalate a case to the level above, by the plan."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import Act, act_on, refuse_if_resolved
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused

BY_HAND = ("asked", "authority", "knowledge", "severity", "missed")  # why a colleague sends a case up


def escalate(case: Case, person: Person, *, reason: str = "asked", note: str = "") -> Case:
    """Return the case one level up. Its owner stays visible.

    reason: one of BY_HAND, which the plan may answer differently; note: for colleagues.
    Raises Refused: unknown_reason, no_level_above, already_resolved, too_long, not_allowed.
    """
    if reason not in BY_HAND:
        raise Refused("unknown_reason")
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        if note.strip():
            said.note_down(act, note)
        if not go_up(act, reason):
            raise Refused("no_level_above")
        return act.case


def go_up(act: Act, reason: str, **args: object) -> bool:
    """Move the case to the level above by the plan in force, with the event; return whether there is one."""
    before = act.case.level
    above = act.plan.next_level(before, reason)
    if above is None:
        return False
    act.save(level=above)
    clause = f"levels.{before}.escalates_to"
    act.append("escalated", clause=clause, reason=reason, level_before=before, level=above, **args)
    return True
