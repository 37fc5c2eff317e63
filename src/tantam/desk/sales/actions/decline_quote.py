"""A quote is declined: by its customer on their page, or a colleague notes that they said so."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import joined
from tantam.desk.cases.models import Actor
from tantam.desk.common.errors import Refused
from tantam.desk.sales import answering, standing
from tantam.desk.sales.actions.lose import not_bought
from tantam.desk.sales.models import Quote


def decline_quote(quote: Quote, reason: str, words: str = "", *, person: Person | None = None) -> Quote:
    """Return it, declined, and its enquiry lost; twice is once. reason: of the plan's `sales.lost_because`.

    words: what they say to it. person: the colleague who was told so, None for the customer. A newer quote takes the
    enquiry up again. Raises Refused: unknown_reason, too_long, quote_over, not_allowed.
    """
    with transaction.atomic():
        act = joined.act_on_target(quote.enquiry.case, Actor.PERSON if person else Actor.CUSTOMER, person)
        found = answering.held(quote)
        if found.state == Quote.State.DECLINED:
            return found
        if found.state != Quote.State.STANDS:
            raise Refused("quote_over")
        said = answering.why(act.plan, reason, words)
        answered = {"answered_at": act.now, "answered_by": person, "reason": reason, "words": said}
        standing.end(found, Quote.State.DECLINED, **answered)
        own = act.on(found.enquiry_id)
        own.append("quote_declined", quote=found.pk, reason=reason)
        not_bought(own, found.enquiry, reason, said)
        return found
