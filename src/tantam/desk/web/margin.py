"""Sets beside each clause of the published plan how it did: used, kept, and the tally; quiet where nothing happened."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from tantam.desk.reports.figures import ClauseFigures

# The places that the published article keeps for a margin: an element with the clause's address.
_PLACE = re.compile(r'<aside class="truth" data-clause="([^"]+)"></aside>')


def with_margin(body: str, figures: Mapping[str, ClauseFigures], stretch: str) -> SafeString:
    """Return the article with its margin filled. body: HTML that the plan's publisher made and escaped."""

    def filled(place: re.Match[str]) -> str:
        clause = place[1]
        seen = figures.get(clause) or _below(clause, figures)
        if seen is None:
            return ""
        return render_to_string("web/truth.html", {"clause": clause, "seen": seen, "stretch": stretch})

    return mark_safe(_PLACE.sub(filled, body))


def _below(clause: str, figures: Mapping[str, ClauseFigures]) -> ClauseFigures | None:
    """Return what the clauses under this address did together, None if nothing."""
    under = [seen for address, seen in figures.items() if address.startswith((f"{clause}.", f"{clause}#"))]
    if not under:
        return None
    return ClauseFigures(
        uses=sum(each.uses for each in under),
        kept=sum(each.kept for each in under),
        ended=sum(each.ended for each in under),
    )
