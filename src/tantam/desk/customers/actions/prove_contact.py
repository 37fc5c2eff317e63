"""Note that a mail address is theirs, as they showed us themselves; who looks for the proof is `visitors.proving`."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tantam.desk.common import clock
from tantam.desk.customers.models import Change, Contact, Customer

PROOFS = {
    "answered": _("They answered our mail from there"),
    "opened": _("They confirmed it from a link that we mailed there"),
}


def prove_contact(customer: Customer, mail: str, how: str) -> bool:
    """Return whether the address is verified by this; one that is already, or is not theirs, stays as it is.

    mail: as it is kept. how: of PROOFS.
    """
    now = clock.now()
    theirs = customer.contacts.filter(kind=Contact.Kind.MAIL, value=mail, verified_at=None)
    with transaction.atomic():
        if not theirs.update(verified_at=now, verified_how=how):
            return False
        Change.objects.create(customer=customer, code="contact_proved", what=[Contact.Kind.MAIL.value], at=now)
    return True
