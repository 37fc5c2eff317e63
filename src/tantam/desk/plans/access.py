"""Which drafts and replays a person may see: all of them who manages, none who does not."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.plans.models import Draft, Replay


def drafts_for(person: Person) -> QuerySet[Draft]:
    """Return the drafts, the newest first, without their frozen text."""
    return drafts() if person.oversees else Draft.objects.none()


def replays_for(person: Person) -> QuerySet[Replay]:
    """Return the replays, the newest first, without what they found."""
    return replays() if person.oversees else Replay.objects.none()


def replay_for(person: Person, pk: int) -> Replay:
    """Return the replay with its draft and what it found. Raises Http404."""
    found = replay(pk) if person.oversees else None
    if found is None:
        raise Http404
    return found


def drafts() -> QuerySet[Draft]:
    """Return the drafts for a program that showed the desk's token, without their frozen text."""
    return Draft.objects.defer("frozen").select_related("made_by").order_by("-id")


def replays() -> QuerySet[Replay]:
    """Return the replays for a program that showed the desk's token, without what they found."""
    light = Replay.objects.defer("result", "draft__frozen", "against__frozen")
    return light.select_related("draft", "against", "made_by").order_by("-id")


def replay(pk: int) -> Replay | None:
    """Return the replay with what it found, for a program that showed the desk's token."""
    return Replay.objects.select_related("draft__made_by", "against", "made_by").filter(pk=pk).first()
