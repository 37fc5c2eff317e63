"""Where an enquiry stands, for whoever acts on it: the row behind a locked case, and the quote that stands."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.cases.act import Act
from tantam.desk.common.errors import Refused
from tantam.desk.sales.models import Enquiry, Quote

State = Enquiry.State


def enquiry_of(act: Act) -> Enquiry:
    """Return the enquiry that the act is on; the case's lock guards it. Raises Refused("no_enquiry")."""
    found = Enquiry.objects.filter(pk=act.case.pk).first()
    if found is None:
        raise Refused("no_enquiry")
    return found


def standing(enquiry: Enquiry) -> Quote | None:
    """Return the quote that stands, None where none does."""
    return Quote.objects.filter(enquiry=enquiry, state=Quote.State.STANDS).first()


def is_over(quote: Quote, now: datetime) -> bool:
    """Whether its time is past, though nobody has looked at it yet."""
    return quote.valid_until <= now


def move(enquiry: Enquiry, state: str, **changes: object) -> None:
    """Let the enquiry stand elsewhere; `changes` are other fields of it."""
    for name, value in {"state": state, **changes}.items():
        setattr(enquiry, name, value)
    enquiry.save(update_fields=["state", *changes])


def end(quote: Quote, state: str, **changes: object) -> None:
    """End a quote that stood; `changes` are other fields of it."""
    for name, value in {"state": state, **changes}.items():
        setattr(quote, name, value)
    quote.save(update_fields=["state", *changes])
