"""Purchases of one portion: each found by its id, else by its number, else taken in; with its buyer and product."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from tantam.desk.customers.models import Customer, Product, Purchase
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import ExternalId
from tantam.desk.imports.taking.by_id import ById, put
from tantam.desk.imports.taking.outcome import Outcome
from tantam.desk.imports.taking.people import KIND as CUSTOMER
from tantam.desk.imports.taking.people import People
from tantam.desk.imports.told import PurchaseTold
from tantam.desk.plans.models import PlanVersion

KIND = "purchase"
PLAIN = ("price_minor", "currency", "ordered_at", "handed_over_at")
MOST_NUMBER = 24
MOST_OF_ONE_NUMBER = 1000


class Bought(ById[PurchaseTold]):
    """What becomes of the purchases of one portion. products: those that are to be written."""

    kind, joined = KIND, ("purchase__product", "purchase__customer")

    def __init__(self, people: People) -> None:
        super().__init__(people.bringer)
        self.people = people
        self.new_products: dict[str, Product] = {}
        self.buyers: list[Outcome] = []
        self._products: dict[str, Product] = {}
        self._customers: dict[str, Customer] = {}
        self._buyers: dict[str, Outcome] = {}
        self._numbers: dict[str, Purchase] = {}
        self._linked: set[int] = set()
        self._versions: list[tuple[datetime, int]] = []

    def look_up(self, told: Sequence[PurchaseTold], mine: QuerySet[ExternalId]) -> None:
        """Read buyers, products, purchases of these numbers, and which plans were in force."""
        named = {each.customer for each in told if each.customer}
        people = mine.filter(kind=CUSTOMER, external__in=named).select_related("customer")
        self._customers |= {each.external: each.customer for each in people if each.customer}
        unknown = [each.buyer for each in told if each.buyer and each.customer not in self._customers]
        self.buyers = self.people.settle(list({each.external: each for each in unknown}.values()))
        self._buyers = {each.told.external: each for each in self.buyers}
        self._products |= {each.sku: each for each in Product.objects.filter(sku__in={each.sku for each in told})}
        numbers = {each.number for each in told if each.external not in self._ids}
        found = Purchase.objects.filter(number__in=numbers).select_related("customer")
        self._numbers |= {each.number: each for each in found}
        linked = mine.filter(kind=KIND, purchase__in=[each.pk for each in self._numbers.values()])
        self._linked |= set(linked.values_list("purchase_id", flat=True))
        if not self._versions:
            versions = PlanVersion.objects.filter(base=None).order_by("in_force_from", "number")
            self._versions = list(versions.values_list("in_force_from", "number"))

    def same(self, told: PurchaseTold, row: ExternalId) -> Outcome:
        """Return that a purchase whose id is known is told of as before."""
        assert row.purchase is not None
        return Outcome("same", told, row.purchase.customer, row.purchase, why="id", known=row)

    def change(self, outcome: Outcome, anew: Sequence[str]) -> None:
        """Set what the source tells otherwise. Raises Wrong for a purchase of somebody else."""
        told, purchase = outcome.told, outcome.purchase
        assert purchase is not None
        if self._buyer(told).pk != purchase.customer_id:
            raise Wrong("other_customer", "customer", got=told.number)
        put(purchase, outcome, {each: getattr(told, each) for each in anew if each in PLAIN})
        if "sku" in anew and purchase.product.sku != told.sku:
            purchase.product = self._product(told)
            outcome.fields.append("product")

    def unknown(self, told: PurchaseTold) -> Outcome:
        """Return what becomes of a purchase whose id is new: one of this number, or a new one. Raises Wrong."""
        customer = self._buyer(told)
        there = self._numbers.get(told.number)
        if there is not None and there.pk not in self._linked:
            if there.customer_id != customer.pk:
                raise Wrong("number_taken", "number", got=told.number)
            outcome = Outcome("matched", told, customer, there, why="number")
            put(there, outcome, {} if there.handed_over_at else {"handed_over_at": told.handed_over_at})
            self._linked.add(there.pk)
            return outcome
        purchase = Purchase(
            number=self._free(told.number, there),
            customer=customer,
            product=self._product(told),
            price_minor=told.price_minor,
            currency=told.currency,
            ordered_at=told.ordered_at,
            handed_over_at=told.handed_over_at,
            plan_number=self._version(told.ordered_at),
        )
        self._numbers[purchase.number] = purchase
        self._linked.add(purchase.pk)
        return Outcome("new", told, customer, purchase)

    def _buyer(self, told: PurchaseTold) -> Customer:
        """Return who bought. Raises Wrong for somebody who is not known, nor told of."""
        if told.customer in self._customers:
            return self._customers[told.customer]
        found = self._buyers.get(told.buyer.external) if told.buyer else None
        if found is None:
            raise Wrong("unknown_customer", "customer", got=told.customer)
        if found.wrong is not None:
            raise found.wrong
        assert found.customer is not None
        return found.customer

    def _product(self, told: PurchaseTold) -> Product:
        found = self._products.get(told.sku)
        if found is None:
            names = dict.fromkeys(self.people.setting.languages, told.product) if told.product else {}
            found = Product(sku=told.sku, line=told.line or "", names=names)
            self._products[told.sku] = self.new_products[told.sku] = found
        return found

    def _free(self, number: str, there: Purchase | None) -> str:
        """Return a number that no purchase has: of an order of several things, the second is number-2."""
        if there is None:
            return number
        stem = number[: MOST_NUMBER - 4]
        taken = set(Purchase.objects.filter(number__startswith=f"{stem}-").values_list("number", flat=True))
        for count in range(2, MOST_OF_ONE_NUMBER):
            free = f"{stem}-{count}"
            if free not in taken and free not in self._numbers:
                return free
        raise Wrong("number_taken", "number", got=number)

    def _version(self, ordered: datetime) -> int | None:
        """Return the plan in force when they bought, the first one for what was bought before; None without any."""
        if not self._versions:
            return None
        place = bisect_right(self._versions, ordered, key=lambda each: each[0])
        return self._versions[max(0, place - 1)][1]
