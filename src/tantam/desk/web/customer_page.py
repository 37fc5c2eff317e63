"""Everything a customer's page shows: who, how and when to reach them, what they agreed to, whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.ledger import PromiseChip, chips, most_urgent
from tantam.desk.cases.models import Case
from tantam.desk.claims.covers import things_of
from tantam.desk.common import clock
from tantam.desk.customers.actions.prove_contact import PROOFS
from tantam.desk.customers.actions.verify_contact import WAYS as WAYS_OF_PROOF
from tantam.desk.customers.agreements import contracts_of
from tantam.desk.customers.consent import UNASKED, latest_word, ways_named
from tantam.desk.customers.consent import WAYS as WAYS_OF_CONSENT
from tantam.desk.customers.contacts import NETWORKS, masked
from tantam.desk.customers.models import Consent, Contact, Customer, Delivery, Membership, Purpose, Unit
from tantam.desk.deliveries.holding import under_way
from tantam.desk.duplicates.access import mergings_of
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.care import department_label
from tantam.desk.plans.seeing import sees_house
from tantam.desk.web import case_words, customer_forms, group_page, trait_form
from tantam.desk.web.contract_page import CHANGES as CONTRACT_CHANGES
from tantam.desk.web.contract_page import contract_rows
from tantam.desk.web.leaves import Leaf, leaf
from tantam.desk.web.same_page import taken_in

MOST = 50
MOST_THINGS = 12  # the newest; each is asked of the plan, which takes its time
MOST_WORDS = 20  # of consent and of changes, the newest
HOW_WE_KNOW = WAYS_OF_PROOF | PROOFS | {"account": gettext_lazy("Of their account")}
CHANGES = {
    "created": gettext_lazy("Taken on"),
    "taken_in": gettext_lazy("Taken in from another system"),
    "changed": gettext_lazy("Changed"),
    "corrected": gettext_lazy("When something was handed over was corrected"),
    "contact_added": gettext_lazy("A way to reach them was added"),
    "contact_verified": gettext_lazy("A way to reach them was checked"),
    "contact_proved": gettext_lazy("They proved an address of theirs"),
    "contact_preferred": gettext_lazy("The way they prefer was noted"),
    "contact_reached": gettext_lazy("An address takes mail again"),
    "contact_removed": gettext_lazy("A way to reach them was removed"),
    "place_added": gettext_lazy("A postal address was added"),
    "place_removed": gettext_lazy("A postal address was removed"),
    "merged": gettext_lazy("Found to be one with another customer"),
    "unmerged": gettext_lazy("Taken apart from another customer again"),
    "erasure_asked": gettext_lazy("To be erased"),
    "joined": gettext_lazy("Joined an organisation"),
    **CONTRACT_CHANGES,
    "unit_added": gettext_lazy("A serial number was noted"),
    "unit_removed": gettext_lazy("A serial number was taken away"),
    "privacy_asked": gettext_lazy("They asked about their data"),
    "delivery_promised": gettext_lazy("A day of delivery was promised"),
    "delivery_moved": gettext_lazy("A delivery was moved to another day"),
    "delivery_arrived": gettext_lazy("A delivery arrived"),
    "delivery_called_off": gettext_lazy("A delivery was called off"),
    "traits_filled": gettext_lazy("What they told of themselves was noted"),
    "left": gettext_lazy("Left an organisation"),
    "sees": gettext_lazy("One of its people was let see the cases of the others"),
    "sees_not": gettext_lazy("One of its people sees the cases of the others no more"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the page, in which language and under which plan. asked: by the page's address."""

    person: Person
    plan: RunningPlan
    lang: str
    asked: QueryDict

    @property
    def reveals(self) -> bool:
        """Whether contacts are shown in full."""
        return self.asked.get("contacts") == "shown"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach somebody as it is shown. icon: which; where: the network's or kind's name."""

    contact: Contact
    icon: str
    where: str
    shown: str
    how: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """What counts about a purpose. said: one line each for all ways and for those where it differs."""

    purpose: str
    label: str
    given: bool
    lines: tuple[tuple[str, bool, Consent], ...]


def customer_page(customer: Customer, reader: Reader, forms: Mapping[str, Any]) -> dict[str, Any]:
    """Return the context of web/customer.html. forms: those that were sent and not taken, by `own`."""
    now, plan, lang = clock.now(), reader.plan, reader.lang
    groups = group_page.groups_of(customer, plan, lang, now)
    return {
        "customer": customer,
        "contacts": [_way(each, reader) for each in _in_order(customer)],
        "reveals": reader.reveals,
        "proofs": WAYS_OF_PROOF.items(),
        "places": list(customer.places.all()),
        "their_time": _their_time(customer, plan, now),
        "agreed": _agreed(list(customer.consents.all()), dict(ways_named(plan, lang))),
        "said": _said(customer, dict(ways_named(plan, lang))),
        "memberships": list(_memberships(customer)),
        "members": leaf(_members(customer), reader.asked, most=MOST, name="members", at="members"),
        "department": department_label(plan, customer.department, lang) if customer.department else "",
        "changes": [
            (CHANGES.get(each.code, each.code), each)
            for each in customer.changes.select_related("by").order_by("-id")[:MOST_WORDS]
        ],
        "purchases": _purchases(customer, reader),
        "units": list(_units(customer)),
        "deliveries": _deliveries(customer, forms),
        "contracts": contract_rows(contracts_of(customer)[:MOST], plan, now) if sees_house(reader.person) else [],
        "things": [
            each for each in things_of([customer], plan, now, lang=lang, most=MOST_THINGS) if each.covers or each.due
        ],
        "cases": leaf(_cases(customer, reader), reader.asked, most=MOST, name="cases", at="cases").of(
            lambda each: (each, *owed(plan, each, now), case_words.place(plan, each))
        ),
        "language_name": dict(settings.LANGUAGES).get(customer.language, customer.language),
        "address_words": dict(customer_forms.ADDRESSES).get(customer.address, ""),
        "merged": taken_in(mergings_of(customer)) if sees_house(reader.person) else [],
        "sees_house": sees_house(reader.person),
        "groups": groups,
        "care": [(plan.word(each.words, lang), each.group) for each in plan.care(each.name for each in groups)],
        "traits": trait_form.fields(customer, plan, lang),
        **_forms(customer, reader, forms),
    }


def _forms(customer: Customer, reader: Reader, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the page's forms: those that were sent as they were, the others empty or with what is known."""
    plan, lang = reader.plan, reader.lang
    fresh = {
        "who": customer_forms.WhoForm(plan=plan, lang=lang, customer=customer),
        "reach": customer_forms.ReachForm(),
        "consent": customer_forms.ConsentForm(plan=plan, lang=lang),
        "place": customer_forms.PlaceForm(),
        "join": customer_forms.JoinForm(),
        "unit": customer_forms.UnitForm(bought=bought(customer, lang)),
        "delivery": customer_forms.DeliveryForm(bought=bought(customer, lang)),
    }
    return {"forms": fresh | dict(sent), "open": next(iter(sent), ""), "zones": customer_forms.zones()}


