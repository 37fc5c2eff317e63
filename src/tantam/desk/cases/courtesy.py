"""Looks over what is being written to a case's customer, in the case's language."""

from __future__ import annotations

from tantam.desk.cases.models import Case, Message
from tantam.desk.customers.address import called, family_name, given_name, name_of
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan, courtesy
from tantam.desk.plans.courtesy import Advice, Reader


def look(case: Case, text: str, plan: RunningPlan) -> tuple[Advice, ...]:
    """Return what to look at in a text to the customer; nothing for an empty one. One query."""
    if not text.strip():
        return ()
    return courtesy.look(plan, text, case.language, reader_of(case))


def reader_of(case: Case) -> Reader:
    """Return whom a text in this case is for; they are owed thanks while no person has answered."""
    customer, name = case.customer, name_of(case.customer)
    said = case.messages.filter(direction=Message.Direction.OUTGOING).exclude(author=None)
    return Reader(
        name=name,
        given=given_name(name, customer.language),
        family=family_name(name) if name else "",
        address=customer.address,
        called=called(customer, case.language),
        business=customer.kind == Customer.Kind.BUSINESS,
        thanks_due=not said.exists(),
    )
