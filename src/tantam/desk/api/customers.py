"""Customers for programs: found, read, made, changed; how they are reached, and what they agreed to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Query, Schema, Status
from pydantic import Field

from tantam.desk import plans
from tantam.desk.api.errors import Invalid
from tantam.desk.api.room import Room
from tantam.desk.api.schemas import FactText
from tantam.desk.api.shown import CasePage, CaseShort, Done, case_short
from tantam.desk.api.token import Asking
from tantam.desk.api.told import (
    CaseRef,
    Id,
    PageAsked,
    Ref,
    Told,
    Word,
    customer_mark,
    first,
    know,
    numbered,
    paged,
    place,
    seen,
)
from tantam.desk.cases import actions as case_actions
from tantam.desk.cases.access import case_for, cases_for
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Actor
from tantam.desk.cases.revealing import hides
from tantam.desk.claims.actions import file_claim
from tantam.desk.common.money import Money
from tantam.desk.customers import actions
from tantam.desk.customers.access import customer_for, customers_for, whole_customer_for
from tantam.desk.customers.actions.add_contact import Written
from tantam.desk.customers.consent import Word as SaidWord
from tantam.desk.customers.contacts import masked
from tantam.desk.customers.finding import matching, newest
from tantam.desk.customers.models import MOST_NAME, Contact, Customer, Purchase, Purpose
from tantam.desk.plans import Standing, UnknownName, ways
from tantam.desk.plans.care import channels
from tantam.desk.plans.topics import topics

room = Room("customers", "read:customers", "write:customers")
cases = Room("cases", "read:cases", "write:cases", router=room.router)
router = room.router


class CustomersAsked(PageAsked):
    """Who: the beginnings of words of a name, a whole address or purchase number; nobody asked for, the newest."""

    q: str = Field("", max_length=200)
    kind: Literal["", "person", "business", "internal"] = ""


class CustomerShort(Schema):
    """A customer as a list shows them."""

    id: str
    name: str
    kind: str
    language: str
    internal: bool
    since: date


class CustomerPage(Schema):
    """A page of customers."""

    items: list[CustomerShort]
    next: str


class ContactShown(Schema):
    """A way to reach somebody."""

    id: str
    kind: str
    network: str
    value: str
    preferred: bool
    verified_at: datetime | None


class PurchaseShown(Schema):
    """What somebody bought."""

    number: str
    product: str
    price: str
    ordered_at: datetime
    handed_over_at: datetime | None


class PlaceShown(Schema):
    """A postal address."""

    id: str
    lines: str
    postcode: str
    city: str


class ConsentShown(Schema):
    """What was said about a purpose on a channel ("" for all)."""

    purpose: str
    channel: str
    given: bool
    how: str
    at: datetime


class CustomerFull(CustomerShort):
    """A customer with all that we know. edition: grows with each change, and stands in the ETag."""

    address: str
    birth_year: int | None
    lives_alone: bool | None
    note: str
    timezone: str
    department: str
    organisation: str | None
    edition: int
    contacts: list[ContactShown]
    places: list[PlaceShown]
    purchases: list[PurchaseShown]
    consents: list[ConsentShown]


class Traits(Told):
    """What is known of a customer; what is left out stays as it is. birth_year, lives_alone: "" for unknown."""

    name: str | None = Field(None, max_length=MOST_NAME)
    kind: Literal["person", "business"] | None = None
    language: Word | None = None
    address: str | None = Field(None, max_length=16)
    birth_year: str | None = Field(None, max_length=4)
    lives_alone: Literal["", "yes", "no"] | None = None
    note: str | None = Field(None, max_length=4000)
    timezone: str | None = Field(None, max_length=64)
    department: Word | None = None


class ContactIn(Told):
    """A way to reach somebody. network: where a handle lives (zalo)."""

    kind: Literal["mail", "phone", "handle"]
    value: str = Field(min_length=1, max_length=254)
    network: str = Field("", max_length=16)


class CustomerIn(Traits):
    """Somebody new."""

    name: str = Field(min_length=1, max_length=MOST_NAME)
    contacts: list[ContactIn] = Field(default_factory=list, max_length=5)


class Checked(Told):
    """How we know that it is theirs."""

    how: Literal["called", "replied", "shown", "purchase"]


class ConsentIn(Told):
    """That they agree to something, or do not."""

    purpose: Purpose
    given: bool
    channel: Word = ""
    how: Literal["spoken", "written", "form", "contract"] = "spoken"
    note: str = Field("", max_length=300)


class PlaceIn(Told):
    """A postal address."""

    lines: str = Field(min_length=1, max_length=300)
    postcode: str = Field("", max_length=16)
    city: str = Field("", max_length=120)


class JoinIn(Told):
    """An organisation, and what they are there."""

    organisation: Ref
    role: str = Field("", max_length=80)


class ConcernIn(Told):
    """What a customer said to a colleague. topic, policy, channel: names of the plan; facts as the plan writes them."""

    body: str = Field(min_length=1, max_length=20_000)
    subject: str = Field("", max_length=200)
    topic: Word = ""
    policy: Word = ""
    channel: Word = ""
    purchase_number: str = Field("", max_length=40)
    facts: dict[str, FactText] = Field(default_factory=dict, max_length=100)


@room.get("/customers", CustomerPage)
def list_customers(request: Asking, asked: Query[CustomersAsked]) -> dict[str, Any]:
    """Find customers you may see. A page at a time, about as long as asked for."""
    known = customers_for(request.person)
    if asked.kind:
        known = known.filter(internal=True) if asked.kind == "internal" else known.filter(kind=asked.kind)
    after = place(asked)
    found = matching(known, asked.q, after) if asked.q.strip() else newest(known, after)
    return paged(request, [CustomerShort(**_short(each)) for each in found.customers], found.after)


@room.post("/customers", Done, 201)
def create_customer(request: Asking, told: CustomerIn) -> Status[Done]:
    """Take on a customer."""
    contacts = {f"contacts.{n}": Written(each.kind, each.value, each.network) for n, each in enumerate(told.contacts)}
    written = {name: value for name, value in told.dict(exclude={"contacts"}).items() if value is not None}
    return Status(201, Done(id=str(actions.create(written, contacts, request.person).pk)))


@room.known("/customers/{customer}", CustomerFull)
def read_customer(request: Asking, customer: Id) -> CustomerFull:
    """Read a customer with all that we know of them; a provider's people read what their cases need of it."""
    found = customer_for(request.person, customer)
    know(request, customer_mark(found))
    return _in_part(found) if hides(request.person) else _full(found)


