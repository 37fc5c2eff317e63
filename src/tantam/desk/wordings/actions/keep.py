"""Keep what a network tells of its wordings; what it tells of no more stays as gone, for what was sent by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from tantam.desk.common import clock
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.wordings.models import MOST_KEY, MOST_NAME, Wording
from tantam.desk.wordings.told import Told


def keep(network: str, told: Iterable[Told]) -> int:
    """Return how many there are now. What colleagues filled in is kept."""
    now, keys = clock.now(), []
    with transaction.atomic():
        one_at_a_time(f"wordings:{network}")
        for each in told:
            row = asdict(each)
            key = row.pop("key")[:MOST_KEY]
            row |= {"name": each.name[:MOST_NAME], "places": list(row["places"]), "read_at": now}
            Wording.objects.update_or_create(network=network, key=key, defaults=row)
            keys.append(key)
        left = Wording.objects.filter(network=network).exclude(key__in=keys)
        left.update(state=Wording.State.GONE)
    return len(keys)
