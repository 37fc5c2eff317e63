"""Counts how often somebody acts in a window of time, and refuses what is too often."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NoReturn

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import RateCount

HOUR = 3600
_SO_FAR = 'SELECT "count" FROM common_ratecount WHERE "key" = %s AND "window" = %s'
_COUNT = """
    INSERT INTO common_ratecount ("key", "window", "count") VALUES (%s, %s, 1)
    ON CONFLICT ("key", "window") DO UPDATE SET "count" = common_ratecount."count" + 1
    RETURNING "count"
"""
_COUNT_MORE = """
    INSERT INTO common_ratecount ("key", "window", "count") VALUES (%s, %s, %s)
    ON CONFLICT ("key", "window") DO UPDATE SET "count" = common_ratecount."count" + %s
    RETURNING "count"
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` times an hour, counted in windows that begin at each full hour."""

    name: str
    most: int


def count(rate: Rate, who: str) -> None:
    """Count one act of `who` (a network, an address). Raises Refused `too_often` beyond the rate.

    The refused act is counted too; the count is kept even if the caller's work fails later.
    """
    if _add(_key(rate, who), _window()) > rate.most:
        _refuse()


def so_far(rate: Rate, who: str) -> int:
    """Return how often `who` acted in this hour; nothing is counted."""
    return _so_far(_key(rate, who), _window())


@contextmanager
def counted(*acts: tuple[Rate, str]) -> Iterator[None]:
    """Do the block in one transaction that also counts it, so that it is one write to the disk.

    acts: (rate, who). Counted at the block's end, for that is when others must wait; what fails is counted all the
    same. Raises Refused `too_often` beyond a rate.
    """
    keys, window = {_key(rate, who): rate.most for rate, who in acts}, _window()
    try:
        if any(_so_far(key, window) >= most for key, most in keys.items()):
            _refuse()
        with transaction.atomic():
            yield
            beyond = [key for key, most in keys.items() if _add(key, window) > most]
            if beyond:
                _refuse()
    except Exception:
        with suppress(OperationalError):  # the database is away: what failed first is what the caller hears
            for key in keys:
                _add(key, window)
        raise


def add(key: str, acts: int) -> int:
    """Count `acts` acts under a key at once and return how many there are in this hour; nothing is refused."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_MORE, [key[:120], _window(), acts, acts])
        return int(cursor.fetchone()[0])


def forget() -> int:
    """Delete the counters of windows that are over; return how many."""
    return RateCount.objects.filter(window__lt=_window()).delete()[0]


def address_of(request: HttpRequest) -> str:
    """Return the address that asks, as our own proxies say it; never as the one who asks says it."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < settings.PROXIES <= len(forwarded):
        return forwarded[-settings.PROXIES].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def network(address: str) -> str:
    """Return the network that an address counts for: /24 of IPv4, /56 of IPv6, "unknown" for what is neither."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 56}", strict=False))


def _key(rate: Rate, who: str) -> str:
    return f"{rate.name}:{who}"[:120]


def _window() -> int:
    return int(clock.now().timestamp()) // HOUR


def _refuse() -> NoReturn:
    left = HOUR - int(clock.now().timestamp()) % HOUR
    raise Refused("too_often", minutes=left // 60 + 1)


def _so_far(key: str, window: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_SO_FAR, [key, window])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def _add(key: str, window: int) -> int:
    """Count one and return how many there are, in one statement that both databases know."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, window])
        return int(cursor.fetchone()[0])
