"""The facts of one action, in the words of `plans/retail-store`: looked up in the store as it stands at that moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from bench.stores.effects import ADDRESS
from bench.stores.world import Attempt, Record, Store, bought, first_payment, money, total

POLICIES = {
    "cancel_pending_order": "cancel",
    "modify_pending_order_address": "modify_address",
    "modify_pending_order_payment": "modify_payment",
    "modify_pending_order_items": "modify_items",
    "modify_user_address": "user_address",
    "return_delivered_order_items": "return",
    "exchange_delivered_order_items": "exchange",
}
REASONS = {"no longer needed": "no_longer_needed", "ordered by mistake": "ordered_by_mistake"}


def facts(store: Store, attempt: Attempt) -> dict[str, Any]:
    """Return {term: value}; what is not known is left out."""
    told = {"found_by": attempt.found_by, "customer_id": attempt.customer, **_of_the_order(store, attempt)}
    told |= _asked_for(store, attempt)
    return {term: value for term, value in told.items() if value is not None}


def _of_the_order(store: Store, attempt: Attempt) -> dict[str, Any]:
    order = store.order(attempt)
    if order is None:
        return {}
    return {
        "order_id": order["order_id"],
        "owner_id": order["user_id"],
        "status": order["status"],
        "paid_with": _method(store, attempt, first_payment(order)),
        "total": _money(total(order)),
    }


def _asked_for(store: Store, attempt: Attempt) -> dict[str, Any]:
    given = attempt.arguments
    match POLICIES[attempt.action]:
        case "cancel":
            return {"reason": REASONS.get(given["reason"], "other")}
        case "modify_address" | "user_address":
            return {"new_address": ", ".join(str(given[each]) for each in ADDRESS if given.get(each)) or None}
        case "modify_payment":
            chosen = given["payment_method_id"]
            several = [chosen] if isinstance(chosen, str) else chosen
            return {"new_method": [_method(store, attempt, each) for each in several]}
        case "return":
            return {
                "return_items": list(_sent_back(store, attempt)),
                "refund_to": _method(store, attempt, given["payment_method_id"]),
            }
        case _:
            return {
                "swaps": list(_swaps(store, attempt)),
                "method": _method(store, attempt, given["payment_method_id"]),
            }


def _method(store: Store, attempt: Attempt, number: str) -> Record:
    """Return a payment method; saved: in this customer's own profile."""
    known = store.method(number)
    own = store.users[attempt.customer]["payment_methods"] if attempt.customer else {}
    told: dict[str, Any] = {"id": number, "saved": _yes(number in own)}
    if known:
        told["kind"] = known["source"]
    if known and "balance" in known:
        told["balance"] = _money(known["balance"])
    return told


def _swaps(store: Store, attempt: Attempt) -> Iterator[Record]:
    pairs = list(zip(attempt.arguments["item_ids"], attempt.arguments["new_item_ids"], strict=True))
    for (old, new), there in zip(pairs, _in_order(store, attempt, [old for old, _ in pairs]), strict=True):
        yield {
            "in_order": _yes(there),
            "old": _item(store, bought(store, attempt, old)),
            "new": _item(store, store.items[new]),
        }


def _sent_back(store: Store, attempt: Attempt) -> Iterator[Record]:
    numbers = attempt.arguments["item_ids"]
    for number, there in zip(numbers, _in_order(store, attempt, numbers), strict=True):
        price = _money(bought(store, attempt, number)["price"])
        yield {"item_id": number, "price": price, "in_order": _yes(there)}


def _in_order(store: Store, attempt: Attempt, numbers: Sequence[str]) -> Iterator[bool]:
    """Yield for each item whether the order has it, and has it as often as it was named so far."""
    order = store.order(attempt)
    left = Counter(each["item_id"] for each in order["items"]) if order else Counter[str]()
    for number in numbers:
        yield left[number] > 0
        left[number] -= 1


def _item(store: Store, item: Record) -> Record:
    sold = store.items[item["item_id"]]
    return {
        "item_id": item["item_id"],
        "product_id": item["product_id"],
        "price": _money(item["price"]),
        "available": _yes(sold["available"]),
    }


def _money(amount: Any) -> str:
    return f"{money(amount)} USD"


def _yes(holds: object) -> str:
    return "yes" if holds else "no"
