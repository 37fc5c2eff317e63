"""The example company while its year is played: who works, who buys, what was bought, and the dice."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from tantam.desk.accounts.models import Person, Role
from tantam.desk.common import clock
from tantam.desk.customers.models import Contact, Customer, Product, Purchase
from tantam.desk.demo.catalogue import wares
from tantam.desk.demo.concerns import Kind
from tantam.desk.demo.people import Bought, Buyer
from tantam.desk.plans import RunningPlan

# How long before a concern the purchase may have been made, in days.
SPAN = {"owned": 420, "recent": 9, "fresh": 12, "under_way": 5}


@dataclass
class World:
    """Everything that the stories share. purchases: by place in `bought`; saved when ordered."""

    dice: Random
    plan: RunningPlan
    people: list[Person]
    buyers: list[Buyer]
    bought: list[Bought]
    customers: list[Customer] = field(default_factory=list)
    products: dict[str, Product] = field(default_factory=dict)
    purchases: list[Purchase] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.levels = self.plan.levels()
        self._by_level: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            if person.level and person.role != Role.ADMINISTRATOR:
                self._by_level[person.level].append(person)
        self._by_id = {each.pk: each for each in self.people}
        self._ordered = [each.ordered_at for each in self.bought]

    def somebody(self, level: str, dice: Random, *, rather: int | None = None) -> Person:
        """Return a person at `level`, or at the next one above that has anybody.

        rather: the id of the person who is taken while their own level is `level` or above it.
        """
        at = self.levels.index(level) if level in self.levels else 0
        known = self._by_id.get(rather or 0)
        if known is not None and known.level in self.levels[at:]:
            return known
        for each in (*self.levels[at:], *reversed(self.levels[:at])):
            if self._by_level[each]:
                return dice.choice(self._by_level[each])
        raise LookupError("Nobody works here.")

    def purchase_about(self, kind: Kind, at: datetime) -> int | None:
        """Return the place of a purchase that somebody could write about at `at`, or None."""
        first = bisect_left(self._ordered, at - timedelta(days=SPAN[kind.about]))
        last = bisect_right(self._ordered, at)
        for _ in range(40 if last > first else 0):
            place = self.dice.randrange(first, last)
            if _fits(self.bought[place], kind, at):
                return place
        return None

    def stock(self, since: datetime) -> None:
        """Make products and customers, and what was sold before `since`."""
        Product.objects.bulk_create(Product(sku=each.sku, line=each.line, names=each.names) for each in wares())
        self.products = {each.sku: each for each in Product.objects.all()}
        self.customers = [_customer(each, since) for each in self.buyers]
        Customer.objects.bulk_create(self.customers)
        Contact.objects.bulk_create(
            Contact(customer=customer, kind=kind, value=value)
            for customer, buyer in zip(self.customers, self.buyers, strict=True)
            for kind, value in ((Contact.Kind.MAIL, buyer.mail), (Contact.Kind.PHONE, buyer.phone))
            if value
        )
        self.purchases = [self._purchase(each, since) for each in self.bought]
        Purchase.objects.bulk_create(each for each in self.purchases if each.ordered_at < since)

    def sales(self, since: datetime) -> Iterator[Iterator[datetime]]:
        """Yield one course of events a purchase made after `since`: ordered, then handed over."""
        for place, each in enumerate(self.bought):
            if each.ordered_at >= since:
                yield self._sale(place, each)

    def _sale(self, place: int, bought: Bought) -> Iterator[datetime]:
        yield bought.ordered_at
        purchase = self.purchases[place]
        purchase.save(force_insert=True)
        if bought.handed_over_at is not None and purchase.handed_over_at is None:
            yield bought.handed_over_at
            purchase.handed_over_at = bought.handed_over_at
            purchase.save(update_fields=["handed_over_at"])

    def _purchase(self, bought: Bought, since: datetime) -> Purchase:
        """Return the purchase as it is when it is ordered; one before `since` was handed over long ago."""
        known = bought.ordered_at < since or bought.handed_over_at == bought.ordered_at
        with clock.set_to(bought.ordered_at):
            return Purchase(
                number=bought.number,
                customer=self.customers[bought.buyer],
                product=self.products[bought.ware.sku],
                price_minor=bought.ware.price,
                currency="VND",
                ordered_at=bought.ordered_at,
                handed_over_at=bought.handed_over_at if known else None,
                plan_number=self.plan.number,
            )


def _fits(bought: Bought, kind: Kind, at: datetime) -> bool:
    if kind.sorts and bought.ware.sort not in kind.sorts:
        return False
    arrived = bought.handed_over_at is not None and bought.handed_over_at <= at
    match kind.about:
        case "under_way":
            return not arrived
        case "fresh" | "owned":
            return arrived
        case _:
            return True


def _customer(buyer: Buyer, until: datetime) -> Customer:
    since = until - timedelta(days=buyer.known_days)
    with clock.set_to(since):
        return Customer(
            name=buyer.name,
            kind=buyer.kind,
            language=buyer.language,
            address=buyer.address,
            birth_year=buyer.birth_year,
            lives_alone=buyer.lives_alone,
            since=since.date(),
        )
