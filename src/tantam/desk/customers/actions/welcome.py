"""Find the customer who writes to us, or take them on with what they told us."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.customers.contacts import find_customer, normal_mail, normal_phone
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.customers.newcomers import take_on
from tantam.desk.plans import RunningPlan


def welcome(*, name: str, mail: str = "", phone: str = "", language: str, plan: RunningPlan) -> Customer:
    """Return the customer with this contact, or a new one.

    A known customer stays as we know them: whoever types their address changes neither their name nor how they are
    reached. plan: in force. Raises Refused("no_contact") when neither a mail address nor a telephone number can be
    read.
    """
    kept = {Contact.Kind.MAIL: normal_mail(mail), Contact.Kind.PHONE: normal_phone(phone, plan.country)}
    given = [(kind, value) for kind, value in kept.items() if value]
    if not given:
        raise Refused("no_contact")
    with transaction.atomic():
        one_at_a_time(f"welcome:{given[0][1]}")
        known = find_customer(mail=kept[Contact.Kind.MAIL], phone=kept[Contact.Kind.PHONE], country=plan.country)
        return known or take_on(name=name, contacts=given, language=language, plan=plan)
