"""See to one owner: a case is opened of our own accord, the plan is asked, and the owner is told what it grants."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.cases import opening
from tantam.desk.cases.concern import Concern
from tantam.desk.claims.offering import Offer, offer
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan, ways
from tantam.desk.plans.languages import language_for
from tantam.desk.recalls.meeting import asked_before, facts_of
from tantam.desk.recalls.models import Owned, Recall


def open_for_owner(owned: Owned) -> Owned:
    """Return the thing, seen to; one that was seen to, or whose recall was stopped, is left as it is."""
    with transaction.atomic():
        locked = Owned.objects.select_for_update(of=("self",))
        held = locked.select_related("recall__product", "purchase__customer").get(pk=owned.pk)
        recall = held.recall
        if held.state != Owned.State.WAITING or recall.state != Recall.State.RUNNING:
            return held
        if asked_before(recall, [held.purchase]):
            held.state = Owned.State.CLAIMED
            held.save(update_fields=["state"])
            return held
        return _opened(held, recall)


def _opened(held: Owned, recall: Recall) -> Owned:
    plan, customer = plans.in_force(), held.purchase.customer
    act = opening.begin_unasked(_concern(held, recall, customer, plan))
    act.append("recalled", clause=f"policies.{recall.policy}", policy=recall.policy, purchase=held.purchase_id)
    claim, letter = offer(act, Offer(recall.policy, facts_of(recall, plan, act.now), recall.words))
    held.state, held.claim, held.reached = Owned.State.OPENED, claim, bool(letter.sent_to)
    held.save(update_fields=["state", "claim", "reached"])
    return held


def _concern(held: Owned, recall: Recall, customer: Customer, plan: RunningPlan) -> Concern:
    lang = language_for(plan, customer.language)
    name = recall.product.name(lang)
    return Concern(
        customer=customer,
        body="\n".join(filter(None, [recall.words, f"{name} {held.serial}".strip()])),
        subject=f"{name} {held.serial}".strip(),
        channel=ways.way_in(plan, ways.MAIL),
        language=lang,
        purchase=held.purchase,
        plan=plan,
    )
