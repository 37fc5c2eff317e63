"""What a granted action leaves behind: the order's state, its items and payments, balances of gift cards, addresses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bench.stores.world import Attempt, Record, Store, difference, first_payment, total

ADDRESS = ("address1", "address2", "city", "state", "country", "zip")


def after(store: Store, attempt: Attempt) -> Store:
    """Return the store as the action leaves it."""
    number = str(attempt.arguments.get("order_id"))
    match attempt.action:
        case "cancel_pending_order":
            return _paid_back(store, attempt).with_order(number, status="cancelled")
        case "modify_pending_order_address":
            return store.with_order(number, address=_address(attempt))
        case "modify_user_address":
            user = str(attempt.arguments["user_id"])
            return replace(store, users={**store.users, user: {**store.users[user], "address": _address(attempt)}})
        case "modify_pending_order_payment":
            return _paid_otherwise(store, attempt)
        case "modify_pending_order_items":
            settled = _settled(store, attempt)
            return settled.with_order(number, status="items_modified", items=_swapped(store, attempt))
        case "exchange_delivered_order_items":
            return _settled(store, attempt).with_order(number, status="exchange_requested")
        case "return_delivered_order_items":
            return store.with_order(number, status="return_requested")
        case unknown:
            raise ValueError(unknown)


def _address(attempt: Attempt) -> Record:
    return {name: attempt.arguments.get(name, "") for name in ADDRESS}


def _paid_back(store: Store, attempt: Attempt) -> Store:
    order = store.orders[attempt.arguments["order_id"]]
    method, amount = first_payment(order), total(order)
    history = [*order["payment_history"], _payment("refund", method, amount)]
    return store.paying(attempt.customer, method, -amount).with_order(order["order_id"], payment_history=history)


def _paid_otherwise(store: Store, attempt: Attempt) -> Store:
    order, new = store.orders[attempt.arguments["order_id"]], str(attempt.arguments["payment_method_id"])
    amount, back = total(order), _paid_back(store, attempt)
    history = [_payment("payment", new, amount), *back.orders[order["order_id"]]["payment_history"]]
    return back.paying(attempt.customer, new, amount).with_order(order["order_id"], payment_history=history)


def _settled(store: Store, attempt: Attempt) -> Store:
    """Return the store after the difference in price was paid or paid back."""
    order, method = store.orders[attempt.arguments["order_id"]], str(attempt.arguments["payment_method_id"])
    amount = difference(store, attempt)
    history = [*order["payment_history"], _payment("payment", method, amount)]
    return store.paying(attempt.customer, method, amount).with_order(order["order_id"], payment_history=history)


def _payment(kind: str, method: str, amount: Any) -> Record:
    return {"transaction_type": kind, "payment_method_id": method, "amount": amount}


def _swapped(store: Store, attempt: Attempt) -> list[Record]:
    items = list(store.orders[attempt.arguments["order_id"]]["items"])
    for old, new in zip(attempt.arguments["item_ids"], attempt.arguments["new_item_ids"], strict=True):
        at = next(index for index, each in enumerate(items) if each["item_id"] == old)
        items[at] = {**items[at], **store.items[new]}
    return items
