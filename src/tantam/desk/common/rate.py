"""Counts how often somebody acts in a window of time, and refuses what is too often."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import RateCount


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` times in `seconds`, counted in windows that begin at whole multiples of their length."""

    name: str
    most: int
    seconds: int = 3600


def count(rate: Rate, who: str) -> None:
    """Count one act of `who` (a network, an address). Raises Refused `too_often` beyond the rate.

    The refused act is counted too; the count is kept even if the caller's work fails later.
    """
    second = int(clock.now().timestamp())
    window = second // rate.seconds
    if _add(f"{rate.name}:{who}"[:120], window) > rate.most:
        left = (window + 1) * rate.seconds - second
        raise Refused("too_often", minutes=left // 60 + 1)


def forget_before(seconds: int) -> int:
    """Delete the counters of windows that ended long before now; return how many. seconds: the longest window."""
    oldest = int(clock.now().timestamp()) // seconds - 2
    return RateCount.objects.filter(window__lt=oldest).delete()[0]


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
    with transaction.atomic():
        mine = RateCount.objects.filter(key=key, window=window)
        if not mine.update(count=F("count") + 1):
            try:
                with transaction.atomic():
                    RateCount.objects.create(key=key, window=window, count=1)
            except IntegrityError:  # somebody else counted first in this moment
                mine.update(count=F("count") + 1)
        return mine.values_list("count", flat=True)[0]
