"""Before the sale: where the enquiry stands and its quotes; after it, what was promised before they bought."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from tantam.desk.cases.ledger import chip
from tantam.desk.cases.models import Pin, Promise
from tantam.desk.plans import sales
from tantam.desk.sales.access import enquiries_for, quotes_of
from tantam.desk.sales.models import Enquiry, Quote
from tantam.desk.web.panels import Shown, panel
from tantam.desk.web.sales_form import ROWS

MOST_CARRIED = 12
VERBS = ("quote_it", "win_it", "lose_it")


@panel("enquiry", "right", 11)
def enquiry(shown: Shown) -> Mapping[str, Any] | None:
    """Return the enquiry of a case before the sale with its quotes; three queries, none for other cases."""
    case, plan, lang = shown.case, shown.plan, shown.lang
    if case.stage != sales.BEFORE or (found := enquiries_for(shown.person).filter(pk=case.pk).first()) is None:
        return None
    quotes = quotes_of([case])
    typed = shown.typed if shown.typed.verb in VERBS else None
    return {
        "case": case,
        "enquiry": found,
        "quotes": quotes,
        "stands": next((each for each in quotes if each.state == Quote.State.STANDS), None),
        "because": sales.reason_label(plan, found.reason, lang) if found.reason else "",
        "reasons": [(each, sales.reason_label(plan, each, lang)) for each in sales.lost_because(plan)],
        "rows": _rows(shown.typed.fields if shown.typed.verb == "quote_it" else {}),
        "typed": typed,
        "may": shown.person.acts and case.is_under_way,
        "may_end": shown.person.acts and case.merged_into_id is None,
        "won": found.state == Enquiry.State.WON,
        "lost": found.state == Enquiry.State.LOST,
        "key": uuid.uuid4().hex,
    }


def _rows(written: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the lines of the form, as they were typed."""
    names = ("what", "pieces", "price")
    return [{"row": str(row)} | {name: written.get(f"{name}-{row}", "") for name in names} for row in ROWS]


@panel("carried_over", "right", 13)
def carried_over(shown: Shown) -> Mapping[str, Any] | None:
    """Return what was pinned and promised before they bought; a query for a case with a purchase, three more if so."""
    case = shown.case
    if case.stage == sales.BEFORE or case.purchase_id is None:
        return None
    not_linked = Q(purchase=None, case__customer=case.customer_id)
    won = enquiries_for(shown.person).filter(Q(purchase=case.purchase_id) | not_linked, state=Enquiry.State.WON)
    before = list(won.select_related("case").order_by("-ended_at")[:MOST_CARRIED])
    if not before:
        return None
    cases = [each.case for each in before]
    promised = Promise.objects.filter(case__in=cases, by_hand=True).exclude(state=Promise.State.WITHDRAWN)
    pins = Pin.objects.filter(case__in=cases, kind=Pin.Kind.HIGHLIGHT).order_by("id")[:MOST_CARRIED]
    return {
        "cases": cases,
        "pins": list(pins),
        "promised": [(each, chip(each, shown.now)) for each in promised.order_by("id")[:MOST_CARRIED]],
        "quotes": [each for each in quotes_of(cases) if each.state == Quote.State.ACCEPTED],
    }
