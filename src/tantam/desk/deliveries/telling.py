"""Tells the customer what became of a promised day, on a case of the purchase, so that a colleague sees it too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases import joined, opening, outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Actor, Case
from tantam.desk.customers.models import Delivery
from tantam.desk.plans import RunningPlan, ways
from tantam.desk.plans.languages import language_for


def case_of(delivery: Delivery, by: Person | None = None) -> Act:
    """Return an act on the newest case of the purchase that is under way, or on a new one; in a transaction.

    by: who acts; None for the plan itself. Nobody asked for a new one, so nothing is owed on it by the plan.
    """
    under_way = Case.objects.filter(purchase=delivery.purchase_id, status__in=Case.UNDER_WAY, department="")
    own = under_way.filter(customer=delivery.purchase.customer_id).order_by("-id").first()
    if own is not None:
        return joined.act_on_target(own, Actor.PERSON if by else Actor.PLAN, by)
    begun = opening.begin_unasked(_concern(delivery, plans.in_force()))
    return replace(begun, actor=Actor.PERSON, person=by) if by else begun


def tell_late(act: Act, delivery: Delivery) -> None:
    """Write that the day is over and nothing has arrived."""
    act.append("delivery_late", **_named(delivery), due=delivery.due_at.isoformat())
    _write(act, delivery, "late", {"due": _day(delivery.due_at, act.plan)})


def tell_moved(act: Act, delivery: Delivery, before: datetime, reason: str) -> None:
    """Write that another day takes the place of `before`, and why."""
    due = delivery.due_at.isoformat()
    act.append("delivery_moved", **_named(delivery), due_before=before.isoformat(), due=due, times=delivery.moved)
    days = {"before": _day(before, act.plan), "due": _day(delivery.due_at, act.plan)}
    _write(act, delivery, "moved", days | {"reason": reason})


def tell_called_off(act: Act, delivery: Delivery, reason: str) -> None:
    """Write that it does not come, and why."""
    act.append("delivery_called_off", **_named(delivery))
    _write(act, delivery, "called_off", {"due": _day(delivery.due_at, act.plan), "reason": reason})


def _write(act: Act, delivery: Delivery, what: str, said: dict[str, object]) -> None:
    """Post the letter, which quiet hours keep until the customer's morning, and note when it was written."""
    purchase = delivery.purchase
    about = {"what": purchase.product.name(act.case.language), "number": purchase.number}
    outbox.post(act, letter(f"deliveries/letters/{what}.txt", act.case, act.plan, about | said))
    delivery.told_at = act.now
    delivery.save(update_fields=["told_at"])


def _named(delivery: Delivery) -> dict[str, object]:
    return {"delivery": delivery.pk, "purchase": delivery.purchase.number}


def _day(at: datetime, plan: RunningPlan) -> date:
    return at.astimezone(ZoneInfo(plan.timezone)).date()


def _concern(delivery: Delivery, plan: RunningPlan) -> Concern:
    purchase = delivery.purchase
    customer = purchase.customer
    lang = language_for(plan, customer.language)
    title = f"{purchase.product.name(lang)} · {purchase.number}"
    return Concern(
        customer=customer,
        body=f"{title} · {_day(delivery.due_at, plan).isoformat()}",
        subject=title,
        channel=ways.way_in(plan, ways.MAIL),
        language=lang,
        purchase=purchase,
        plan=plan,
    )
