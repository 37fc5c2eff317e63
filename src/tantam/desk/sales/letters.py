"""The letters before the sale: a quote with its lines, and that one has run out."""

from __future__ import annotations

from tantam.desk.cases.act import Act
from tantam.desk.cases.letters import letter
from tantam.desk.sales.models import Quote, QuoteLine


def quote_letter(quote: Quote, lines: list[QuoteLine], act: Act, words: str) -> str:
    """Return the quote as its customer reads it: what a colleague says, the lines, the total, and until when."""
    context = {"quote": quote, "lines": lines, "words": words, "until": quote.valid_until}
    return letter("sales/letters/quoted.txt", act.case, act.plan, context)


def expired_letter(quote: Quote, act: Act) -> str:
    """Return that the quote has run out, and that another one can be had."""
    return letter("sales/letters/expired.txt", act.case, act.plan, {"quote": quote})
