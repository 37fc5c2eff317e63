"""Move many open cases to another version of the plan: asked for once, done case by case as work, with progress."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions.move_to_version import move_to_version
from tantam.desk.cases.models import Case
from tantam.desk.cases.moving import Losses
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.plans.models import Move

MOVE = "move_cases"  # work whose payload is {"move": id}
MOST_REFUSALS = 50


def move_cases(person: Person, to: int, *, since: int | None = None, losses: Losses = Losses.KEEP) -> Move:
    """Return the move of all open cases under the version `since` (of every other one if None) to the version `to`.

    While one to the same version is under way, that one is returned. Raises Refused("not_allowed"), NoPlan.
    """
    if not person.manages:
        raise Refused("not_allowed")
    plans.version(to)
    with transaction.atomic():
        one_at_a_time(f"move:{to}")
        under_way = Move.objects.filter(to_id=to, ended_at=None).first()
        if under_way is not None:
            return under_way
        now = clock.now()
        total = open_under(since, besides=to).count()
        ended = None if total else now
        move = Move.objects.create(
            to_id=to, since_id=since, losses=losses, total=total, made_at=now, made_by=person, ended_at=ended
        )
        if total:
            work.due(MOVE, f"{MOVE}:{move.pk}", {"move": move.pk}, now)
        return move


def open_under(since: int | None, *, besides: int) -> QuerySet[Case]:
    """Return the open cases under a version, or under every one `besides` the one named, by id."""
    found = Case.objects.filter(status__in=Case.UNDER_WAY).exclude(plan_version_id=besides)
    return (found if since is None else found.filter(plan_version_id=since)).order_by("pk")


@work.handles_long(MOVE)
def move_on(payload: Mapping[str, Any]) -> None:
    """Move what is left of a move, one case a transaction; harmless twice."""
    move = Move.objects.select_related("made_by").get(pk=payload["move"])
    while move.ended_at is None:
        case = (
            open_under(move.since_id, besides=move.to_id).filter(pk__gt=move.after, opened_at__lte=move.made_at).first()
        )
        if case is None:
            Move.objects.filter(pk=move.pk, ended_at=None).update(ended_at=clock.now())
            return
        _one(move, case)
        work.hold()
        move.refresh_from_db(fields=["ended_at", "after", "refusals"])


def _one(move: Move, case: Case) -> None:
    try:
        move_to_version(case, move.made_by, move.to_id, losses=Losses(move.losses))
    except Refused as refused:
        refusals = [*move.refusals, [case.pk, refused.code]][:MOST_REFUSALS]
        Move.objects.filter(pk=move.pk).update(after=case.pk, refused=F("refused") + 1, refusals=refusals)
    else:
        Move.objects.filter(pk=move.pk).update(after=case.pk, moved=F("moved") + 1)
