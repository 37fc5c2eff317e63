"""Makes 64-bit ids that sort by time: 41 bits of milliseconds since 2020, 10 bits of process, 12 bits of sequence."""

from __future__ import annotations

import os
import secrets
import threading
from datetime import UTC, datetime

from tantam.desk.common import clock

EPOCH_MS = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp() * 1000)
DRIFT_MS = 10_000  # a clock that stands or goes back by less is not followed: ids keep growing
_READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U


class _Ids:
    """One process's sequence. Grows while the clock runs or stands.

    A clock set back far, as tests and the demo do, goes on under the next process number: an instant may be visited a
    thousand times and no id comes twice.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.seed()

    def seed(self) -> None:
        self.process = secrets.randbits(10)
        self.sequence = secrets.randbits(8)
        self.last = 0

    def next(self, milliseconds: int) -> int:
        with self.lock:
            if milliseconds < self.last - DRIFT_MS:
                self.process, self.last = (self.process + 1) & 0x3FF, 0
            self.sequence += 1
            if milliseconds > self.last:
                self.last = milliseconds
                self.sequence &= 0xFF
            elif self.sequence > 0xFFF:
                self.last, self.sequence = self.last + 1, 0
            return self.last << 22 | self.process << 12 | self.sequence


_ids = _Ids()
os.register_at_fork(after_in_child=_ids.seed)


def new_id() -> int:
    """Return a new id, 1..2^63-1, larger than those this process gave for earlier instants."""
    return _ids.next(max(1, int(clock.now().timestamp() * 1000) - EPOCH_MS))


def first_id(instant: datetime) -> int:
    """Return the smallest id that can be given at `instant` (aware): all given before are smaller."""
    return max(1, int(instant.timestamp() * 1000) - EPOCH_MS) << 22


def given_at(id: int) -> datetime:
    """Return the instant when an id was given, to the millisecond, in UTC."""
    return datetime.fromtimestamp(((id >> 22) + EPOCH_MS) / 1000, UTC)


def new_reference() -> str:
    """Return a case's name for people, such as `K7M2-P9X`: random, easy to read out, no two letters alike."""
    letters = [secrets.choice(_READABLE) for _ in range(7)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def new_key() -> str:
    """Return the secret of a private link: 22 characters, 128 bits."""
    return secrets.token_urlsafe(16)
