"""What a customer says to a quote: the quote behind a locked case, and why they do not buy."""

from __future__ import annotations

from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan, sales
from tantam.desk.sales.models import MOST_WORDS, Quote


def held(quote: Quote) -> Quote:
    """Return it read anew with its enquiry, now that its case is locked."""
    return Quote.objects.select_related("enquiry__case", "enquiry__purchase").get(pk=quote.pk)


def why(plan: RunningPlan, reason: str, words: str) -> str:
    """Return what they say to it, without space around. Raises Refused: unknown_reason, too_long."""
    if reason not in sales.lost_because(plan):
        raise Refused("unknown_reason")
    said = " ".join(words.replace("\x00", "").split())
    if len(said) > MOST_WORDS:
        raise Refused("too_long", most=MOST_WORDS)
    return said
