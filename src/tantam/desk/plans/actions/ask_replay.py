"""Ask for a replay of a draft: a worker does it as soon as it can."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.plans import versions
from tantam.desk.plans.models import Draft, Replay

if TYPE_CHECKING:
    from tantam.desk.accounts.models import Person

REPLAY = "replay_draft"


def ask_replay(draft: Draft, *, source: str, since: datetime, until: datetime, person: Person | None) -> Replay:
    """Return the replay of a draft against the version in force over [since, until), aware. person: None for a program.

    While the same one is still to come, or under way, that one is returned. Raises Refused, NoPlan.
    """
    if person is not None and not person.manages:
        raise Refused("not_allowed")
    if since >= until:
        raise Refused("backwards", field="until", since=since.date().isoformat(), got=until.date().isoformat())
    against = versions.in_force().version  # what is directed for a while says nothing of the past
    wanted = {"draft": draft, "against_id": against, "source": source, "since": since, "until": until}
    with transaction.atomic():
        one_at_a_time(f"replay:{draft.pk}")
        coming = Replay.objects.filter(**wanted, state__in=Replay.COMING).first()
        if coming is not None:
            return coming
        now = clock.now()
        asked = Replay.objects.create(**wanted, made_at=now, made_by=person)
        work.due(REPLAY, f"{REPLAY}:{asked.pk}", {"replay": asked.pk}, now)
        return asked
