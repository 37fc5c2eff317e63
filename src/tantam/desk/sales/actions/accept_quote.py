"""A quote is accepted: by its customer on their page, or a colleague notes that they said so. With it they buy."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import joined
from tantam.desk.cases.models import Actor
from tantam.desk.common.errors import Refused
from tantam.desk.sales import answering, standing
from tantam.desk.sales.actions.win import bought
from tantam.desk.sales.models import Quote


def accept_quote(quote: Quote, *, person: Person | None = None) -> Quote:
    """Return it, accepted; twice is once. person: the colleague who was told so, None for the customer.

    Raises Refused: quote_over for one that has run out, was replaced or declined; not_allowed.
    """
    with transaction.atomic():
        act = joined.act_on_target(quote.enquiry.case, Actor.PERSON if person else Actor.CUSTOMER, person)
        found = answering.held(quote)
        if found.state == Quote.State.ACCEPTED:
            return found
        if found.state != Quote.State.STANDS or standing.is_over(found, act.now):
            raise Refused("quote_over")
        standing.end(found, Quote.State.ACCEPTED, answered_at=act.now, answered_by=person)
        own = act.on(found.enquiry_id)
        own.append("quote_accepted", quote=found.pk, minor=found.total_minor, currency=found.currency)
        bought(own, found.enquiry, purchase=None)
        return found
