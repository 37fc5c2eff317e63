"""Note what a network tells of messages that went out; told again, or in another order, it is the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tantam.desk.common import clock
from tantam.desk.receipts.models import Receipt


def reached(messages: Iterable[int], at: datetime) -> None:
    """Note that these are with their reader. messages: ids."""
    ids = _opened(messages)
    Receipt.objects.filter(message__in=ids, reached_at=None).update(reached_at=min(at, clock.now()))


def read(messages: Iterable[int], at: datetime) -> None:
    """Note that their reader read these; so they reached them, too."""
    ids, seen = _opened(messages), min(at, clock.now())
    Receipt.objects.filter(message__in=ids, reached_at=None).update(reached_at=seen)
    Receipt.objects.filter(message__in=ids, read_at=None).update(read_at=seen)


def lost(message: int, why: Receipt.Lost) -> None:
    """Note that a message did not arrive."""
    Receipt.objects.filter(message__in=_opened([message])).update(lost=why)


def _opened(messages: Iterable[int]) -> list[int]:
    """Return the ids, each of which has a receipt now."""
    ids = list(dict.fromkeys(messages))
    Receipt.objects.bulk_create([Receipt(message_id=each) for each in ids], ignore_conflicts=True)
    return ids
