"""Stores what comes in and commits; then it is read by its channel, once, however often that is tried.

A channel says `@reads("mail")` of the function that reads what came by it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction

from tantam.desk import plans
from tantam.desk.arrivals.incoming import Incoming, open_for
from tantam.desk.arrivals.models import MOST_MESSAGE_ID, MOST_SENDER, MOST_SUBJECT, Arrival, Problem
from tantam.desk.arrivals.odd import Odd
from tantam.desk.arrivals.screening import HELD
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import due, handles

READ = "read_arrival"  # work whose payload is {"arrival": id}
READ_AGAIN = timedelta(minutes=1)  # for who reads at once, and may be killed before
AT_ONCE = timedelta(0)  # for who leaves the reading to the worker

_log = logging.getLogger(__name__)


def _nothing() -> None:
    """What a channel does beforehand that needs nothing done."""


def _no_files() -> Sequence[Brought]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What somebody sent. sender, subject, name, content: as the tray and the next arrival know it by.

    bring: puts it into its case and returns that, in a transaction; None for what is noted and belongs to no case.
    Raises Odd, Refused. beforehand: what of this takes long and needs no lock, such as files, is done before there is
    one. said: returns what was said, without files, for a person who looks at it; None where a channel has no such
    thing. files: keeps the files that came with it and returns them, for a person who brings it in.
    opens: opens the case of what was held, as its sender meant it and as of when it came; None for as what was said
    opens one.
    """

    sender: str
    bring: Callable[[], Case | None]
    beforehand: Callable[[], None] = _nothing
    said: Callable[[], Incoming] | None = None
    files: Callable[[], Sequence[Brought]] = _no_files
    opens: Callable[[], Case] | None = None
    subject: str = ""
    name: str = ""
    content: str = ""


Reader = Callable[[Arrival], Read]
_readers: dict[str, Reader] = {}


def reads(channel: str) -> Callable[[Reader], Reader]:
    """Register the function that reads what came by the channel. Raises ValueError if another one does it already.

    What the reader raises, but Odd, is a fault of ours or something never seen: it stays in the tray as unreadable.
    """

    def register(reader: Reader) -> Reader:
        if _readers.setdefault(channel, reader) is not reader:
            raise ValueError(f"Channel {channel!r} already has a reader; name it differently.")
        return reader

    return register


def store(channel: str, raw: bytes, *, key: str = "", account: str = "", wait: timedelta = AT_ONCE) -> Arrival:
    """Return what is stored; the same again is the same arrival. Committed when this returns.

    key: the sender's own for this delivery, "" for that of the bytes. wait: until the worker reads it, unless the
    caller did.
    """
    now = clock.now()
    new = Arrival(
        channel=channel,
        key=key or hashlib.sha256(raw).hexdigest(),
        account=account,
        raw=raw,
        received_at=now,
    )
    with transaction.atomic():
        Arrival.objects.bulk_create([new], ignore_conflicts=True)
        kept = Arrival.objects.defer("raw").get(channel=channel, key=new.key)
        if kept.read_at is None:
            due(READ, f"{READ}:{kept.pk}", {"arrival": kept.pk}, now + wait)
    return kept


def take_in(pk: int) -> Arrival:
    """Read what was stored into its case, unless that was done before, or somebody saw to it by hand.

    A failure of the desk itself (no plan in force, no database) raises and leaves it to be read again.
    """
    kept = Arrival.objects.get(pk=pk)
    read = _read(kept) if kept.read_at is None else None  # before the lock: what was made to harm takes long
    if read is not None:
        read.beforehand()
    with transaction.atomic():
        held = Arrival.objects.select_for_update().defer("raw").get(pk=pk)
        if held.read_at is not None or held.seen_to_by_id is not None:
            return held
        if read is not None:
            kept.sender, kept.subject = read.sender[:MOST_SENDER], read.subject[:MOST_SUBJECT]
            kept.name, kept.content = read.name[:MOST_MESSAGE_ID], read.content
            kept.case, kept.problem, kept.because = _brought(read, kept)
        else:
            kept.problem = Problem.UNREADABLE
        kept.read_at = clock.now()
        kept.save(update_fields=["sender", "subject", "name", "content", "case", "problem", "because", "read_at"])
    return kept


def said_by(kept: Arrival) -> Incoming | None:
    """Return what somebody said, for who looks at it in the tray; None where nobody can tell. Nothing is stored."""
    return _told(kept, lambda read: read.said() if read.said else None)


def brought_by(kept: Arrival) -> Incoming | None:
    """Return what somebody said, its files kept, for who brings it in; None where nobody can tell.

    Call it before anything is locked.
    """
    return _told(kept, lambda read: replace(read.said(), files=read.files()) if read.said else None)


def opening_of(kept: Arrival) -> Callable[[], Case]:
    """Return what opens the case that a person makes of it, to be called inside a transaction; its files are kept now.

    What was held waited for us: its promises count from when it came. Raises Refused("tray_illegible"); what it
    returns: no_contact, says_nothing, too_long.
    """
    read = _read(kept) if kept.channel in _readers else None
    if read is not None and read.opens is not None:
        return read.opens
    if (what := brought_by(kept)) is None:
        raise Refused("tray_illegible")
    came_at = kept.received_at if kept.problem in HELD else None
    return lambda: open_for(what, plans.in_force(came_at), came_at=came_at)


@handles(READ)
def read_stored(payload: Mapping[str, Any]) -> None:
    """Read what was stored, for the worker."""
    take_in(int(payload["arrival"]))


def _told(kept: Arrival, tell: Callable[[Read], Incoming | None]) -> Incoming | None:
    read = _read(kept) if kept.channel in _readers else None
    try:
        return tell(read) if read else None
    except (DatabaseError, OSError, Refused):
        raise
    except Exception:  # what is wrong with it is why it lies there: the page must stand
        _log.exception("What %s by %s says cannot be told.", kept.pk, kept.channel)
        return None


def _read(kept: Arrival) -> Read | None:
    try:
        return _readers[kept.channel](kept)
    except DatabaseError:
        raise  # ours: it is read again
    except Exception:  # whatever somebody sent, it must stay visible in the tray
        _log.exception("What came by %s as %s could not be read; it stays in the tray.", kept.channel, kept.pk)
        return None


def _brought(read: Read, kept: Arrival) -> tuple[Case | None, Problem, dict[str, object]]:
    """Return the case that it opened or continued, or why it did not, and what spoke for that."""
    try:
        case = read.bring()
        return case, Problem.NONE if case else Problem.NOTED, {}
    except Odd as odd:
        return None, odd.problem, odd.because
    except plans.NoPlan:
        raise  # read again once a plan is in force
    except Refused as refused:
        _log.warning("What came by %s as %s was refused: %s", kept.channel, kept.pk, refused.code)
        return None, Problem.TOO_OFTEN if refused.code == "too_often" else Problem.REFUSED, {}
