"""Say how severe a case is after all; it goes up if its level does not handle that."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import Act, act_on, refuse_if_changed, refuse_if_resolved
from tantam.desk.cases.actions.escalate import go_up
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused


def grade(case: Case, person: Person, severity: str, *, note: str = "", seen: int | None = None) -> Case:
    """Return the case with this severity, at the first level above its own that handles it if its own does not.

    What was promised stays promised. Raises Refused: unknown_severity, changed_meanwhile, already_resolved, too_long,
    not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        refuse_if_changed(act, seen)
        if severity not in act.plan.severities():
            raise Refused("unknown_severity")
        before = act.case.severity
        if severity == before:
            return act.case
        if note.strip():
            said.note_down(act, note)
        act.save(severity=severity)
        act.append("graded", severity_before=before, severity=severity)
        _rise(act, severity)
        return act.case


def _rise(act: Act, severity: str) -> None:
    """Go up step by step until a level handles the severity; where none above does, the case stays."""
    plan, level, above = act.plan, act.case.level, []
    while not plan.level_handles(level, severity):
        up = plan.next_level(level, "severity")
        if up is None or up in above:
            return
        above.append(up)
        level = up
    for _ in above:
        go_up(act, "severity")
