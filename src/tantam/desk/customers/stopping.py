"""Letters that are no service end with one word of their reader: the page to say so, known by a signed key.

Whoever has the key may end one purpose by mail for one customer, and do nothing else.
"""

from __future__ import annotations

from django.core import signing
from django.db import transaction
from django.http import Http404

from tantam.desk import plans
from tantam.desk.common import addresses
from tantam.desk.customers.actions.withdraw_consent import withdraw_consent
from tantam.desk.customers.consent import UNASKED, Word, may
from tantam.desk.customers.models import Customer, Purpose
from tantam.desk.plans import ways

STOP = "stop_letters"  # the page on which they end; its argument is the key
_signer = signing.Signer(salt="tantam.letters.stop", sep=".")


def stop_page(customer: Customer, purpose: str) -> str:
    """Return the whole address of the page. purpose: of Purpose, no service."""
    return addresses.whole(STOP, _signer.sign(f"{customer.pk}-{purpose}"))


def meant(key: str) -> tuple[Customer, Purpose]:
    """Return whose letters of which purpose the key ends. Raises Http404 for one that is forged or means nobody."""
    try:
        number, _, purpose = _signer.unsign(key).partition("-")
        known = Customer.objects.select_related("merged_into").get(pk=int(number))
        return known.merged_into or known, Purpose(purpose)
    except (signing.BadSignature, ValueError, Customer.DoesNotExist) as unknown:
        raise Http404 from unknown


def stop(customer: Customer, purpose: Purpose, *, how: str = "form", note: str = "") -> bool:
    """Withdraw the consent to letters of a purpose, unless that was done; return whether it was given before.

    how: a code of `consent.WAYS`. Service is not ended: who asks for help wants an answer.
    """
    if purpose in UNASKED:
        return False
    mail = ways.way_in(plans.in_force(), ways.MAIL)
    with transaction.atomic():
        held = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
        if not may(held, purpose, mail):
            return False
        withdraw_consent(held, None, Word(purpose, how=how, note=note))
    return True
