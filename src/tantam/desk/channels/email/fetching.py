"""Fetches mail from mailboxes: each mail is stored for good, and marked in its mailbox after that.

Cut off anywhere, a mail is fetched once more, and is the same one by its bytes. A lease keeps two workers from doing
the same work twice; it guards no truth.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Q, QuerySet

from tantam.desk.channels.email import imap, incoming, mailboxes
from tantam.desk.channels.email.mailboxes import Mailbox
from tantam.desk.channels.email.models import MailboxState
from tantam.desk.common import clock

LEASE = timedelta(minutes=3)
BATCH = 50  # mails after which the lease is held anew
MOST_REFUSED = 3  # mails that the server will not give out, until it is asked again later
WAIT_SECONDS = 60.0  # for news, at most
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5.0, 600.0
BEFORE = timedelta(days=2)  # a server counts days by its own zone

_log = logging.getLogger(__name__)


class Held(Exception):
    """Another worker fetches this mailbox just now."""


@dataclass
class Fetcher:
    """One mailbox, and who fetches it. marked: uids stored by this process, that a server may go on to call unread."""

    mailbox: Mailbox
    who: str = field(default_factory=lambda: secrets.token_hex(8))
    marked: set[int] = field(default_factory=set)

    def fetch(self) -> int:
        """Store all that waits; return how many mails. Raises one of imap.AWAY, Held, DatabaseError."""
        with self._leased(), imap.opened(self.mailbox) as folder:
            return self._all_of(folder)

    def watch(self, stop: threading.Event) -> None:
        """Store what comes until `stop` is set; after a failure try again, with growing pauses."""
        failures = 0
        while not stop.is_set():
            close_old_connections()
            try:
                with self._leased(), imap.opened(self.mailbox) as folder:
                    while not stop.is_set():
                        self._all_of(folder)
                        failures = 0
                        folder.wait(WAIT_SECONDS, stop)
            except Held:
                stop.wait(WAIT_SECONDS)
            except (
                Exception
            ) as away:  # whatever a server can do to us: a mailbox that nobody watches is missed too late
                failures += 1
                self._note(away)
                stop.wait(pause_after(failures))
        connection.close()

    def _all_of(self, folder: imap.Folder) -> int:
        self._hold()  # anew, also while nothing comes
        state = self._begun(folder)
        waiting = [each for each in folder.waiting(state.last_uid or 0) if each not in self.marked]
        refused: list[Exception] = []
        for number, uid in enumerate(waiting):
            if number and number % BATCH == 0:
                self._hold()
            try:
                self._store(folder, uid)
            except imap.REFUSED as no:  # of one mail: those behind it do not wait for it
                imap.raise_if_cut(no)
                refused.append(no)
                if len(refused) >= MOST_REFUSED:
                    break
                continue
            self.marked.add(uid)
            if not refused and uid > (state.last_uid or 0):
                self._save(last_uid=uid)
        if refused:
            raise refused[0]
        self._save(seen_at=clock.now(), failing_since=None, problem="")
        return len(waiting)

    def _begun(self, folder: imap.Folder) -> MailboxState:
        """Return from where the folder is read on.

        What was read before the desk knew the folder is not ours. Where the server counts anew, what came since the
        folder was last read to its end is looked through again.
        """
        state = MailboxState.objects.get(name=self.mailbox.name)
        if state.last_uid is None:
            state.last_uid = folder.following - 1
        elif state.uid_validity != folder.validity:
            since = state.seen_at or clock.now()
            state.last_uid = folder.first_since((since - BEFORE).date()) - 1
        else:
            return state
        self.marked.clear()
        self._save(last_uid=state.last_uid, uid_validity=folder.validity)
        return state

    def _store(self, folder: imap.Folder, uid: int) -> None:
        size = folder.size(uid)
        if size > mailboxes.LARGEST:
            incoming.store_too_large(folder.head(uid), size, account=self.mailbox.name)
        elif raw := folder.raw(uid):
            incoming.store_fetched(raw, account=self.mailbox.name)
        else:
            return  # somebody deleted it meanwhile
        folder.stored(uid)

    @contextmanager
    def _leased(self) -> Iterator[None]:
        MailboxState.objects.bulk_create([MailboxState(name=self.mailbox.name)], ignore_conflicts=True)
        self._hold()
        try:
            yield
        finally:
            self._mine().update(leased_by="", leased_until=None)

    def _hold(self) -> None:
        now = clock.now()
        free = Q(leased_until=None) | Q(leased_until__lt=now) | Q(leased_by=self.who)
        free |= Q(leased_until__gt=now + 2 * LEASE)  # nobody leases for so long: the clock was put back
        found = MailboxState.objects.filter(free, name=self.mailbox.name)
        if not found.update(leased_by=self.who, leased_until=now + LEASE):
            raise Held

    def _mine(self) -> QuerySet[MailboxState]:
        return MailboxState.objects.filter(name=self.mailbox.name, leased_by=self.who)

    def _save(self, **fields: object) -> None:
        self._mine().update(**fields)

    def _note(self, away: Exception) -> None:
        """Let the page of troubles say what is wrong, if the database is there."""
        _log.warning("Mailbox %s cannot be fetched: %s: %s", self.mailbox.name, type(away).__name__, away)
        try:
            state, problem = MailboxState.objects.filter(name=self.mailbox.name), f"{type(away).__name__}: {away}"[:500]
            state.filter(failing_since=None).update(failing_since=clock.now(), problem=problem)
            state.update(problem=problem)
        except DatabaseError as gone:
            _log.warning("Nor can that be noted: %s", gone)


def pause_after(failures: int) -> float:
    """Return the seconds to wait after the n-th failure in a row (n >= 1): 5, 10, 20 … at most 600."""
    return min(FIRST_PAUSE_SECONDS * 2 ** min(failures - 1, 10), LONGEST_PAUSE_SECONDS)


def watch_all(stop: threading.Event) -> list[threading.Thread]:
    """Watch every mailbox in a thread of its own until `stop` is set; return the threads, which run."""
    threads = [
        threading.Thread(target=Fetcher(each).watch, args=(stop,), name=f"mailbox {each.name}", daemon=True)
        for each in settings.MAILBOXES
    ]
    for each in threads:
        each.start()
    return threads
