"""Give an address a new secret; those before it sign beside it, each for a day since it was replaced."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.channels.webhooks.access import refuse_unless_runs
from tantam.desk.channels.webhooks.models import Endpoint
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.standard_webhooks import new_secret

BOTH = timedelta(days=1)
MOST = 10  # that sign: each makes the header longer


@transaction.atomic
def turn_secret(endpoint: Endpoint, person: Person) -> str:
    """Return the new secret, which is shown this once. Raises Refused: not_allowed, too_many_secrets."""
    refuse_unless_runs(person)
    held = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    now, made = clock.now(), new_secret()
    before = held.still_signing(now)
    if len(before) + 2 > MOST:
        raise Refused("too_many_secrets", most=MOST)
    held.older = [[secret, until.isoformat()] for secret, until in before]
    held.secret, held.old_secret, held.old_until = made, held.secret, now + BOTH
    held.save(update_fields=["secret", "old_secret", "old_until", "older"])
    return made
