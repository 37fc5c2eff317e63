"""An enquiry is won: they buy. The purchase is found by its number, or made of what was quoted."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import Act, act_on, refuse_if_merged
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Purchase
from tantam.desk.sales import standing
from tantam.desk.sales.models import Enquiry, Quote

MOST_NUMBER = 24


def win(case: Case, person: Person, number: str = "") -> Enquiry:
    """Return the enquiry, won; again, to link or change what they bought.

    number: of their purchase; one that is not known yet is made of the quote that stands or was accepted, if it names a
    product. "" links nothing. Raises Refused: no_enquiry, not_their_purchase, no_product_quoted, is_merged,
    not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_merged(act)
        enquiry = standing.enquiry_of(act)
        purchase = _purchase(act, enquiry, number.strip()) if number.strip() else enquiry.purchase
        stood = standing.standing(enquiry)
        if stood is not None:
            standing.end(stood, Quote.State.ACCEPTED, answered_at=act.now, answered_by=person)
            act.append("quote_accepted", quote=stood.pk, minor=stood.total_minor, currency=stood.currency)
        bought(act, enquiry, purchase)
        return enquiry


def bought(act: Act, enquiry: Enquiry, purchase: Purchase | None) -> None:
    """Let the enquiry be won, once; what they bought may be linked later."""
    if enquiry.state == Enquiry.State.WON:
        if purchase is not None and purchase != enquiry.purchase:
            standing.move(enquiry, Enquiry.State.WON, purchase=purchase)
            act.append("won_linked", purchase=purchase.pk)
        return
    standing.move(enquiry, Enquiry.State.WON, ended_at=act.now, reason="", words="", purchase=purchase)
    act.append("won", purchase=purchase.pk if purchase else None)


def _purchase(act: Act, enquiry: Enquiry, number: str) -> Purchase:
    found = Purchase.objects.filter(number=number).first() if number.isprintable() else None
    if found is None:
        return _made(act, enquiry, number)
    if found.customer_id != act.case.customer_id:
        raise Refused("not_their_purchase", got=number[:MOST_NUMBER])
    return found


def _made(act: Act, enquiry: Enquiry, number: str) -> Purchase:
    """Return a new purchase of the product that was quoted, at what the quote came to."""
    answered = enquiry.quotes.filter(state__in=[Quote.State.STANDS, Quote.State.ACCEPTED])
    offered = answered.prefetch_related("lines__product").order_by("-id").first()
    named = [line.product for line in offered.lines.all() if line.product] if offered else []
    if offered is None or not named or len(number) > MOST_NUMBER or not number.isprintable():
        raise Refused("no_product_quoted", got=number[:MOST_NUMBER])
    return Purchase.objects.create(
        number=number,
        customer=act.case.customer,
        product=named[0],
        price_minor=offered.total_minor,
        currency=offered.currency,
        ordered_at=act.now,
        plan_number=act.plan.number,
    )
