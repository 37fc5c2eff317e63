"""What a letter of our own accord says, whether it may still go, and that it went; the mail channel carries it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext, override

from tantam.desk.common import clock
from tantam.desk.followups import agreeing
from tantam.desk.followups.agreeing import purpose_of
from tantam.desk.followups.models import FollowUp
from tantam.desk.plans import RunningPlan, follow_ups
from tantam.desk.plans.languages import language_for

SEND = "send_follow_up"  # work whose payload is {"follow_up": id}; the mail channel does it
PAGE = "follow_up"  # the page on which it is answered; its argument is the link's key
State = FollowUp.State


def to_send(pk: int, plan: RunningPlan) -> FollowUp | None:
    """Return the letter that is still to go out; None for one that went, and for one whose reader said no since."""
    found = FollowUp.objects.select_related("customer", "purchase__product")
    one = found.filter(pk=pk, state=State.SENT, delivered_at=None).first()
    if one is None:
        return None
    reason = agreeing.why_not(one, plan, in_person=False)
    if reason is None:
        return one
    FollowUp.objects.filter(pk=pk, delivered_at=None).update(state=State.WITHHELD, reason=reason)
    return None


def put_off(found: FollowUp, plan: RunningPlan) -> datetime | None:
    """Return until when quiet hours keep it that began since it was written; None outside of them."""
    return agreeing.quiet_until(found.customer, plan, clock.now())


def sent(found: FollowUp) -> None:
    """Note that it was handed over."""
    FollowUp.objects.filter(pk=found.pk, delivered_at=None).update(delivered_at=clock.now())


def language_of(found: FollowUp, plan: RunningPlan) -> str:
    """Return the language in which its customer is spoken to."""
    return language_for(plan, found.customer.language)


def subject(found: FollowUp, plan: RunningPlan, lang: str) -> str:
    """Return what it is about, in a few words: what they bought, else whether all is well."""
    with override(lang):
        if found.purchase is not None:
            return gettext("How is your %(what)s?") % {"what": found.purchase.product.name(lang)}
        return gettext("Is all well?")


def words(found: FollowUp, plan: RunningPlan, lang: str) -> list[str]:
    """Return what it says, a paragraph each: the plan's texts, else a question after what happened."""
    if said := follow_ups.texts(plan, found.row, lang):
        return said
    with override(lang):
        if found.purchase is not None:
            return [
                gettext("You have had your %(what)s for a while now. Is all well with it?")
                % {"what": found.purchase.product.name(lang)}
            ]
        return [gettext("A while ago we were of service to you. Is all well since?")]


__all__ = ["PAGE", "SEND", "language_of", "purpose_of", "put_off", "sent", "subject", "to_send", "words"]
