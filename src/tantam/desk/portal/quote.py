"""The quote on a customer's page: what is offered, until when, and what they said to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan, sales
from tantam.desk.sales.access import quotes_of
from tantam.desk.sales.models import Quote
from tantam.desk.sales.standing import is_over


@dataclass(frozen=True, slots=True)
class QuoteShown:
    """The newest quote. stands: whether it can be answered. reasons: (code, label) why somebody declines."""

    quote: Quote
    stands: bool
    accepted: bool
    declined: bool
    reasons: Sequence[tuple[str, str]] = ()


def quote_on(cases: Sequence[Case], plan: RunningPlan, lang: str) -> QuoteShown | None:
    """Return the newest quote of the customer's cases, None where none was made; no query after the sale."""
    asked = [each for each in cases if each.stage == sales.BEFORE]
    newest = next(iter(quotes_of(asked)), None) if asked else None
    if newest is None:
        return None
    stands = newest.state == Quote.State.STANDS and not is_over(newest, clock.now())
    return QuoteShown(
        newest,
        stands,
        accepted=newest.state == Quote.State.ACCEPTED,
        declined=newest.state == Quote.State.DECLINED,
        reasons=[(each, sales.reason_label(plan, each, lang)) for each in sales.lost_because(plan)] if stands else (),
    )