def _in_order(customer: Customer) -> list[Contact]:
    return sorted(customer.contacts.all(), key=lambda each: (not each.preferred, each.verified_at is None, each.pk))


def _way(contact: Contact, reader: Reader) -> Way:
    icon = {Contact.Kind.MAIL: "mail", Contact.Kind.PHONE: "phone"}.get(Contact.Kind(contact.kind), "chat")
    where = NETWORKS.get(contact.network, "") or contact.get_kind_display()
    shown = contact.value if reader.reveals else masked(contact.value)
    how = HOW_WE_KNOW.get(contact.verified_how)
    return Way(contact, icon, where, shown, str(how or _("Checked")))


def _their_time(customer: Customer, plan: RunningPlan, now: datetime) -> str:
    """Return the time where they are, such as 14:05; "" where it is as ours."""
    if not customer.timezone:
        return ""
    there = now.astimezone(ZoneInfo(customer.timezone))
    same = there.utcoffset() == now.astimezone(ZoneInfo(plan.timezone)).utcoffset()
    return "" if same else f"{there:%H:%M}"


def _agreed(said: list[Consent], names: Mapping[str, str]) -> list[Agreed]:
    return [_agreed_to(Purpose(each), [one for one in said if one.purpose == each], names) for each in Purpose.values]


