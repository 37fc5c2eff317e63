"""Owe a call back to whoever called in vain: one to each number, however often they call."""

from __future__ import annotations

from django.db.models import F

from tantam.desk.calls import callers, owing
from tantam.desk.calls.letters import missed_call
from tantam.desk.calls.models import Call, Callback
from tantam.desk.cases import joined, opening, outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Actor, Case, Promise
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.customers.actions import welcome
from tantam.desk.customers.contacts import mail_of
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.ways import PHONE, way_in


def owe(call: Call, plan: RunningPlan) -> Case | None:
    """Return the case on which the call back is owed; the caller is inside a transaction.

    None for a number that was withheld, and for one that has reached us since: nothing is owed to them.
    """
    if not call.number:
        return None
    one_at_a_time(f"callback:{call.number}")
    if _reached_since(call):
        return None
    known = owing.owed_to(call.number)
    act = _again(call, known) if known else _first(call, plan)
    call.case = act.case
    call.save(update_fields=["case"])
    return act.case


def _reached_since(call: Call) -> bool:
    spoke = Call.objects.filter(number=call.number, direction=Call.Direction.INCOMING, answered_at__gte=call.at)
    return spoke.exists()


def _again(call: Call, known: Callback) -> Act:
    """Count the call with those before; by when they are called back stays as it was."""
    act = joined.act_on_target(known.promise.case, Actor.CUSTOMER)
    last = max(call.at, known.last_at or call.at)
    Callback.objects.filter(pk=known.pk).update(calls=F("calls") + 1, last_at=last)
    _tell(act, call, known.calls + 1)
    return act


def _first(call: Call, plan: RunningPlan) -> Act:
    customers = callers.customers_of(call.number)
    about = callers.about(customers)
    if about is not None:
        act = joined.act_on_target(about, Actor.CUSTOMER)
        made: Promise | None = None
    else:
        act, made = _opened(call, customers, plan)
    _tell(act, call, 1)
    made = made or owing.promised(act)
    Callback.objects.create(promise=made, number=call.number, calls=1, first_at=call.at, last_at=call.at)
    if len(customers) == 1 and mail_of(act.case.customer):  # whose number it is, is not sure if several have it
        context = {"called": call.at, "due": made.due_at}
        outbox.post(act, letter("calls/letters/missed.txt", act.case, act.plan, context))
    return act


def _opened(call: Call, customers: list[Customer], plan: RunningPlan) -> tuple[Act, Promise | None]:
    """Open a case of the call; return the act, and the call back that the plan promised with it, if it does."""
    language = plan.languages[0]
    customer = customers[0] if customers else welcome(name="", phone=call.number, language=language, plan=plan)
    spoken = customer.language if customer.language in plan.languages else language
    words = missed_call(call.number, spoken)
    concern = Concern(
        customer=customer, body=words, subject=words, channel=way_in(plan, PHONE), language=spoken, plan=plan
    )
    act, made = opening.begin(concern, Actor.CUSTOMER, None)
    by_plan = [each for each in made if owing.is_call_back(each)]
    return act, min(by_plan, key=lambda each: each.due_at, default=None)


def _tell(act: Act, call: Call, times: int) -> None:
    act.append("call_missed", call=call.pk, times=times, outside=int(call.outside))
