"""Add an address that is told of events, or change what it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.channels.webhooks.access import refuse_unless_runs
from tantam.desk.channels.webhooks.codes import ALL, CODES, KINDS
from tantam.desk.channels.webhooks.models import MOST_DESCRIPTION, MOST_URL, Endpoint
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.posting import Forbidden, refuse_unless_outside
from tantam.desk.common.standard_webhooks import new_secret

MOST = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address is to be told. wants: `*`, kinds, codes. words: people's own words go with it."""

    url: str
    wants: Sequence[str]
    description: str = ""
    words: bool = False


@transaction.atomic
def add_endpoint(person: Person, wanted: Wanted) -> Endpoint:
    """Return the new address, whose secret is shown this once.

    Raises Refused: not_allowed, bad_hook, webhook_wants, too_many.
    """
    refuse_unless_runs(person)
    fields = _fields(wanted)
    if Endpoint.objects.count() >= MOST:
        raise Refused("too_many", most=MOST)
    return Endpoint.objects.create(secret=new_secret(), made_at=clock.now(), **fields)


def change_endpoint(endpoint: Endpoint, person: Person, wanted: Wanted) -> Endpoint:
    """Return the address as it is from now on. Raises Refused: not_allowed, bad_hook, webhook_wants."""
    refuse_unless_runs(person)
    Endpoint.objects.filter(pk=endpoint.pk).update(**_fields(wanted))
    endpoint.refresh_from_db()
    return endpoint


def _fields(wanted: Wanted) -> dict[str, object]:
    url, wants = wanted.url.strip(), list(dict.fromkeys(wanted.wants))
    if len(url) > MOST_URL or not url.isascii() or any(each <= " " for each in url):
        raise Refused("bad_hook", got=url[:MOST_URL])
    try:
        refuse_unless_outside(url)
    except Forbidden:
        raise Refused("bad_hook", got=url) from None
    if not wants or not set(wants) <= {ALL, *KINDS, *CODES}:
        raise Refused("webhook_wants")
    said = " ".join(wanted.description.replace("\x00", "").split())[:MOST_DESCRIPTION]
    return {"url": url, "wants": wants, "description": said, "words": wanted.words}
