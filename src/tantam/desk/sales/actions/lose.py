"""An enquiry is lost: they do not buy, and it is kept why."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import Act, act_on, refuse_if_merged
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.sales import answering, standing
from tantam.desk.sales.models import Enquiry, Quote


def lose(case: Case, person: Person, reason: str, words: str = "") -> Enquiry:
    """Return the enquiry, lost; a quote that stood is declined with it. reason: of the plan's `sales.lost_because`.

    Raises Refused: no_enquiry, enquiry_won, unknown_reason, too_long, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_merged(act)
        enquiry = standing.enquiry_of(act)
        if enquiry.state == Enquiry.State.WON:
            raise Refused("enquiry_won")
        said = answering.why(act.plan, reason, words)
        stood = standing.standing(enquiry)
        if stood is not None:
            answered = {"answered_at": act.now, "answered_by": person, "reason": reason, "words": said}
            standing.end(stood, Quote.State.DECLINED, **answered)
            act.append("quote_declined", quote=stood.pk, reason=reason)
        not_bought(act, enquiry, reason, said)
        return enquiry


def not_bought(act: Act, enquiry: Enquiry, reason: str, words: str) -> None:
    """Let the enquiry be lost; for the same reason again changes nothing."""
    if enquiry.state == Enquiry.State.LOST and enquiry.reason == reason:
        return
    standing.move(enquiry, Enquiry.State.LOST, ended_at=act.now, reason=reason, words=words, purchase=None)
    act.append("lost", reason=reason)
