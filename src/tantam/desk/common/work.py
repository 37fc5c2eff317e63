"""Does what is due: pieces of work claimed by lease, retried with growing pauses, never lost, sometimes done twice."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.db.models import F, Q

from tantam.desk.common import clock, recurring, rows, tidying
from tantam.desk.common.models import DueWork

Handler = Callable[[Mapping[str, Any]], None]

LEASE = timedelta(seconds=60)
TOO_LONG = 2 * LEASE  # nobody leases for so long: the clock was ahead, and was put back
BATCH = 10
MOST_ATTEMPTS = 17  # with the pauses below: about a day and a half
LONGEST_PAUSE = timedelta(hours=6)
MOST_IN_VAIN = 500  # that are looked at together
IDLE_SECONDS = 1.0
AWAY_SECONDS = 5.0
TIDY_EVERY = timedelta(hours=1)

_log = logging.getLogger(__name__)
_handlers: dict[str, Handler] = {}
_long: set[str] = set()  # kinds of work that may take minutes: done beside the others, which wait for nobody
_in_hand: ContextVar[tuple[DueWork, threading.Event | None] | None] = ContextVar("in_hand", default=None)


class Hopeless(Exception):
    """Raised by a handler for work that trying again cannot do: it fails at once, visibly."""


class Later(Exception):
    """Raised by a handler for work that nothing hinders, but that is to be done at `at` (aware) alone."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class PutDown(Exception):
    """Raised by `hold` where the work is no longer this worker's, or the worker is to end: another one takes it up."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does work of `kind`; it takes the payload and must be harmless twice.

    Raises ValueError if another function does it already.
    """

    def register(handler: Handler) -> Handler:
        if _handlers.setdefault(kind, handler) is not handler:
            raise ValueError(f"Work of kind {kind!r} already has a handler; name it differently.")
        return handler

    return register


def handles_long(kind: str) -> Callable[[Handler], Handler]:
    """Register a handler as `handles` does, for work of minutes; it calls `hold` every few seconds."""
    _long.add(kind)
    return handles(kind)


def is_tried_again() -> bool:
    """Whether the work in hand failed before."""
    held = _in_hand.get()
    return held is not None and held[0].attempts > 1


def hold() -> None:
    """Keep the lease of the work in hand; a handler that takes long calls it every few seconds. Raises PutDown."""
    held = _in_hand.get()
    if held is None:  # nobody leased it: a test, a command
        return
    piece, stop = held
    if (stop is not None and stop.is_set()) or not _still_ours(piece):
        raise PutDown


def due(kind: str, key: str, payload: Mapping[str, Any], at: datetime) -> None:
    """Ask for work at `at` (aware), in the caller's transaction. Asked again with the same key, nothing happens."""
    all_due([DueWork(kind=kind, key=key, payload=dict(payload), due_at=at)])


def all_due(pieces: Sequence[DueWork]) -> None:
    """Ask for several pieces of work at once, as `due` does."""
    rows.insert_new(pieces)


def is_open(keys: Sequence[str], **told: Any) -> bool:
    """Whether any piece with one of these keys is still to be done; one that was given up is not.

    told: what stands in its payload.
    """
    open_ones = DueWork.objects.filter(key__in=keys, done_at=None, failed_at=None)
    return open_ones.filter(**{f"payload__{name}": value for name, value in told.items()}).exists()


def in_vain(kind: str, attempts: int) -> list[Mapping[str, Any]]:
    """Return the payloads of pieces that were tried so often and are not done; what was given up is among them."""
    tried = DueWork.objects.filter(kind=kind, done_at=None, attempts__gte=attempts).order_by("id")
    return list(tried.values_list("payload", flat=True)[:MOST_IN_VAIN])


def hurry(kind: str, *, failed_by: str = "") -> None:
    """Let pieces of a kind that were put off after they failed be tried now.

    failed_by: only those whose last failure was an exception of this name.
    """
    _hurry(Q(kind=kind, error__startswith=failed_by))


def advance(keys: Sequence[str]) -> None:
    """Let pieces with these keys that are due later be done now; those in hand are left alone."""
    now = clock.now()
    later = DueWork.objects.filter(key__in=keys, done_at=None, failed_at=None, leased_until=None, due_at__gt=now)
    later.update(due_at=now)


def hurry_these(keys: Sequence[str]) -> None:
    """Let pieces with these keys that were put off after they failed be tried now, of whatever kind."""
    _hurry(Q(key__in=keys))


def _hurry(which: Q) -> None:
    now = clock.now()
    put_off = DueWork.objects.filter(done_at=None, failed_at=None, leased_until=None, due_at__gt=now, attempts__gt=0)
    put_off.filter(which).update(due_at=now)


def run_due(limit: int = BATCH, stop: threading.Event | None = None) -> int:
    """Do up to `limit` due pieces, earliest first; return how many were claimed. Ends early once `stop` is set."""
    return _run(_handlers, limit, stop)


def work_forever(stop: threading.Event) -> None:
    """Do what is due until `stop` is set; the piece in hand is finished, claimed ones are given back.

    Every TIDY_EVERY what nobody looks at any more is thrown away, and what recurs is asked for. Long work is left to
    `work_long_forever`.
    """
    tidy_at = clock.now() - TIDY_EVERY

    def turn() -> int:
        nonlocal tidy_at
        found = _run(_handlers.keys() - _long, BATCH, stop)
        if not tidy_at - TIDY_EVERY <= clock.now() < tidy_at:  # earlier too: the clock was put back
            tidy_at = clock.now() + TIDY_EVERY
            tidying.in_portions(tidying.tidy)
            recurring.ask()
        return found

    _turn_forever(turn, stop)


