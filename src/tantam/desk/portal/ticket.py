"""What the first step of a form found out, signed, so that the second need not ask or store it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from functools import cached_property

from django.core import signing

from tantam.desk.customers.models import Purchase

SALT = "tantam.portal.ticket"
SECONDS = 24 * 3600


@dataclass(frozen=True)
class Ticket:
    """What was found out.

    topic, policy: what it is about, names in the plan or "". number, contact: as written.
    purchase_id: of the purchase that they prove, else None.
    """

    topic: str = ""
    policy: str = ""
    number: str = ""
    contact: str = ""
    purchase_id: int | None = None

    def signed(self) -> str:
        """Return the ticket as text that only this installation can have written."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @cached_property
    def purchase(self) -> Purchase | None:
        """The proved purchase with its product and customer."""
        if self.purchase_id is None:
            return None
        return Purchase.objects.select_related("product", "customer").filter(pk=self.purchase_id).first()


def read_ticket(text: str) -> Ticket:
    """Return a signed ticket; an empty one if it is forged, broken or older than a day."""
    try:
        told = signing.loads(text, salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return Ticket()
    return Ticket(**{each.name: told[each.name] for each in fields(Ticket) if each.name in told})
