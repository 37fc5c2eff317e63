"""Quote a price in writing: the customer gets the letter, and reads it on their page, where they accept or decline."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import promises, said
from tantam.desk.cases.act import Act, act_on, refuse_if_resolved
from tantam.desk.cases.actions.reply import answer
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money
from tantam.desk.plans import sales
from tantam.desk.sales import standing
from tantam.desk.sales.letters import quote_letter
from tantam.desk.sales.models import Enquiry, Quote, QuoteLine
from tantam.desk.sales.quoting import Offer

EXPIRE = "expire_quote"  # work whose payload is {"quote": id}


def quote(case: Case, person: Person, offer: Offer, *, submission: str | None = None) -> Quote:
    """Return the new quote; the same submission again gives the same. One that stood before is replaced.

    An enquiry that was lost is quoted again; one that is won is not. Raises Refused: no_enquiry, enquiry_won,
    quote_empty, quote_line, two_currencies, not_ahead, already_resolved, is_merged, too_long, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        submission = f"quote:{submission}" if submission else None  # a reply sent by the same form is no quote
        if earlier := said.already(act, submission):
            return Quote.objects.get(message=earlier.pk)
        refuse_if_resolved(act)
        enquiry = standing.enquiry_of(act)
        if enquiry.state == Enquiry.State.WON:
            raise Refused("enquiry_won")
        total = offer.total(act.now)
        before = standing.standing(enquiry)
        if before is not None:
            standing.end(before, Quote.State.REPLACED)
        made = _written(enquiry, act, offer, total)
        _send(made, act, offer, submission)
        standing.move(enquiry, Enquiry.State.QUOTED, ended_at=None, reason="", words="")
        act.append(
            "quoted",
            clause=sales.CLAUSE,
            quote=made.pk,
            minor=total.minor,
            currency=total.currency,
            until=made.valid_until.isoformat(),
            replaces=before.pk if before else None,
        )
        work.due(EXPIRE, f"{EXPIRE}:{made.pk}", {"quote": made.pk}, made.valid_until)
        return made


def _written(enquiry: Enquiry, act: Act, offer: Offer, total: Money) -> Quote:
    assert act.person is not None
    made = Quote.objects.create(
        enquiry=enquiry,
        total_minor=total.minor,
        currency=total.currency,
        made_at=act.now,
        made_by=act.person,
        valid_until=offer.valid_until or sales.valid_until(act.plan, act.now),
    )
    lines = [
        QuoteLine(
            quote=made,
            place=place,
            product=line.product,
            words=line.words.strip(),
            pieces=line.pieces,
            each_minor=line.each.minor,
        )
        for place, line in enumerate(offer.lines, 1)
    ]
    QuoteLine.objects.bulk_create(lines)
    return made


def _send(made: Quote, act: Act, offer: Offer, submission: str | None) -> None:
    """Send the letter; it keeps what words keep, and the quote that a policy before the sale promised."""
    body = quote_letter(made, list(made.lines.all()), act, offer.words.strip())
    made.message = answer(act, body, code="replied", submission=submission).pk
    made.save(update_fields=["message"])
    promises.fulfil(act, lambda each: sales.is_kept_by_a_quote(act.plan, each.clause, each.kind))
