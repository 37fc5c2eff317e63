"""Counts how often somebody acts in a window of time, and refuses what is too often."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import RateCount

HOUR = 3600
_COUNT = """
    INSERT INTO common_ratecount ("key", "window", "count") VALUES (%s, %s, 1)
    ON CONFLICT ("key", "window") DO UPDATE SET "count" = common_ratecount."count" + 1
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
    second = int(clock.now().timestamp())
    window = second // HOUR
    if _add(f"{rate.name}:{who}"[:120], window) > rate.most:
        left = (window + 1) * HOUR - second
        raise Refused("too_often", minutes=left // 60 + 1)


def forget() -> int:
    """Delete the counters of windows that are over; return how many."""
    return RateCount.objects.filter(window__lt=int(clock.now().timestamp()) // HOUR).delete()[0]


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


def _add(key: str, window: int) -> int:
    """Count one and return how many there are, in one statement that both databases know."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, window])
        return int(cursor.fetchone()[0])
