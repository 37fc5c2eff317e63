"""Customers of one portion: each found by their id, else by a contact and a name that fits, else taken on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tantam.desk.customers.models import Contact, Customer, PostalAddress
from tantam.desk.customers.nameless import stand_in
from tantam.desk.customers.newcomers import kept_name
from tantam.desk.imports.meaning.cells import Setting
from tantam.desk.imports.meaning.names import fits
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import ExternalId
from tantam.desk.imports.taking.by_id import ById
from tantam.desk.imports.taking.organisations import Organisations
from tantam.desk.imports.taking.outcome import Bringer, Outcome
from tantam.desk.imports.told import CustomerTold, Reached, seen

PLAIN = ("name", "kind", "address", "language", "birth_year", "since", "timezone", "note")
FILLED = ("address", "birth_year", "timezone", "note")  # of somebody known by another source: only what is empty
KIND = "customer"


class People(ById[CustomerTold]):
    """What becomes of the customers of one portion. Nothing is written here: `writing.write_people` does that."""

    kind, joined = KIND, ("customer",)

    def __init__(self, bringer: Bringer, setting: Setting, today: Any) -> None:
        super().__init__(bringer)
        self.setting, self.today = setting, today
        self.organisations = Organisations(bringer, setting, today)
        self.contacts: dict[int, set[Reached]] = {}
        self.places: dict[int, set[str]] = {}
        self._reached: dict[Reached, list[Customer]] = {}
        self._one: dict[int, Customer] = {}  # a customer whom several rows mean is changed once

    def look_up(self, told: Sequence[CustomerTold], mine: QuerySet[ExternalId]) -> None:
        """Read who is reached as they are, and what is known of those who are told otherwise than before."""
        for each in self._ids.values():
            if each.customer is not None:
                each.customer = self._one.setdefault(each.customer.pk, each.customer)
        fresh = [each for each in told if each.external not in self._ids]
        self._look_for({value for each in fresh for _kind, _network, value in each.contacts or ()})
        altered = [row.customer for each in told if (row := self._ids.get(each.external)) and row.seen != seen(each)]
        known = {each.pk for each in altered if each} | {each.pk for met in self._reached.values() for each in met}
        self._remember(known)
        self.organisations.look_up(told, known)

    def _look_for(self, values: Iterable[str]) -> None:
        """Note who is reached so, of those whose contact is checked, or who came by an import."""
        imported = Exists(ExternalId.objects.filter(customer=OuterRef("customer")))
        reached = Contact.objects.filter(value__in=set(values)).filter(Q(verified_at__isnull=False) | imported)
        for each in reached.select_related("customer").order_by("customer_id"):
            customer = self._one.setdefault(each.customer_id, each.customer)
            self._reached.setdefault((each.kind, each.network, each.value), []).append(customer)

    def _remember(self, known: Iterable[int]) -> None:
        ids = set(known) - self.contacts.keys()
        self.contacts |= {each: set() for each in ids}
        self.places |= {each: set() for each in ids}
        for pk, *reached in Contact.objects.filter(customer__in=ids).values_list(
            "customer", "kind", "network", "value"
        ):
            self.contacts[pk].add((reached[0], reached[1], reached[2]))
        for pk, lines in PostalAddress.objects.filter(customer__in=ids).values_list("customer", "lines"):
            self.places[pk].add(lines)

    def same(self, told: CustomerTold, row: ExternalId) -> Outcome:
        """Return that somebody whose id is known is told of as before."""
        return Outcome("same", told, row.customer, why="id", known=row)

    def change(self, outcome: Outcome, anew: Sequence[str]) -> None:
        """Set and add what the source tells otherwise. Raises Wrong for our own people."""
        customer = outcome.customer
        assert customer is not None
        if customer.kind == Customer.Kind.DEPARTMENT or customer.colleague_id:
            raise Wrong("own")
        self._set(outcome, [each for each in anew if each in PLAIN])
        self._add(outcome, [each for each in anew if each not in PLAIN])

    def unknown(self, told: CustomerTold) -> Outcome:
        """Return what becomes of somebody whose id is new: a customer that we have, or a new one. Raises Wrong."""
        for reached in told.contacts or ():
            for customer in self._reached.get(reached, ()):
                if _may_be(told, customer, reached):
                    outcome = Outcome("matched", told, customer, why=reached[0])
                    self._set(outcome, [each for each in FILLED if getattr(customer, each) in ("", None)])
                    self._add(outcome, ["contacts", "place", "organisation"])
                    self._meet(customer, told)
                    return outcome
        return self._new(told)

    def _new(self, told: CustomerTold) -> Outcome:
        contacts = told.contacts or ()
        first = contacts[0] if contacts else ("", "", "")
        called = kept_name(told.name or "") or first[2]
        if not called:
            raise Wrong("no_name")
        customer = Customer(
            name=called,
            language=told.language or self.setting.languages[0],
            since=told.since or self.today,
            stand_in=stand_in(first[1], first[2], called),
        )
        outcome = Outcome("new", told, customer)
        self.contacts[customer.pk], self.places[customer.pk] = set(), set()
        self._set(outcome, ["kind", "address", "birth_year", "timezone", "note"])
        self._add(outcome, ["contacts", "place", "organisation"])
        self._meet(customer, told)
        return outcome

    def _meet(self, customer: Customer, told: CustomerTold) -> None:
        """Let later rows of the portion find this customer."""
        for reached in told.contacts or ():
            met = self._reached.setdefault(reached, [])
            if customer not in met:
                met.append(customer)

    def _set(self, outcome: Outcome, names: Iterable[str]) -> None:
        """Give the customer what is told of these fields, where it differs."""
        customer = outcome.customer
        for name in names:
            value = getattr(outcome.told, name)
            if name == "name" and value is not None:
                value = kept_name(value) or None
            if value is not None and getattr(customer, name) != value:
                setattr(customer, name, value)
                outcome.fields.append(name)

    def _add(self, outcome: Outcome, names: Iterable[str]) -> None:
        """Note what is to be added: contacts, a place, an organisation. What is there already is not."""
        customer, told = outcome.customer, outcome.told
        assert customer is not None
        for name in names:
            added: Any = None
            match name:
                case "contacts":
                    added = [each for each in told.contacts or () if each not in self.contacts[customer.pk]]
                    self.contacts[customer.pk].update(added)
                case "place" if told.place and told.place.lines not in self.places[customer.pk]:
                    added = told.place
                    self.places[customer.pk].add(told.place.lines)
                case "organisation" if told.organisation and customer.kind == Customer.Kind.PERSON:
                    added = self.organisations.joined(customer, told.organisation)
            if added:
                outcome.write[name] = added
                outcome.fields.append(name)


def _may_be(told: CustomerTold, customer: Customer, reached: Reached) -> bool:
    """Whether a customer who is reached so may be the one who is told of.

    By a mail address it is enough that no name speaks against it; by a telephone number, which a household shares,
    two words of the name must fit.
    """
    by_mail = reached[0] == "mail"
    if by_mail and (not told.name or customer.is_nameless or customer.name == reached[2]):
        return True
    return fits(told.name or "", customer.name, strictly=not by_mail)