@cases.post("/cases/{case}/contacts", list[ContactShown])
def reveal_contacts(request: Asking, case: CaseRef) -> list[ContactShown]:
    """Read how the customer of a case is reached. That you asked is noted on the case."""
    return [_contact(each) for each in case_actions.reveal_contacts(case_for(request.person, case), request.person)]


@room.patch("/customers/{customer}", CustomerFull)
def change_customer(request: Asking, customer: Id, told: Traits) -> CustomerFull:
    """Change what is known of a customer. Send the ETag as If-Match, so that nothing is overwritten unseen."""
    found, read = whole_customer_for(request.person, customer), seen(request)
    written = {name: value for name, value in told.dict().items() if value is not None}
    edition = found.edition if read is None else read
    actions.change(found, request.person, seen=edition, written=written)
    return _told(request, customer)


@room.post("/customers/{customer}/contacts", Done, 201)
def add_contact(request: Asking, customer: Id, told: ContactIn) -> Status[Done]:
    """Add a way to reach a customer."""
    held = whole_customer_for(request.person, customer)
    made = actions.add_contact(held, request.person, Written(told.kind, told.value, told.network))
    return Status(201, Done(id=str(made.pk)))


@room.post("/customers/{customer}/contacts/{contact}/verify", Done)
def verify_contact(request: Asking, customer: Id, contact: Id, told: Checked) -> Done:
    """Note that a contact is theirs, and how we know."""
    held = whole_customer_for(request.person, customer)
    return Done(id=str(actions.verify_contact(held, request.person, contact=contact, how=told.how).pk))


@room.post("/customers/{customer}/contacts/{contact}/prefer", Done)
def prefer_contact(request: Asking, customer: Id, contact: Id) -> Done:
    """Note that this is how they want to be reached."""
    held = whole_customer_for(request.person, customer)
    return Done(id=str(actions.prefer_contact(held, request.person, contact=contact).pk))


@room.take_away("/customers/{customer}/contacts/{contact}")
def remove_contact(request: Asking, customer: Id, contact: Id) -> Status[None]:
    """Remove a way to reach a customer."""
    actions.remove_contact(whole_customer_for(request.person, customer), request.person, contact=contact)
    return Status(204, None)


@room.post("/customers/{customer}/consents", ConsentShown, 201)
def note_consent(request: Asking, customer: Id, told: ConsentIn) -> Status[ConsentShown]:
    """Note that a customer agrees to something, or does not. Every word is kept; the latest counts."""
    verb = actions.give_consent if told.given else actions.withdraw_consent
    word = SaidWord(told.purpose, told.channel, told.how, told.note)
    return Status(201, _consent(verb(whole_customer_for(request.person, customer), request.person, word)))


@room.post("/customers/{customer}/places", Done, 201)
def add_place(request: Asking, customer: Id, told: PlaceIn) -> Status[Done]:
    """Add a postal address."""
    made = actions.add_place(whole_customer_for(request.person, customer), request.person, told.dict())
    return Status(201, Done(id=str(made.pk)))


@room.take_away("/customers/{customer}/places/{place}")
def remove_place(request: Asking, customer: Id, place: Id) -> Status[None]:
    """Remove a postal address."""
    actions.remove_place(whole_customer_for(request.person, customer), request.person, place=place)
    return Status(204, None)


@room.post("/customers/{customer}/memberships", Done, 201)
def join_organisation(request: Asking, customer: Id, told: JoinIn) -> Status[Done]:
    """Note that a person belongs to an organisation."""
    held = whole_customer_for(request.person, customer)
    organisation = customers_for(request.person).filter(pk=told.organisation).first()
    made = actions.join_organisation(held, request.person, organisation=organisation, role=told.role)
    return Status(201, Done(id=str(made.pk)))


