"""Sign in by a mailed link, which is used up by it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.visitors.access import digest_of, verified
from tantam.desk.visitors.links import link_of
from tantam.desk.visitors.models import EntryLink, Stay

STAYS = timedelta(days=30)


def enter(token: str) -> str:
    """Return the key of a new stay. Of two who use the same link at once, one enters. Raises Refused("link_over").

    What is over is thrown away with it.
    """
    with transaction.atomic():
        now = clock.now()
        link = link_of(token)
        if not EntryLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
            raise Refused("link_over")
        if not verified(link.mail).filter(pk=link.contact_id).exists():
            raise Refused("link_over")
        Stay.objects.filter(until__lt=now).delete()
        EntryLink.objects.filter(until__lt=now - STAYS).delete()
        key = secrets.token_urlsafe(32)
        Stay.objects.create(
            digest=digest_of(key), contact_id=link.contact_id, mail=link.mail, since=now, until=now + STAYS
        )
        return key
