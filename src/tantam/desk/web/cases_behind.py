"""The cases behind a figure, at this desk and in imported logs, as rows for the template."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext

from tantam.desk.cases.access import cases_for
from tantam.desk.cases.models import Case
from tantam.desk.reports import Figures, Listed
from tantam.desk.web import case_words, definition_words, figure_words, first_rows
from tantam.desk.web.asked import FiguresAsked
from tantam.desk.web.doors import StaffRequest
from tantam.desk.web.history_href import history_href
from tantam.desk.web.look import ORDERS, Look
from tantam.desk.web.measure_rows import key_names
from tantam.history.events import DESK
from tantam.history.measures import Behind, Ended, Kind, Measured


def context(
    request: StaffRequest, figures: Figures, found: Measured, shown: FiguresAsked, look: Look
) -> dict[str, Any]:
    """Return the cases with the ways to see others of them. Three queries at most, however many cases."""
    only = int(look.only) if look.only else None
    most = first_rows.wanted(request.GET)
    behind = figures.behind(found.definition, shown.stretch, Listed(shown.part, only, look.order, most))
    total = {"": found.n, "1": found.hits, "0": found.n - found.hits}[look.only]
    return {
        "rows": _rows(request, behind, found),
        "total": total,
        "shown": len(behind),
        "rest": first_rows.rest(len(behind), total, shown.href(**look.stays | first_rows.MORE) + "#cases"),
        "at_end": found.definition.at_end,
        "timed": found.kind is Kind.MINUTES,
        "orders": [
            (shown.href(**look.stays | {"order": each}) + "#cases", figure_words.order(each), each == look.order)
            for each in ORDERS
        ],
        "sides": [
            (shown.href(**look.stays | {"only": code}) + "#cases", words, code == look.only)
            for code, words in definition_words.sides(found.definition)
        ],
    }


def _rows(request: StaffRequest, behind: list[Behind], found: Measured) -> list[dict[str, Any]]:
    assert request.plan is not None
    known = _known(request, (each.case_id for each in behind if each.source == DESK))
    lang = get_language() or "en"
    people = key_names("person", sorted({each.person for each in behind if each.person}), request.plan, lang)
    return [
        {
            **_case(each, known.get(each.case_id or 0)),
            "at": (each.since if found.definition.at_end else None) or each.instant,
            "person": people.get(each.person, ""),
            "level": request.plan.level_label(each.level, lang) if each.level else "",
            "clause": each.clause,
            "verdict": definition_words.side(found.definition, each.value),
            "value": figure_words.value(found.kind, each.value),
        }
        for each in behind
    ]


def ended_rows(request: StaffRequest, ended: list[Ended], *, once: bool) -> list[dict[str, Any]]:
    """Return ends of promises with their cases; once: each case only by its newest."""
    assert request.plan is not None
    newest = {each.case: each for each in reversed(ended)}
    shown = [each for each in ended if not once or newest[each.case] is each]
    known = _known(request, (each.case for each in shown if each.source == DESK))
    return [
        {
            **_case(each, known.get(each.case or 0)),
            "end": each,
            "what": case_words.promise(request.plan, each.kind, each.clause) if each.kind else "–",
            "took": figure_words.took(each),
            "at": each.at,
        }
        for each in shown
    ]


def _known(request: StaffRequest, ids: Iterable[int | None]) -> dict[int, Case]:
    wanted = {each for each in ids if each}
    return cases_for(request.user).select_related("customer").in_bulk(wanted) if wanted else {}


def _case(found: Behind | Ended, case: Case | None) -> dict[str, Any]:
    """Return what a row is called and where it leads: the case, also an imported one; the purchase of a delivery."""
    if case is not None:
        return {
            "href": reverse("web:case", args=[case.pk]),
            "title": case.subject,
            "reference": case.reference,
            "customer": case.customer.shown,
        }
    imported = found.source != DESK
    if not imported and _without_case(found):
        return _of_a_purchase(found)
    return {
        "href": history_href(found.source, found.reference) if imported and found.reference else "",
        "title": found.reference or "–",
        "reference": figure_words.source(found.source),
        "customer": found.customer.partition("/")[2] if imported else "",
    }


def _without_case(found: Behind | Ended) -> bool:
    case = found.case_id if isinstance(found, Behind) else found.case
    return case is None and found.customer.isdecimal()


def _of_a_purchase(found: Behind | Ended) -> dict[str, Any]:
    """Return what a delivery is called, by the number of its purchase, and the page of the customer where it stands."""
    return {
        "href": reverse("web:customer", args=[int(found.customer)]) + "#deliveries",
        "title": gettext("Delivery of %(purchase)s") % {"purchase": found.reference},
        "reference": found.reference,
        "customer": "",
    }
