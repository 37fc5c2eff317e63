"""What an open window is told as events of a stream: what was said since, once each; where it stands, when it changed.

A stream that breaks off goes on from the mark that it was given last: nothing is missed, nothing comes twice. Ids sort
by time, but two processes may write one into the other's millisecond: a mark names what was given of the last moments.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse

from tantam.desk.chats.hub import News
from tantam.desk.common.bridge import HELD
from tantam.desk.common.ids import first_id, given_at

LATE = timedelta(seconds=5)  # between what two processes take for the same moment, and until it is committed
MOST_MARKED = 40  # ids that a mark names
AGAIN_MS = 2000


class Over(RuntimeError):
    """Raised by a stream whose reader may read no more: it ends."""


class Stream(Protocol):
    """One open page. topics: of the hub. window: the visitor's id, 0 for a colleague's. All but `passing` may ask the

    database.
    """

    topics: tuple[str, ...]
    window: int

    def more(self) -> str:
        """Return the events since this was called last; "" for none."""

    def passing(self, news: News) -> str:
        """Return what passes as events; "" for what is not told here."""

    def still(self) -> None:
        """Raise Over where the reader may read no more; called every other minute."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a window was given: everything before `since`, and the ids in `given`."""

    since: int = 0
    given: frozenset[int] = field(default=frozenset())

    def after(self, ids: list[int]) -> Mark:
        """Return the mark once these were given, too."""
        together = sorted(self.given | set(ids))
        if not together:
            return self
        since = max(self.since, first_id(given_at(together[-1]) - LATE))
        kept = [each for each in together if each > since]
        if len(kept) > MOST_MARKED:
            since = kept[-MOST_MARKED - 1]
        return Mark(since, frozenset(each for each in kept if each > since))

    def written(self) -> str:
        """Return it as the id of an event: the newest last."""
        return "-".join(f"{each:x}" for each in (self.since, *sorted(self.given)))


def mark_of(written: str) -> Mark:
    """Return the mark that a window shows, that of the beginning for what is none.

    A bare id counts too: everything up to it was given.
    """
    try:
        if "-" not in written:
            return Mark(int(written)) if written.isdecimal() and len(written) < 20 else Mark()
        since, *given = (int(each, 16) for each in written.split("-")[: MOST_MARKED + 2])
    except ValueError:
        return Mark()
    return Mark(since, frozenset(given))


def event(name: str, told: Any, mark: Mark | None = None) -> str:
    """Return an event as it stands in a stream."""
    head = f"id: {mark.written()}\n" if mark else ""
    return f"{head}event: {name}\ndata: {json.dumps(told, ensure_ascii=False, separators=(',', ':'))}\n\n"


def answer(request: HttpRequest, stream: Stream) -> HttpResponse:
    """Return the stream: kept open where the server can do that, else what is new now, and when to ask again."""
    held = request.META.get(HELD)
    if held is None:
        text = f"retry: {AGAIN_MS}\n\n{stream.more()}"
    else:
        held.append(stream)
        text = ""
    answered = HttpResponse(text, content_type="text/event-stream; charset=utf-8")
    answered.headers["Cache-Control"] = "no-store"
    answered.headers["X-Accel-Buffering"] = "no"  # a proxy before us lets events through as they come
    return answered
