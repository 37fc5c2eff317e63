"""Enquiries before the sale and their quotes, for programs: each address is the action that the page's button calls."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from ninja import Schema, Status
from pydantic import AwareDatetime, Field

from tantam.desk import plans
from tantam.desk.api.amounts import amount_of
from tantam.desk.api.moves import act
from tantam.desk.api.room import Room
from tantam.desk.api.token import Asking
from tantam.desk.api.told import CaseRef, Told, Word
from tantam.desk.cases.access import case_for
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money
from tantam.desk.customers.models import Product
from tantam.desk.sales import actions
from tantam.desk.sales.access import enquiries_for, quotes_of
from tantam.desk.sales.models import MOST_WORDS, Enquiry, Quote
from tantam.desk.sales.quoting import MOST_LINES, MOST_PIECES, Line, Offer

room = Room("before the sale", "read:cases", "write:cases")
router = room.router


class LineShown(Schema):
    """A line of a quote. product: its number, "" for words alone; each: the price of one, as the plan writes money."""

    words: str
    product: str
    pieces: int
    each: str


class QuoteShown(Schema):
    """A price in writing. state: stands, accepted, declined, replaced or expired; reason: of a declined one."""

    number: str
    state: str
    total: str
    made_at: datetime
    valid_until: datetime
    answered_at: datetime | None
    reason: str
    lines: list[LineShown]


class EnquiryShown(Schema):
    """What became of who asked before buying. state: open, quoted, won or lost; purchase: its number, "" for none."""

    case: str
    state: str
    asked_at: datetime
    ended_at: datetime | None
    reason: str
    purchase: str
    quotes: list[QuoteShown]


class LineTold(Told):
    """What is offered: words, or the number of a product; price: of one, as people write it."""

    words: str = Field("", max_length=MOST_WORDS)
    product: str = Field("", max_length=40)
    pieces: int = Field(1, ge=1, le=MOST_PIECES)
    price: str = Field(min_length=1, max_length=40)


class Quoted(Told):
    """A quote. valid_until: null for as long as the plan says; words: what the letter says before it."""

    lines: list[LineTold] = Field(min_length=1, max_length=MOST_LINES)
    valid_until: AwareDatetime | None = None
    words: str = Field("", max_length=10_000)


class Won(Told):
    """What they bought: the number of the purchase; empty links nothing yet."""

    purchase: str = Field("", max_length=24)


class Lost(Told):
    """Why, of the plan's `sales.lost_because`, and what they said to it."""

    reason: Word = Field(min_length=1)
    words: str = Field("", max_length=MOST_WORDS)


@room.get("/cases/{case}/enquiry", EnquiryShown)
def read_enquiry(request: Asking, case: CaseRef) -> EnquiryShown:
    """Read what became of an enquiry, with its quotes, the newest first."""
    found = (
        enquiries_for(request.person).filter(pk=case_for(request.person, case).pk).select_related("case", "purchase")
    )
    enquiry = found.first()
    if enquiry is None:
        raise Http404
    return _shown(enquiry)


@room.move("/cases/{case}/quotes", EnquiryShown, 201)
def quote_enquiry(request: Asking, case: CaseRef, told: Quoted) -> Status[EnquiryShown]:
    """Quote a price. The customer gets it by letter and on their page; one that stood is replaced."""
    offer = Offer([_line(each) for each in told.lines], told.valid_until, told.words)
    after = act(request, case, lambda held, by: actions.quote(held, by, offer))
    return Status(201, _of(after.pk))


@room.move("/cases/{case}/won", EnquiryShown)
def win_enquiry(request: Asking, case: CaseRef, told: Won) -> EnquiryShown:
    """Note that they buy, and what."""
    return _of(act(request, case, lambda held, by: actions.win(held, by, told.purchase)).pk)


@room.move("/cases/{case}/lost", EnquiryShown)
def lose_enquiry(request: Asking, case: CaseRef, told: Lost) -> EnquiryShown:
    """Note that they do not buy, and why."""
    return _of(act(request, case, lambda held, by: actions.lose(held, by, told.reason, told.words)).pk)


def _line(told: LineTold) -> Line:
    """Return a line as it is offered. Raises Refused: bad_amount, unknown_value."""
    price = amount_of(told.price)
    if price is None:
        raise Refused("bad_amount", currency=plans.in_force().currency)
    product = Product.objects.filter(sku=told.product).first() if told.product.isprintable() and told.product else None
    if told.product and product is None:
        raise Refused("unknown_value", got=told.product)
    return Line(told.words or (product.name("") if product else ""), told.pieces, price, product)


def _of(pk: int) -> EnquiryShown:
    return _shown(Enquiry.objects.select_related("case", "purchase").get(pk=pk))


def _shown(enquiry: Enquiry) -> EnquiryShown:
    return EnquiryShown(
        case=str(enquiry.case_id),
        state=enquiry.state,
        asked_at=enquiry.asked_at,
        ended_at=enquiry.ended_at,
        reason=enquiry.reason,
        purchase=enquiry.purchase.number if enquiry.purchase else "",
        quotes=[_quote(each) for each in quotes_of([enquiry.case])],
    )


def _quote(quote: Quote) -> QuoteShown:
    lines = [
        LineShown(
            words=line.words,
            product=line.product.sku if line.product else "",
            pieces=line.pieces,
            each=Money(line.each_minor, quote.currency).text(),
        )
        for line in quote.lines.all()
    ]
    same = {
        name: getattr(quote, name) for name in ("number", "state", "made_at", "valid_until", "answered_at", "reason")
    }
    return QuoteShown(total=Money(quote.total_minor, quote.currency).text(), lines=lines, **same)
