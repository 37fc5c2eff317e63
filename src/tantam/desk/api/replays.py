"""Tries drafts on the past for a program: which drafts there are, asking for a replay, and what it found."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ninja import Schema, Status
from pydantic import AwareDatetime, Field

from tantam.desk.api.errors import Invalid, Missing
from tantam.desk.api.room import Room
from tantam.desk.api.token import Asking, overseers
from tantam.desk.api.told import Id, Told
from tantam.desk.plans import access, trial, versions
from tantam.desk.plans.actions import ask_replay as ask
from tantam.desk.plans.models import Draft, Replay
from tantam.desk.reports.replays import histories

room = Room("replays", "read:plans", "write:plans", who=overseers)
router = room.router
LISTED = 100
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)


class DraftOut(Schema):
    """A draft that was brought. hash: 12 hex digits of its content."""

    id: str
    title: str
    note: str
    hash: str
    made_at: datetime


class ReplayIn(Told):
    """Which draft to play over which stretch [since, until) of which history."""

    draft: str = Field(min_length=1, max_length=20, pattern=r"^[0-9]+$", description="The draft's id.")
    since: AwareDatetime = Field(description="Cases opened from this instant on; with a time zone.")
    until: AwareDatetime = Field(description="Cases opened before this instant.")
    source: str = Field("desk", max_length=80, description="desk, or the name of an imported history.")


class SentenceOut(Schema):
    """What was found, in words, with the key of the sentence."""

    key: str
    text: str


class ReplayOut(Schema):
    """How far a replay is. result: what was found, once state is done; null before.

    places: {severity, level, stage: [[before, after, cases]]}; fates: {kind of promise: [[before, after, promises]]}.
    """

    id: str
    draft: str
    against: int
    since: datetime
    until: datetime
    source: str
    state: str
    progress: int
    trouble: str
    says: list[SentenceOut]
    result: dict[str, Any] | None


@room.get("/drafts", list[DraftOut])
def list_drafts(request: Asking) -> list[DraftOut]:
    """Return the newest drafts, the newest first, at most a hundred. A draft is brought at /desk/what-if/."""
    return [
        DraftOut(id=str(each.pk), title=each.title, note=each.note, hash=each.hash, made_at=each.made_at)
        for each in access.drafts()[:LISTED]
    ]


@room.post("/replays", ReplayOut, 202)
def ask_replay(request: Asking, told: ReplayIn) -> Status[ReplayOut]:
    """Ask a worker to play the draft over the past, and return how far it is. Asked again meanwhile, it is the same."""
    draft = _draft(told.draft)
    known = [each.source for each in histories()]
    if told.source not in known:
        raise Invalid("source", f"There is no such history. There are: {', '.join(known) or 'none'}.")
    for name, at in (("since", told.since), ("until", told.until)):
        if not FIRST <= at <= LAST:
            raise Invalid(name, "It must lie between 1970 and 2199.")
    if told.since >= told.until:
        raise Invalid("until", "It must lie after since.")
    replay = ask(draft, source=told.source, since=told.since, until=told.until, person=request.caller.person)
    return Status(202, _out(replay))


@room.get("/replays/{id}", ReplayOut)
def read_replay(request: Asking, id: Id) -> ReplayOut:
    """Return how far the replay is and, once it is done, what the draft would have done."""
    replay = access.replay(id)
    if replay is None:
        raise Missing("There is no such replay. POST /api/v1/replays asks for one.")
    return _out(replay)


def _draft(written: str) -> Draft:
    number = int(written)
    draft = access.drafts().filter(pk=number).first() if number < 2**63 else None
    if draft is None:
        raise Invalid("draft", "There is no such draft. GET /api/v1/drafts lists them.")
    return draft


def _out(replay: Replay) -> ReplayOut:
    found = replay.result
    plan = versions.version(replay.against_id)
    said = trial.sentences(found, "en", plan) if found else []
    return ReplayOut(
        id=str(replay.pk),
        draft=str(replay.draft_id),
        against=replay.against_id,
        since=replay.since,
        until=replay.until,
        source=replay.source,
        state=replay.state,
        progress=replay.progress,
        trouble=replay.trouble,
        says=[SentenceOut(key=key, text=text) for key, text in said],
        result=found,
    )
