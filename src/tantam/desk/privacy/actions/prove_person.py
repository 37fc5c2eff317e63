"""Note that who asks about their data is who they say, and how a colleague saw it."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.privacy.holding import hold_request
from tantam.desk.privacy.models import Request

MOST_PROOF = 200


def prove_person(request: Request, by: Person, how: str) -> Request:
    """Return the request, proven. how: what was seen or asked, never a copy of it.

    Raises Refused: not_allowed, request_ended, needs_reason.
    """
    with transaction.atomic():
        act, held = hold_request(request, by)
        held.proven = said.first_line(said.why(how), MOST_PROOF)
        held.proof, held.proven_at, held.proven_by = Request.COLLEAGUE, act.now, by
        held.save(update_fields=["proof", "proven", "proven_at", "proven_by"])
        act.append("privacy_proven", request=held.pk)
        return held
