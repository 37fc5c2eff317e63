"""What became of the example's follow-ups: who agreed was written to when it was due, and some of them answered.

Written at once, as the worker writes each: a year of letters one by one would take seconds.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from tantam.desk.customers.models import Consent, Contact
from tantam.desk.followups.agreeing import purpose_of
from tantam.desk.followups.models import FollowUp

SEED = 20260512
SATISFIED = 0.3  # the share of those who were written to who say so
WITHIN = timedelta(hours=30)  # of it they answer
HANDED_OVER = timedelta(seconds=2)  # to the mail server, after it was due
State, Reason = FollowUp.State, FollowUp.Reason
FIELDS = ["state", "reason", "done_at", "mail", "delivered_at", "result", "result_at"]


def follow_up(until: datetime) -> None:
    """Let what was due by `until` be done, or not for who never agreed, said no, or has no mail address."""
    dice = Random(SEED)
    due = FollowUp.objects.filter(state=State.PLANNED, due_at__lte=until)
    words = {(each.customer_id, each.purpose): each.given for each in Consent.objects.order_by("at", "id")}
    mails = dict(Contact.objects.filter(kind=Contact.Kind.MAIL).order_by("-id").values_list("customer", "value"))
    found = list(due.order_by("due_at", "customer__name", "row"))
    for each in found:
        _do(each, words.get((each.customer_id, purpose_of(each.event))), mails.get(each.customer_id, ""), until, dice)
    with transaction.atomic():
        FollowUp.objects.bulk_update(found, FIELDS, batch_size=200)


def _do(found: FollowUp, agreed: bool | None, mail: str, until: datetime, dice: Random) -> None:
    satisfied, after = dice.random() < SATISFIED, WITHIN * dice.random()
    found.done_at = found.due_at
    if agreed and mail:
        found.state, found.mail, found.delivered_at = State.SENT, mail, found.due_at + HANDED_OVER
        if satisfied and found.due_at + after <= until:
            found.result, found.result_at = FollowUp.Result.SATISFIED, found.due_at + after
        return
    found.state = State.WITHHELD
    found.reason = Reason.NEVER_AGREED if agreed is None else Reason.NO_ADDRESS if agreed else Reason.SAID_NO
