"""Somebody asks on our pages to be called: a call is promised, and stands among the calls back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tantam.desk.calls.models import Callback
from tantam.desk.calls.owing import promised
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import STILL_TO_KEEP, Actor, Case, Promise


def ask_to_be_called(case: Case, number: str, *, since: datetime | None = None) -> Promise:
    """Return the promise of a call on this case; asked again, the one that is owed there already.

    number: E.164. since: from when it suits them, aware; None for as soon as the plan has it.
    """
    with transaction.atomic():
        act = act_on(case, Actor.CUSTOMER)
        owed = Callback.objects.filter(promise__in=Promise.objects.filter(STILL_TO_KEEP, case=act.case))
        before = owed.select_related("promise").order_by("id").first()
        if before is not None:
            return before.promise
        made = promised(act, since=since)
        Callback.objects.create(promise=made, number=number)
        return made
