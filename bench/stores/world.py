"""The store as its file has it, and as it is otherwise: nothing is changed in place, a change gives a new store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.support.sources import ROOT

FOLDER = ROOT.parent / "shared" / "data" / "tau2-retail"

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One action as it is asked for. task: its number. customer: found so, None if nobody was found."""

    task: str
    customer: str | None
    found_by: str
    action: str
    arguments: Record

    def but(self, **arguments: Any) -> Attempt:
        """Return the same with other arguments; None takes one out."""
        changed = {**self.arguments, **arguments}
        return replace(self, arguments={name: each for name, each in changed.items() if each is not None})


@dataclass(frozen=True, slots=True)
class Store:
    """Products, customers and orders by their numbers. items: every item by its number, with its product's."""

    items: Mapping[str, Record]
    users: Mapping[str, Record]
    orders: Mapping[str, Record]

    def order(self, attempt: Attempt) -> Record | None:
        """Return the order that is spoken of."""
        return self.orders.get(str(attempt.arguments.get("order_id")))

    def with_order(self, number: str, **changed: Any) -> Store:
        """Return the store in which this order is otherwise."""
        return replace(self, orders={**self.orders, number: {**self.orders[number], **changed}})

    def with_item(self, number: str, **changed: Any) -> Store:
        """Return the store in which this item is otherwise."""
        return replace(self, items={**self.items, number: {**self.items[number], **changed}})

    def with_method(self, user: str, method: Record) -> Store:
        """Return the store in which this customer has the payment method, in the place of one with its number."""
        known = self.users[user]
        methods = {**known["payment_methods"], method["id"]: method}
        return replace(self, users={**self.users, user: {**known, "payment_methods": methods}})

    def method(self, number: str) -> Record | None:
        """Return a payment method of whichever customer has it."""
        return next(
            (each["payment_methods"][number] for each in self.users.values() if number in each["payment_methods"]), None
        )

    def paying(self, user: str | None, number: str, amount: Decimal) -> Store:
        """Return the store after `amount` went from this method (below 0: to it); only gift cards have a balance."""
        method = self.users[user]["payment_methods"].get(number) if user else None
        if method is None or method["source"] != "gift_card" or user is None:
            return self
        return self.with_method(user, {**method, "balance": money(method["balance"]) - amount})


def read_store(folder: Path = FOLDER) -> Store:
    """Return the store in `folder`, before any task."""
    told = json.loads((folder / "db.json").read_text(encoding="utf-8"))
    items = {
        number: {**item, "product_id": product["product_id"]}
        for product in told["products"].values()
        for number, item in product["variants"].items()
    }
    return Store(items, told["users"], told["orders"])


def read_tasks(folder: Path = FOLDER) -> Sequence[Record]:
    """Return the tasks, each with what was right under `evaluation_criteria`."""
    found: Sequence[Record] = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    return found


def money(amount: Any) -> Decimal:
    """Return an amount to the cent: the file has binary fractions."""
    return Decimal(str(amount)).quantize(Decimal("0.01"))


def total(order: Record) -> Decimal:
    """Return what was paid for an order and not paid back."""
    signs = {"payment": 1, "refund": -1}
    return sum(
        (signs[each["transaction_type"]] * money(each["amount"]) for each in order["payment_history"]), Decimal(0)
    )


def first_payment(order: Record) -> str:
    """Return the number of the method that an order was first paid with."""
    return str(order["payment_history"][0]["payment_method_id"])


def difference(store: Store, attempt: Attempt) -> Decimal:
    """Return by how much the new items are dearer than the old ones were."""
    pairs = zip(attempt.arguments["item_ids"], attempt.arguments["new_item_ids"], strict=True)
    return sum(
        (money(store.items[new]["price"]) - money(bought(store, attempt, old)["price"]) for old, new in pairs),
        Decimal(0),
    )


def bought(store: Store, attempt: Attempt, number: str) -> Record:
    """Return an item at the price it was bought for; as it is sold now where the order does not have it."""
    order = store.order(attempt)
    found = next((each for each in (order["items"] if order else ()) if each["item_id"] == number), None)
    return found or store.items[number]
