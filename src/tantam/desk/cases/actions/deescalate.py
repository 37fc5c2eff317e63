"""Bring a case back down to the level that it came from."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.access import colleagues
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
        _give_to_former_owner(act)
        return act.case


def _give_to_former_owner(act: Act) -> None:
    """Give it to who had it at this level last, else to nobody yet; an owner whose level this is keeps it."""
    owner = act.case.owner
    if owner is not None and owner.level == act.case.level:
        return
    turns = act.case.events.filter(code__in=("taken", "handed_over")).exclude(args__owner=None)
    ids = [each["owner"] for each in turns.order_by("-id").values_list("args", flat=True)[:20]]
    known = {each.pk: each for each in colleagues().filter(pk__in=ids, level=act.case.level)}
    former = next((known[each] for each in ids if each in known), None)
    if former == owner:
        return
    act.save(owner=former)
    told = {"owner_before": owner.pk if owner else None, "owner": former.pk if former else None}
    act.append("handed_over", level=act.case.level, because="down", **told)


def _way_up(act: Act) -> dict[str, str] | None:
    """Return the arguments of the last way up to the level where the case is now, if that still holds."""
    ups = act.case.events.filter(code="escalated", args__level=act.case.level).order_by("-id")
    args = ups.values_list("args", flat=True).first()
    return args if args and args.get("level_before") in act.plan.levels() else None


def _next_below(act: Act) -> str:
    levels = act.plan.levels()
    at = levels.index(act.case.level) if act.case.level in levels else 0
    return levels[at - 1] if at else ""
