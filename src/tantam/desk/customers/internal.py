"""Colleagues as customers of each other: found, or taken on the first time they ask for something."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.customers.editing import today
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.customers.newcomers import kept_name
from tantam.desk.plans.languages import language_for

ACCOUNT = "account"  # how a colleague's address is known to be theirs


@transaction.atomic
def of_person(person: Person) -> Customer:
    """Return the customer who this colleague is, reached by the mail address of their account. Raises NoPlan."""
    one_at_a_time(f"colleague:{person.pk}")
    known = Customer.objects.filter(colleague=person).first()
    if known is not None:
        return known
    made = take_on_inside(name=person.name, language=person.language, colleague=person)
    mail = person.email.lower()
    Contact.objects.create(
        customer=made, kind=Contact.Kind.MAIL, value=mail, verified_at=clock.now(), verified_how=ACCOUNT
    )
    return made


def take_on_inside(*, name: str, language: str, **fields: object) -> Customer:
    """Return a new internal customer, since today; the caller is inside a transaction. Raises NoPlan."""
    plan = plans.in_force()
    return Customer.objects.create(
        name=kept_name(name),
        language=language_for(plan, language),
        since=today(),
        internal=True,
        **fields,
    )
