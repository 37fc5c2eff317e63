"""Deliveries of one portion: each found by its id, else by its number, else promised anew; and written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.rows import insert
from tantam.desk.customers.models import Change, Delivery, Purchase
from tantam.desk.deliveries import course
from tantam.desk.deliveries.holding import end_of_any, under_way, watch
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import ExternalId
from tantam.desk.imports.taking.bought import KIND as PURCHASE
from tantam.desk.imports.taking.by_id import ById, keep_ids
from tantam.desk.imports.taking.outcome import Bringer, Outcome
from tantam.desk.imports.told import DeliveryTold

KIND = "delivery"
COLUMNS = {"due": "due_at", "delivered_at": "delivered_at", "tracking": "tracking", "carrier": "promised_by"}
_CALLED = {"due_at": "due", "delivered_at": "arrived", "promised_by": "carrier", "number": "delivery"}
PLAIN = ("tracking", "promised_by", "number")  # what is written as it is told
State = Delivery.State


class Deliveries(ById[DeliveryTold]):
    """What becomes of the deliveries of one portion."""

    kind, joined = KIND, ("delivery", "purchase__customer", "purchase__product")

    def __init__(self, bringer: Bringer) -> None:
        super().__init__(bringer)
        self._purchases: dict[str, Purchase] = {}
        self._theirs: dict[int, list[Delivery]] = {}
        self._linked: set[int] = set()

    def look_up(self, told: Sequence[DeliveryTold], mine: QuerySet[ExternalId]) -> None:
        """Read the purchases that are named, their deliveries, and which of these have an id already."""
        bought = mine.filter(kind=PURCHASE, external__in={each.purchase for each in told})
        rows = bought.select_related("purchase__product", "purchase__customer")
        self._purchases = {each.external: each.purchase for each in rows if each.purchase}
        for each in Delivery.objects.filter(purchase__in=list(self._purchases.values())).order_by("pk"):
            self._theirs.setdefault(each.purchase_id, []).append(each)
        linked = mine.filter(kind=KIND, purchase__in=list(self._purchases.values()))
        self._linked = {each.delivery_id for each in linked if each.delivery_id}

    def same(self, told: DeliveryTold, row: ExternalId) -> Outcome:
        """Return that a delivery whose id is known is told of as before."""
        assert row.purchase is not None
        return Outcome("same", told, row.purchase.customer, row.purchase, delivery=row.delivery, why="id", known=row)

    def change(self, outcome: Outcome, anew: Sequence[str]) -> None:
        """Name what the source tells otherwise, as far as the delivery is not so already. Raises Wrong."""
        told, found = outcome.told, outcome.delivery
        assert found is not None
        if self._bought(told).pk != found.purchase_id:
            raise Wrong("other_delivery", "id", got=told.external)
        wanted = _wanted(told)
        for column in [COLUMNS[name] for name in anew if name in COLUMNS]:
            if column in wanted and getattr(found, column) != wanted[column]:
                outcome.write[column] = wanted[column]
        if "called_off" in anew and found.state != State.WITHDRAWN:
            outcome.write["called_off"] = True
        if "number" in anew and told.number != found.number:
            self._refuse_taken(told, found)
            outcome.write["number"] = told.number
        _refuse_ended(found, outcome.write)
        outcome.fields = _fields(outcome.write)

    def unknown(self, told: DeliveryTold) -> Outcome:
        """Return what becomes of a delivery whose id is new: one of this number, or a new one. Raises Wrong."""
        bought, wanted = self._bought(told), _wanted(told)
        if "due_at" not in wanted:
            raise Wrong("no_due", "due")
        there = self._there(told, bought)
        if there is not None:
            self._linked.add(there.pk)
            outcome = Outcome("matched", told, bought.customer, bought, delivery=there, why="number")
            untold = {name: wanted[name] for name in PLAIN if name in wanted and not getattr(there, name)}
            outcome.write = untold | ({"delivered_at": at} if (at := _arrival(there, wanted)) else {})
            outcome.fields = _fields(outcome.write)
            return outcome
        self._refuse_taken(told, None)
        made = Delivery(purchase=bought, number=told.number or "", promised_at=clock.now(), due_at=wanted["due_at"])
        made.promised_by, made.tracking = told.carrier or self.bringer.source, told.tracking or ""
        self._theirs.setdefault(bought.pk, []).append(made)
        self._linked.add(made.pk)
        return Outcome("new", told, bought.customer, bought, delivery=made, write=wanted)

    def _bought(self, told: DeliveryTold) -> Purchase:
        found = self._purchases.get(told.purchase)
        if found is None:
            raise Wrong("unknown_purchase", "purchase", got=told.purchase)
        if told.delivered_at is not None:
            try:
                course.refuse_before_order(Delivery(purchase=found), told.delivered_at)
            except Refused as refused:
                raise Wrong(refused.code, "arrived") from None
        return found

    def _there(self, told: DeliveryTold, bought: Purchase) -> Delivery | None:
        """Return the delivery that a colleague promised: of this number, or the one that has none."""
        free = [each for each in self._theirs.get(bought.pk, ()) if each.pk not in self._linked]
        numbers = (told.number, "") if told.number else ("",)
        return next((each for number in numbers for each in free if each.number == number), None)

    def _refuse_taken(self, told: DeliveryTold, but: Delivery | None) -> None:
        others = self._theirs.get(self._bought(told).pk, ())
        if any(each.number == (told.number or "") for each in others if but is None or each.pk != but.pk):
            raise Wrong("delivery_known", "delivery")


def write_deliveries(outcomes: Sequence[Outcome], bringer: Bringer) -> None:
    """Write the deliveries of a portion; customers are told of what changes. The caller is inside a transaction."""
    new = [each for each in outcomes if each.code == "new"]
    _begin(new, bringer)
    for each in outcomes:
        if each.code in ("changed", "matched") and each.write:
            _change(each, bringer)
    keep_ids(KIND, outcomes, bringer)


def _begin(outcomes: Sequence[Outcome], bringer: Bringer) -> None:
    """Write what was heard of for the first time. What was late by then is broken, and nobody is told so late."""
    now, arrived = clock.now(), []
    for each in outcomes:
        made: Any = each.delivery
        if at := each.write.get("delivered_at"):
            course.judge(made, at)
            arrived.append(made.purchase_id)
        elif each.told.called_off is not None:
            made.state = State.WITHDRAWN
        elif made.due_at <= now:
            made.state, made.ended_at = State.BROKEN, made.due_at
    made_now = [each.delivery for each in outcomes if each.delivery]
    insert(made_now)
    watch([each for each in made_now if each.state == State.OWED])
    noted = [
        Change(customer=each.customer, code="delivery_promised", what=[], at=now, by=bringer.by) for each in outcomes
    ]
    insert(noted)
    course.hand_over(arrived)


def _change(outcome: Outcome, bringer: Bringer) -> None:
    """Do to a delivery, as it is now, what its source changed; one that ended meanwhile stays as it ended."""
    assert outcome.delivery is not None
    locked = Delivery.objects.select_for_update(of=("self",)).select_related("purchase__customer", "purchase__product")
    held, write = locked.get(pk=outcome.delivery.pk), outcome.write
    plain = {name: write[name] for name in PLAIN if name in write}
    for name, value in plain.items():
        setattr(held, name, value)
    if plain:
        held.save(update_fields=list(plain))
    reason, by = outcome.told.reason or "", bringer.by
    if "delivered_at" in write:
        _arrived(held, write, bringer)
    elif "called_off" in write and under_way(held):
        course.call_off(held, reason, by)
    elif "due_at" in write and under_way(held):
        course.move(held, write["due_at"], reason, by)


def _arrived(held: Delivery, write: dict[str, Any], bringer: Bringer) -> None:
    """Note the arrival. Another day that is told along with it is not written about: the thing is there."""
    if held.state == State.WITHDRAWN:
        return
    if "due_at" in write and under_way(held):
        held.due_at = write["due_at"]
        held.save(update_fields=["due_at"])
    course.arrive(held, write["delivered_at"], bringer.by)


def _wanted(told: DeliveryTold) -> dict[str, Any]:
    """Return what is told of the fields of a delivery. Raises Wrong."""
    found: dict[str, Any] = {"tracking": told.tracking, "promised_by": told.carrier}
    found = {name: text for name, text in found.items() if text is not None}
    if told.due is not None:
        try:
            found["due_at"] = end_of_any(told.due)
        except Refused as refused:
            raise Wrong(refused.code, "due") from None
    if told.delivered_at is not None:
        if told.delivered_at > clock.now():
            raise Wrong("day_to_come", "arrived", day=told.delivered_at.date().isoformat())
        found["delivered_at"] = told.delivered_at
    return found


def _fields(write: Iterable[str]) -> list[str]:
    """Return how a file calls what is written."""
    return [_CALLED.get(column, column) for column in write]


def _arrival(there: Delivery, wanted: dict[str, Any]) -> datetime | None:
    """Return when one that a colleague promised arrived, where that is news."""
    return wanted.get("delivered_at") if under_way(there) else None


def _refuse_ended(found: Delivery, write: dict[str, Any]) -> None:
    """Raise Wrong for what cannot be done to a delivery that arrived or was called off."""
    ended = not under_way(found) and {"due_at", "called_off"} & write.keys()
    if ended or ("delivered_at" in write and found.state == State.WITHDRAWN):
        raise Wrong("delivery_ended", "due" if "due_at" in write else "id")
