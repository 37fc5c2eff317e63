"""A call that a colleague writes down: who it was with and on which case, asked only where several could be meant."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db.models import prefetch_related_objects
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import case_for, cases_for
from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.customers.access import customers_for
from tantam.desk.customers.actions import welcome
from tantam.desk.customers.contacts import masked, normal_phone
from tantam.desk.customers.finding import matching
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.seeing import sees_house

MOST = 6  # customers or cases to choose from
NEW = "new"
_CASE_PAGE = re.compile(r"/desk/cases/(\d+)/")
_CUSTOMER_PAGE = re.compile(r"/desk/customers/(\d+)/")
_REFERENCE = re.compile(r"[A-Za-z0-9]{4}-?[A-Za-z0-9]{3}")


@dataclass(frozen=True)
class Meant:
    """customer: None while it is to be chosen of `customers`. case: None for a new one; sure: whether it is chosen.

    customers: to choose from, each with how they are reached, masked. cases: to choose from, where several are under
    way. number: that was written, E.164, or "".
    """

    customer: Customer | None
    number: str = ""
    case: Case | None = None
    sure: bool = True
    customers: Sequence[tuple[Customer, Sequence[str]]] = field(default_factory=list)
    cases: Sequence[Case] = field(default_factory=list)


def meant(sent: Mapping[str, str], person: Person, plan: RunningPlan) -> Meant:
    """Return who a call was with, and on which case, by what was written. A number that nobody has is taken on.

    A provider's people write down calls with their customers alone: who has another number is not theirs to find out.

    sent: who (a number, a name, a case's reference), customer and case where they were chosen.
    Raises Refused("nobody_like").
    """
    who, chosen = sent.get("who", "").replace("\x00", "").strip(), whole(sent.get("customer", ""))
    number = normal_phone(who, plan.country)
    if chosen is None and (case := _referred(who, person)):
        return Meant(case.customer, _number_of(case.customer), case)
    known = customers_for(person)
    found = list(known.filter(pk=chosen)) if chosen else list(matching(known, who).customers[:MOST]) if who else []
    if not found and number and sees_house(person):
        found = [welcome(name="", phone=number, language=plan.languages[0], plan=plan)]
    if not found:
        raise Refused("nobody_like", got=who[:60])
    if len(found) > 1:
        prefetch_related_objects(found, "contacts")
        told = [(each, [masked(one.value) for one in each.contacts.all()]) for each in found]
        return Meant(None, number, sure=False, customers=told)
    return _on_case(found[0], number or _number_of(found[0]), sent.get("case", ""), person)


def came_from(referer: str, host: str, person: Person) -> dict[str, str]:
    """Return what the form begins with for somebody who comes from the page of a case or of a customer."""
    stood = urlsplit(referer)
    if stood.netloc != host:
        return {}
    if at := _CASE_PAGE.fullmatch(stood.path):
        case = cases_for(person).select_related("customer").filter(pk=int(at[1])).first()
        return {"who": case.reference, "with": case.customer.name} if case else {}
    if at := _CUSTOMER_PAGE.fullmatch(stood.path):
        customer = customers_for(person).filter(pk=int(at[1])).first()
        return {"who": customer.name, "customer": str(customer.pk), "with": customer.name} if customer else {}
    return {}


def begun() -> str:
    """Return the name of a form that was just opened, so that sent twice it is one call."""
    return uuid.uuid4().hex


def _on_case(customer: Customer, number: str, chosen: str, person: Person) -> Meant:
    if chosen == NEW:
        return Meant(customer, number)
    own = cases_for(person).filter(customer=customer, status__in=Case.UNDER_WAY).order_by("-last_at", "-id")
    if (pk := whole(chosen)) is not None and (case := own.filter(pk=pk).first()):
        return Meant(customer, number, case)
    cases = list(own[:MOST])
    if len(cases) > 1:
        return Meant(customer, number, sure=False, cases=cases)
    return Meant(customer, number, cases[0] if cases else None)


def _referred(who: str, person: Person) -> Case | None:
    """Return the case whose reference this is."""
    if not _REFERENCE.fullmatch(who):
        return None
    try:
        return case_for(person, who)
    except Http404:
        return None


def _number_of(customer: Customer) -> str:
    phones = customer.contacts.filter(kind=Contact.Kind.PHONE).order_by("-preferred", "pk")
    return phones.values_list("value", flat=True).first() or ""
