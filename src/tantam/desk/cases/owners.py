"""Tells the customer who looks after their concern from now on, whenever it is handed over."""

from __future__ import annotations

from tantam.desk.cases import outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.customers.address import given_name


@hears("handed_over")
def tell_customer(act: Act, event: CaseEvent) -> None:
    """Write who took over from whom; nothing if there was nobody before, or is nobody yet.

    Every plan that says how colleagues behave says it: the customer knows who looks after them.
    """
    before, now = event.args.get("owner_before"), act.case.owner
    if not before or now is None or before == now.pk or act.case.status == Case.Status.RESOLVED:
        return
    context = {"owner": given_name(now.name, now.language)}
    outbox.post(act, letter("cases/letters/handed_over.txt", act.case, act.plan, context))