def _agreed_to(purpose: Purpose, said: list[Consent], names: Mapping[str, str]) -> Agreed:
    """Return what holds of a purpose: for all ways, and the ways of which something else holds. said: about it."""
    for_all = latest_word([each for each in said if not each.channel], purpose, "")
    given = for_all.given if for_all else purpose in UNASKED
    lines = tuple(
        (names.get(way, way) if way else _("All ways"), word.given, word)
        for way in sorted({each.channel for each in said})
        if (word := latest_word(said, purpose, way)) and (not way or for_all is None or word.given != given)
    )
    return Agreed(purpose, str(purpose.label), given or any(each[1] for each in lines), lines)


def _said(customer: Customer, names: Mapping[str, str]) -> list[tuple[str, str, str, Consent]]:
    """Return what they said about consent, the newest first: what for, on which way, how we know, the row."""
    newest = sorted(customer.consents.all(), key=lambda each: -each.pk)[:MOST_WORDS]
    return [
        (
            each.get_purpose_display(),
            names.get(each.channel, each.channel) or _("All ways"),
            str(WAYS_OF_CONSENT.get(each.how, each.how)),
            each,
        )
        for each in newest
    ]


def _memberships(customer: Customer) -> QuerySet[Membership]:
    return customer.memberships.filter(left=None).select_related("organisation").order_by("-id")[:MOST]


def _members(customer: Customer) -> QuerySet[Membership]:
    if customer.kind == Customer.Kind.PERSON:
        return Membership.objects.none()
    return customer.members.filter(left=None).select_related("person").order_by("person__name", "id")


def _purchases(customer: Customer, reader: Reader) -> Leaf:
    """Return what they bought, the newest first, each with its product's name; no query, for the groups read it all."""
    newest = sorted(customer.purchases.all(), key=lambda each: -each.pk)
    found = leaf(newest, reader.asked, most=MOST, name="purchases", at="purchases")
    return found.of(lambda each: (each, each.product.name(reader.lang)))


def bought(customer: Customer, lang: str) -> list[tuple[str, str]]:
    """Return the newest of what they bought, as a form offers it."""
    newest = sorted(customer.purchases.all(), key=lambda each: -each.pk)[:MOST]
    return [(str(each.pk), f"{each.product.name(lang)} · {each.number}") for each in newest]


def _units(customer: Customer) -> QuerySet[Unit]:
    return Unit.objects.filter(purchase__customer=customer).select_related("purchase").order_by("-id")[:MOST]


def _deliveries(customer: Customer, sent: Mapping[str, Any]) -> list[tuple[Delivery, Any]]:
    """Return the newest deliveries, each with its form while it is on its way; one that was sent, as it was."""
    newest = Delivery.objects.filter(purchase__customer=customer).select_related("purchase").order_by("-id")[:MOST]
    return [(each, _moved_form(each, sent) if under_way(each) else None) for each in newest]


def _moved_form(delivery: Delivery, sent: Mapping[str, Any]) -> Any:
    form = customer_forms.MovedForm(delivery=delivery.pk)
    return sent.get(form.own, form)


def _cases(customer: Customer, reader: Reader) -> QuerySet[Case]:
    """Return their cases; of an organisation those of its members too."""
    theirs = [customer.pk]
    if customer.kind != Customer.Kind.PERSON:
        theirs += customer.members.filter(left=None).values_list("person", flat=True)[:500]
    cases = cases_for(reader.person).filter(customer__in=theirs).select_related("owner", "customer")
    return cases.prefetch_related("promises").order_by("-id")


def owed(plan: RunningPlan, case: Case, now: datetime) -> tuple[PromiseChip | None, str]:
    """Return the promise to look at first and what it is called; none and nothing where nothing is owed."""
    chip = most_urgent(chips(case, now))
    return chip, case_words.promise(plan, chip.kind, chip.clause) if chip else ""
