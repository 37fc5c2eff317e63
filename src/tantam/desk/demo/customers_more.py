"""What the example knows of its customers beside their purchases: an organisation's people, consents, messengers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.customers import actions
from tantam.desk.customers.actions.add_contact import Kind, Written
from tantam.desk.customers.departments import customer_of
from tantam.desk.customers.models import Consent, Contact, Customer, NamePart
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.care import departments

SEED = 20260301
ORGANISATION = {"name": "Khách sạn Sông Thu", "kind": "business", "language": "vi"}
MEMBERS = (
    (
        {"name": "Nguyễn Thu Thảo", "language": "vi", "address": "chi"},
        "thao",
        "0903 555 101",
        "Trưởng bộ phận buồng phòng",
    ),
    ({"name": "Phan Quốc Việt", "language": "vi", "address": "anh"}, "viet", "0903 555 102", "Kỹ thuật"),
    ({"name": "Anna Lindner", "language": "de", "address": "frau"}, "lindner", "0903 555 103", "Geschäftsführung"),
)
AT = "songthu.example"
SHARE_ASKED, SHARE_AGREED, SHARE_ON_ZALO = 0.5, 0.4, 0.25


def know_more(customers: Sequence[Customer], people: Sequence[Person], plan: RunningPlan, until: datetime) -> None:
    """Write down the organisation, what a share of the customers agreed to, and the departments as customers."""
    by = next(each for each in people if each.level)
    with transaction.atomic(), clock.set_to(until - timedelta(days=200)):
        NamePart.note(customers)
        _organisation(by)
        _agree(customers, plan, until)
        for each in departments(plan, ""):
            customer_of(each.name)


def _organisation(by: Person) -> None:
    mail = Written(Kind.MAIL, f"office@{AT}")
    organisation = actions.create(ORGANISATION, {"mail": mail}, by)
    for who, box, phone, role in MEMBERS:
        ways = {"mail": Written(Kind.MAIL, f"{box}@{AT}"), "phone": Written(Kind.PHONE, phone)}
        ways["handle"] = Written(Kind.HANDLE, phone, "zalo")
        person = actions.create(who, ways, by)
        actions.join_organisation(person, by, organisation=organisation, role=role)
        contact = person.contacts.get(kind=Kind.PHONE)
        actions.verify_contact(person, by, contact=contact.pk, how="called")
        actions.prefer_contact(person, by, contact=contact.pk)
    abroad = Customer.objects.filter(name="Anna Lindner").order_by("-id")[0]
    actions.change(abroad, by, seen=abroad.edition, written={"timezone": "Europe/Berlin"})


def _agree(customers: Sequence[Customer], plan: RunningPlan, until: datetime) -> None:
    """Note what half of them said about surveys and news when they bought, and whom we reach on Zalo."""
    dice = Random(SEED)
    mail = next((name for name in ("mail", "email") if name in plan.plan.channels), "")
    phones = dict(Contact.objects.filter(kind=Kind.PHONE).values_list("customer", "value"))
    consents, handles = [], []
    for each in customers:
        if dice.random() < SHARE_ASKED:
            at = until - timedelta(days=dice.randrange(20, 190))
            survey, news = dice.random() < SHARE_AGREED, dice.random() < SHARE_AGREED / 2
            consents += [
                Consent(customer=each, purpose="survey", channel=mail, given=survey, how="contract", at=at),
                Consent(customer=each, purpose="marketing", channel="", given=news, how="contract", at=at),
            ]
        if each.pk in phones and dice.random() < SHARE_ON_ZALO:
            handles.append(Contact(customer=each, kind=Kind.HANDLE, network="zalo", value=phones[each.pk]))
    Consent.objects.bulk_create(consents, batch_size=500)
    Contact.objects.bulk_create(handles, batch_size=500)
