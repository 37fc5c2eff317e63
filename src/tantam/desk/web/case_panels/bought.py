"""What the case is about: the purchase, when it was handed over, and where nobody noted it yet, which it may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.cases.revealing import hides
from tantam.desk.web.panels import Shown, panel

MOST = 20  # the newest


@panel("bought", "right", 4)
def show(shown: Shown) -> Mapping[str, Any] | None:
    """Return the purchase, or those of the customer to choose from; no query, the page has read them."""
    case = shown.case
    theirs = sorted(case.customer.purchases.all(), key=lambda each: each.pk, reverse=True)[:MOST]
    if case.purchase is None and (not theirs or case.merged_into_id or not shown.person.acts or hides(shown.person)):
        return None
    return {
        "case": case,
        "purchase": case.purchase,
        "product": case.purchase.product.name(shown.lang) if case.purchase else "",
        "theirs": [(each, each.product.name(shown.lang)) for each in theirs] if case.purchase is None else [],
        "corrects": shown.person.acts and not hides(shown.person),
        "asked": bool(case.claims.all()),
        "typed": shown.typed if shown.typed.verb in ("correct_it", "note_it") else None,
    }
