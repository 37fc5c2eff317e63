"""Find the customer who writes to us, or take them on with what they told us."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import transaction

from tantam.desk import plans
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.customers.contacts import find_customer, normal_mail, normal_phone
from tantam.desk.customers.models import Contact, Customer

MOST_NAME = 160


def welcome(*, name: str, mail: str = "", phone: str = "", language: str, country: str = "") -> Customer:
    """Return the customer with this contact, or a new one.

    A known customer stays as we know them: whoever types their address changes neither their name nor how they are
    reached. Raises Refused("no_contact") when neither a mail address nor a telephone number can be read.
    """
    kept = normal_mail(mail), normal_phone(phone, country)
    if not any(kept):
        raise Refused("no_contact")
    with transaction.atomic():
        one_at_a_time(f"welcome:{kept[0] or kept[1]}")
        known = find_customer(mail=kept[0], phone=kept[1], country=country)
        return known or _new(name, kept, language)


def _new(name: str, contact: tuple[str, str], language: str) -> Customer:
    now = clock.now()
    plan = plans.in_force(now)
    customer = Customer.objects.create(
        name=" ".join(name.replace("\x00", "").split())[:MOST_NAME] or contact[0] or contact[1],
        language=language if language in plan.languages else plan.languages[0],
        since=now.astimezone(ZoneInfo(plan.timezone)).date(),
    )
    kinds = zip((Contact.Kind.MAIL, Contact.Kind.PHONE), contact, strict=True)
    Contact.objects.bulk_create(Contact(customer=customer, kind=kind, value=value) for kind, value in kinds if value)
    return customer
