"""Give an address a new secret; the one before signs beside it for a day."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from tantam.desk.accounts.models import Person
from tantam.desk.channels.webhooks.access import refuse_unless_runs
from tantam.desk.channels.webhooks.models import Endpoint
from tantam.desk.channels.webhooks.signing import new_secret
from tantam.desk.common import clock

BOTH = timedelta(days=1)


def turn_secret(endpoint: Endpoint, person: Person) -> str:
    """Return the new secret, which is shown this once. Raises Refused("not_allowed")."""
    refuse_unless_runs(person)
    made = new_secret()
    until = clock.now() + BOTH
    Endpoint.objects.filter(pk=endpoint.pk).update(secret=made, old_secret=F("secret"), old_until=until)
    return made
