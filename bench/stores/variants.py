"""Wrong variants of an action that is right: each condition of its policy broken once, all others left as they are.

What is broken is the store or what is asked for; the facts are looked up anew. Where a condition says nothing about
an action (a gift card that must cover a difference, and nothing is to be paid) it cannot be broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bench.stores.facts import POLICIES
from bench.stores.world import Attempt, Store, difference, first_payment, money, total
from tantam.plan.sections import Plan

Wrong = tuple[Store, Attempt]
Break = Callable[[Store, Attempt], Wrong | None]
CENT = money("0.01")


def conditions(plan: Plan, attempt: Attempt) -> Iterator[str]:
    """Yield the clause of every condition that the policy of this action has, as the plan writes them."""
    policy = plan.policies[POLICIES[attempt.action]]
    yield from (f"requirements.{each}" for each in policy.needs)
    for table in (policy.must, policy.decides):
        refusing = [row for row in table.rows if table is policy.must or row.name == "others"] if table else []
        yield from (f"{table.name}#{row.name}" for row in refusing if table)


def variants(plan: Plan, store: Store, attempt: Attempt) -> Iterator[tuple[str, Wrong | None]]:
    """Yield (clause, what is wrong) for each condition; None where it cannot be broken."""
    for clause in conditions(plan, attempt):
        yield clause, BREAKS[clause](store, attempt)


def _nobody_found(store: Store, attempt: Attempt) -> Wrong:
    return store, replace(attempt, customer=None, found_by="not_found")


def _somebody_elses(store: Store, attempt: Attempt) -> Wrong:
    other = next(each for each in store.users if each != attempt.customer)
    return store.with_order(_number(attempt), user_id=other), attempt


def _no_order(store: Store, attempt: Attempt) -> Wrong:
    return store, attempt.but(order_id=None)


def _in_state(status: str) -> Break:
    return lambda store, attempt: (store.with_order(_number(attempt), status=status), attempt)


def _not_ordered(store: Store, attempt: Attempt) -> Wrong:
    missing = attempt.arguments["item_ids"][0]
    items = [each for each in store.orders[_number(attempt)]["items"] if each["item_id"] != missing]
    return store.with_order(_number(attempt), items=items), attempt


def _another_product(store: Store, attempt: Attempt) -> Wrong:
    """Instead of the first item the cheapest of another product comes."""
    first, *rest = attempt.arguments["new_item_ids"]
    asked = store.items[first]
    others = [each for each in store.items.values() if each["available"] and each["product_id"] != asked["product_id"]]
    cheapest = min(others, key=lambda each: money(each["price"]))
    return store, attempt.but(new_item_ids=[cheapest["item_id"], *rest])


def _the_same_item(store: Store, attempt: Attempt) -> Wrong:
    old, (_, *rest) = attempt.arguments["item_ids"][0], attempt.arguments["new_item_ids"]
    price = min(money(store.items[each]["price"]) for each in (old, attempt.arguments["new_item_ids"][0]))
    return store.with_item(old, available=True, price=price), attempt.but(new_item_ids=[old, *rest])


def _sold_out(store: Store, attempt: Attempt) -> Wrong:
    return store.with_item(attempt.arguments["new_item_ids"][0], available=False), attempt


def _somebody_elses_method(store: Store, attempt: Attempt) -> Wrong:
    number = next(
        number
        for user, each in store.users.items()
        for number, method in each["payment_methods"].items()
        if user != attempt.customer and method["source"] == "paypal"
    )
    return store, attempt.but(payment_method_id=number)


def _too_small(store: Store, attempt: Attempt) -> Wrong | None:
    """A gift card that is a cent short."""
    needed = total(store.orders[_number(attempt)]) if _pays_all(attempt) else difference(store, attempt)
    if needed <= 0:
        return None
    card = {"source": "gift_card", "id": "gift_card_a_cent_short", "balance": needed - CENT}
    return store.with_method(str(attempt.customer), card), attempt.but(payment_method_id=card["id"])


def _two_methods(store: Store, attempt: Attempt) -> Wrong:
    more = {"source": "credit_card", "id": "credit_card_beside"}
    both = [attempt.arguments["payment_method_id"], more["id"]]
    return store.with_method(str(attempt.customer), more), attempt.but(payment_method_id=both)


def _the_original(store: Store, attempt: Attempt) -> Wrong:
    order = store.orders[_number(attempt)]
    more = {"source": "paypal", "id": "paypal_first"}
    paid = [{**order["payment_history"][0], "payment_method_id": more["id"]}, *order["payment_history"][1:]]
    changed = store.with_method(str(attempt.customer), more).with_order(_number(attempt), payment_history=paid)
    assert first_payment(changed.orders[_number(attempt)]) == more["id"]
    return changed, attempt.but(payment_method_id=more["id"])


def _another_card(store: Store, attempt: Attempt) -> Wrong:
    card = {"source": "credit_card", "id": "credit_card_not_paid_with"}
    return store.with_method(str(attempt.customer), card), attempt.but(payment_method_id=card["id"])


def _no_items(store: Store, attempt: Attempt) -> Wrong:
    return store, attempt.but(item_ids=[])


def _no_address(store: Store, attempt: Attempt) -> Wrong:
    kept = {name: each for name, each in attempt.arguments.items() if name in ("order_id", "user_id")}
    return store, replace(attempt, arguments=kept)


def _another_reason(store: Store, attempt: Attempt) -> Wrong:
    return store, attempt.but(reason="found it cheaper")


def _number(attempt: Attempt) -> str:
    return str(attempt.arguments["order_id"])


def _pays_all(attempt: Attempt) -> bool:
    return "item_ids" not in attempt.arguments


BREAKS: Mapping[str, Break] = {
    "requirements.authenticated": _nobody_found,
    "requirements.own_order": _somebody_elses,
    "requirements.which_order": _no_order,
    "requirements.pending": _in_state("processed"),
    "requirements.delivered": _in_state("processed"),
    "requirements.in_order": _not_ordered,
    "requirements.same_product": _another_product,
    "requirements.other_option": _the_same_item,
    "requirements.on_stock": _sold_out,
    "requirements.saved_method": _somebody_elses_method,
    "requirements.covers": _too_small,
    "policies.cancel.decides#others": _another_reason,
    "policies.modify_address.must#address": _no_address,
    "policies.user_address.must#address": _no_address,
    "policies.modify_payment.must#one": _two_methods,
    "policies.modify_payment.must#saved": _somebody_elses_method,
    "policies.modify_payment.must#another": _the_original,
    "policies.modify_payment.must#covers": _too_small,
    "policies.return.must#items": _no_items,
    "policies.return.must#in_order": _not_ordered,
    "policies.return.must#to": _another_card,
}
