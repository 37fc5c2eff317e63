"""Hears that somebody asks before they buy: with the case begins an enquiry."""

from __future__ import annotations

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import Actor, CaseEvent
from tantam.desk.plans.sales import BEFORE
from tantam.desk.sales.models import Enquiry


@hears("opened")
def begin_enquiry(act: Act, event: CaseEvent) -> None:
    """Begin one, in the transaction that opens the case; nothing between departments, or for a call of ours."""
    case = act.case
    if case.stage == BEFORE and not case.department and not case.customer.internal and act.actor is not Actor.PLAN:
        Enquiry.objects.create(case=case, asked_at=act.now)
