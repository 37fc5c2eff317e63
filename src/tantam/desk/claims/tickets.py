"""What lets somebody decide on a request from their mail: signed, theirs alone, for this request, for a week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, TimestampSigner, b62_decode, b62_encode

from tantam.desk.accounts.models import Person
from tantam.desk.claims.models import Approval
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused

LASTS = timedelta(days=7)


class _Signer(TimestampSigner):
    """Signs with the desk's own time."""

    def timestamp(self) -> str:
        """Return the second that it is now."""
        return b62_encode(int(clock.now().timestamp()))


_signer = _Signer(sep=".", salt="approval")


def ticket(approval: Approval, person: Person) -> str:
    """Return it: letters, figures, dots, dashes; it stands in an address and in a Message-ID."""
    return _signer.sign(f"{approval.pk}-{person.pk}")


def holder(written: str) -> tuple[int, int]:
    """Return the request's id and the person's. Raises Refused("approval_ended") for one that is wrong or too old."""
    try:
        approval, _, person = _signer.unsign(written).partition("-")
        signed_at = datetime.fromtimestamp(b62_decode(written.rsplit(".", 2)[1]), UTC)
        if clock.now() - signed_at > LASTS:
            raise Refused("approval_ended")
        return int(approval), int(person)
    except (BadSignature, ValueError) as wrong:
        raise Refused("approval_ended") from wrong
