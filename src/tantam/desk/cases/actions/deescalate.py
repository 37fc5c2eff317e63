"""Bring a case back down to the level that it came from."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import Act, act_on, refuse_if_changed, refuse_if_resolved
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused


def deescalate(case: Case, person: Person, note: str, *, seen: int | None = None) -> Case:
    """Return the case at the level that it came up from, else at the next one below; its former owner has it again.

    note: what is settled and what is left to do, for whoever goes on with it. seen: the last event id they have read.
    Raises Refused: says_nothing, no_level_below, changed_meanwhile, already_resolved, too_long, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        refuse_if_changed(act, seen)
        came = _way_up(act)
        below = came["level_before"] if came else _next_below(act)
        if not below:
            raise Refused("no_level_below")
        message = said.note_down(act, note)
        before = act.case.level
        act.save(level=below)
        act.append("deescalated", level_before=before, level=below, message=message.pk)
        return act.case


def _way_up(act: Act) -> dict[str, str] | None:
    """Return the arguments of the last way up to the level where the case is now, if that still holds."""
    ups = act.case.events.filter(code="escalated", args__level=act.case.level).order_by("-id")
    args = ups.values_list("args", flat=True).first()
    return args if args and args.get("level_before") in act.plan.levels() else None


def _next_below(act: Act) -> str:
    levels = act.plan.levels()
    at = levels.index(act.case.level) if act.case.level in levels else 0
    return levels[at - 1] if at else ""