def work_long_forever(stop: threading.Event) -> None:
    """Do long work, one piece at a time, until `stop` is set; the piece in hand is put down for another worker."""
    try:
        _turn_forever(lambda: _run(_long & _handlers.keys(), 1, stop), stop)
    finally:
        connection.close()


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after the n-th failed attempt (n >= 1): 10 s, 20 s, 40 s … at most 6 hours."""
    return min(timedelta(seconds=10) * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)


def _turn_forever(turn: Callable[[], int], stop: threading.Event) -> None:
    """Take turns until `stop` is set; each returns how much it found to do."""
    while not stop.is_set():
        close_old_connections()
        try:
            found = turn()
        except Exception:  # the database may be away for a while: what is due stays due
            _log.exception("Looking for due work failed; trying again in %s seconds.", AWAY_SECONDS)
            stop.wait(AWAY_SECONDS)
            continue
        if not found:
            stop.wait(IDLE_SECONDS)


def _run(kinds: Iterable[str], limit: int, stop: threading.Event | None) -> int:
    pieces = _claim(limit, kinds)
    for piece in pieces:
        if stop is not None and stop.is_set():
            _give_back(piece)
        elif _still_ours(piece):
            _do(piece, stop)
    return len(pieces)


def _claim(limit: int, kinds: Iterable[str]) -> list[DueWork]:
    """Lease the earliest pieces. PostgreSQL skips rows that others hold; SQLite lets one writer in at a time."""
    with transaction.atomic():
        now = clock.now()
        free = Q(leased_until=None) | Q(leased_until__lt=now) | Q(leased_until__gt=now + TOO_LONG)
        waiting = DueWork.objects.filter(free, done_at=None, failed_at=None, due_at__lte=now, kind__in=list(kinds))
        pieces = list(waiting.select_for_update(skip_locked=True).order_by("due_at", "id")[:limit])
        until = now + LEASE
        DueWork.objects.filter(pk__in=[each.pk for each in pieces]).update(
            leased_until=until, attempts=F("attempts") + 1
        )
    for each in pieces:
        each.leased_until, each.attempts = until, each.attempts + 1
    return pieces


def _ours(piece: DueWork) -> Any:
    return DueWork.objects.filter(pk=piece.pk, leased_until=piece.leased_until, done_at=None)


def _still_ours(piece: DueWork) -> bool:
    """Whether the lease holds; one that is half over is renewed, so that a slow batch is not done twice."""
    now = clock.now()
    assert piece.leased_until is not None
    if piece.leased_until - now > LEASE / 2:
        return True
    renewed = now + LEASE
    if not _ours(piece).update(leased_until=renewed):
        return False
    piece.leased_until = renewed
    return True


def _give_back(piece: DueWork) -> None:
    _ours(piece).update(leased_until=None, attempts=F("attempts") - 1)


def _do(piece: DueWork, stop: threading.Event | None) -> None:
    if piece.attempts > MOST_ATTEMPTS:  # nothing said why: whoever worked on it was killed each time
        _fail(piece, "Given up: the worker ended each time it was tried.")
        return
    held = _in_hand.set((piece, stop))
    try:
        _handlers[piece.kind](piece.payload)
    except PutDown:
        _give_back(piece)
    except Later as later:
        _ours(piece).update(due_at=later.at, attempts=0, leased_until=None, error="")
    except Hopeless as error:
        _log.warning("Work %s cannot be done: %s", piece.key, error)
        _fail(piece, str(error))
    except Exception as error:
        last = piece.attempts >= MOST_ATTEMPTS  # a server that is away fails a thousand pieces: one line each
        _log.warning("Work %s failed at attempt %s: %s", piece.key, piece.attempts, error, exc_info=last)
        _put_off(piece, f"{type(error).__name__}: {error}")
    else:
        _done(piece)
    finally:
        _in_hand.reset(held)


def _done(piece: DueWork) -> None:
    now, every = clock.now(), recurring.every(piece.kind)
    if every is None:
        _ours(piece).update(done_at=now, leased_until=None, error="")
    else:
        _ours(piece).update(due_at=now + every, attempts=0, leased_until=None, error="")


def _put_off(piece: DueWork, error: str) -> None:
    """Try again after a pause. What recurs is never given up for an error, and not put off for long."""
    every = recurring.every(piece.kind)
    if every is not None:
        later = min(pause_after(piece.attempts), recurring.MOST_PUT_OFF * every)
        tried = min(piece.attempts, MOST_ATTEMPTS - 1)
        _ours(piece).update(due_at=clock.now() + later, attempts=tried, leased_until=None, error=error[:2000])
    elif piece.attempts >= MOST_ATTEMPTS:
        _fail(piece, error)
    else:
        again = clock.now() + pause_after(piece.attempts)
        _ours(piece).update(due_at=again, leased_until=None, error=error[:2000])


def _fail(piece: DueWork, error: str) -> None:
    _ours(piece).update(failed_at=clock.now(), leased_until=None, error=error[:2000])