@room.take_away("/customers/{customer}/memberships/{membership}")
def leave_organisation(request: Asking, customer: Id, membership: Id) -> Status[None]:
    """Note that a person belongs to an organisation no longer."""
    actions.leave_organisation(whole_customer_for(request.person, customer), request.person, membership=membership)
    return Status(204, None)


@cases.get("/customers/{customer}/cases", CasePage)
def list_cases_of_customer(request: Asking, customer: Id, asked: Query[PageAsked]) -> dict[str, Any]:
    """List a customer's cases, the newest first. A page at a time."""
    found, before = customer_for(request.person, customer), numbered(asked)
    theirs = cases_for(request.person).filter(customer=found).select_related("customer", "owner").order_by("-id")
    rows, more = first(list((theirs.filter(pk__lt=before) if before else theirs)[: asked.limit + 1]), asked.limit)
    return paged(request, [case_short(each) for each in rows], str(rows[-1].pk) if more else "")


@cases.post("/customers/{customer}/cases", CaseShort, 201)
def open_case_for_customer(request: Asking, customer: Id, told: ConcernIn) -> Status[CaseShort]:
    """Write down a case for a customer, as a colleague does on the telephone."""
    concern = _concern(whole_customer_for(request.person, customer), told)
    if told.policy:
        return Status(201, case_short(file_claim(concern, policy=told.policy, person=request.person).case))
    return Status(201, case_short(case_actions.open_case(concern, by=Actor.PERSON, person=request.person)))


def _concern(customer: Customer, told: ConcernIn) -> Concern:
    """Return what was said. Raises UnknownName for what the plan does not have, Invalid for a purchase not theirs."""
    plan = plans.in_force()
    named = (
        ("topic", told.topic, [each.name for each in topics(plan, plan.languages[0]) if each.name]),
        ("channel", told.channel, [name for name, _ in channels(plan, "")]),
        ("policy", told.policy, plan.policies()),
    )
    for kind, got, allowed in named:
        if got and got not in allowed:
            raise UnknownName(kind, got, allowed)
    bought = _bought(customer, told.purchase_number)
    return Concern(
        customer=customer,
        body=told.body,
        subject=told.subject,
        channel=told.channel or ways.way_in(plan, ways.PHONE),
        language=customer.language,
        topic=told.topic,
        facts=plan.read(told.facts, Standing.TOLD),
        purchase=bought,
        plan=plan,
    )


def _bought(customer: Customer, number: str) -> Purchase | None:
    """Return the customer's purchase of that number, None for none. Raises Invalid for one that is not theirs."""
    if not number:
        return None
    for each in customer.purchases.all():
        if each.number == number:
            return each
    raise Invalid("purchase_number", "This customer has no such purchase.")


def _told(request: Asking, pk: int) -> CustomerFull:
    after = whole_customer_for(request.person, pk)
    request.told["ETag"] = customer_mark(after)
    return _full(after)


def _short(customer: Customer) -> dict[str, Any]:
    same = {each: getattr(customer, each) for each in ("name", "kind", "language", "internal", "since")}
    return {"id": str(customer.pk), **same}


def _full(customer: Customer) -> CustomerFull:
    same = ("address", "birth_year", "lives_alone", "note", "timezone", "department", "edition")
    return CustomerFull(
        **_short(customer),
        organisation=str(customer.organisation_id) if customer.organisation_id else None,
        contacts=[_contact(each) for each in customer.contacts.all()],
        places=[
            PlaceShown(id=str(each.pk), lines=each.lines, postcode=each.postcode, city=each.city)
            for each in customer.places.order_by("id")
        ],
        purchases=[
            PurchaseShown(
                number=each.number,
                product=each.product.sku,
                price=Money(each.price_minor, each.currency).text(),
                ordered_at=each.ordered_at,
                handed_over_at=each.handed_over_at,
            )
            for each in customer.purchases.all()
        ],
        consents=[_consent(each) for each in customer.consents.all()],
        **{each: getattr(customer, each) for each in same},
    )


def _in_part(customer: Customer) -> CustomerFull:
    """Return who they are and, masked, how they are reached; nothing else that the house knows."""
    hidden = [_contact(each).model_copy(update={"value": masked(each.value)}) for each in customer.contacts.all()]
    nothing = dict.fromkeys(("places", "purchases", "consents"), [])
    unknown = dict.fromkeys(("note", "timezone", "department"), "") | dict.fromkeys(("birth_year", "lives_alone"))
    return CustomerFull(
        **_short(customer),
        **nothing,
        **unknown,
        address=customer.address,
        organisation=None,
        edition=customer.edition,
        contacts=hidden,
    )


def _contact(contact: Contact) -> ContactShown:
    same = {each: getattr(contact, each) for each in ("kind", "network", "value", "preferred", "verified_at")}
    return ContactShown(id=str(contact.pk), **same)


def _consent(consent: Any) -> ConsentShown:
    return ConsentShown(**{each: getattr(consent, each) for each in ConsentShown.model_fields})
