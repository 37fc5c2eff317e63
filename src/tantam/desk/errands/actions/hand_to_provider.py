"""Hand a case to a provider: with what is asked of it, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import Act, act_on, refuse_if_changed, refuse_if_resolved
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.routing.route import put
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.errands.lateness import LATE
from tantam.desk.errands.models import Errand
from tantam.desk.plans.providers import outside
from tantam.desk.plans.seeing import sees_house
from tantam.desk.providers.stopping import stopped

LONGEST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Asked:
    """provider: the plan's name. words: what is asked. due: aware, by when it is owed."""

    provider: str
    words: str
    due: datetime


def hand_to_provider(case: Case, person: Person, asked: Asked, *, seen: int | None = None) -> Errand:
    """Return the errand; the case is in the provider's queue until it is handed back, and nobody's of ours.

    What is owed to the customer runs on. seen: the last event id that the person has read.
    Raises Refused: unknown_value, provider_stopped, not_ahead, errand_open, changed_meanwhile, already_resolved,
    is_merged, says_nothing, too_long, not_allowed.
    """
    if not sees_house(person):
        raise Refused("not_allowed")
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        refuse_if_changed(act, seen)
        _refuse(act, asked)
        note = said.note_down(act, asked.words)
        made = Errand.objects.create(
            case=act.case, provider=asked.provider, asked_by=person, asked=note, asked_at=act.now, due_at=asked.due
        )
        before = act.case.owner_id
        act.save(owner=None)
        if act.case.provider != asked.provider:
            put(act, asked.provider, because="hand")
        told = {"errand": made.pk, "provider": asked.provider, "due": asked.due.isoformat(), "message": note.pk}
        act.append("errand_asked", clause=f"providers.{asked.provider}", **told)
        act.append("handed_over", owner_before=before, owner=None, level=act.case.level)
        work.due(LATE, f"{LATE}:{made.pk}", {"errand": made.pk}, asked.due)
        return made


def _refuse(act: Act, asked: Asked) -> None:
    if asked.provider not in dict(outside(act.plan, act.plan.languages[0])):
        raise Refused("unknown_value", got=asked.provider[:40])
    if asked.provider in stopped():
        raise Refused("provider_stopped")
    if not act.now < asked.due <= act.now + LONGEST:
        raise Refused("not_ahead")
    if Errand.objects.filter(case=act.case, ended_at=None).exists():
        raise Refused("errand_open")
