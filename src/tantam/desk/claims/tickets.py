"""What lets somebody decide on a request from their mail: signed, theirs alone, for this request, for a week."""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

from tantam.desk.accounts.models import Person
from tantam.desk.claims.models import Approval
from tantam.desk.common.errors import Refused

LASTS = timedelta(days=7)
_signer = TimestampSigner(sep=".", salt="approval")


def ticket(approval: Approval, person: Person) -> str:
    """Return it: letters, figures, dots, dashes; it stands in an address and in a Message-ID."""
    return _signer.sign(f"{approval.pk}-{person.pk}")


def holder(written: str) -> tuple[int, int]:
    """Return the request's id and the person's. Raises Refused("approval_ended") for one that is wrong or too old."""
    try:
        approval, _, person = _signer.unsign(written, max_age=LASTS).partition("-")
        return int(approval), int(person)
    except (BadSignature, ValueError) as wrong:
        raise Refused("approval_ended") from wrong
