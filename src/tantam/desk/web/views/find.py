"""Finds everything: cases by what was said in them, customers, products, the plan's clauses, and the desk's pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tantam.desk.common import clock
from tantam.desk.search.finding import Searcher, SearchFound, find, find_so_far
from tantam.desk.search.narrowing import FilterWrong, narrowed, parted
from tantam.desk.web import found_words, inbox_page
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page

MOST_TYPED = 400  # characters that are searched for


@require_safe
@staff
def go(request: StaffRequest) -> HttpResponse:
    """Show what was found; a whole reference leads to its case at once. `typing=1` returns the list alone."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_TYPED]
    typing = "typing" in request.GET
    if request.plan is None:
        return page(request, "web/no_plan.html", {})
    context: dict[str, Any] = {"asked": asked, "typing": typing}
    try:
        found = _found(request, asked, find_so_far if typing else find)
    except FilterWrong as wrong:
        context["wrong"] = wrong.sentence()
    else:
        if found.exact is not None and not typing:
            return redirect("web:case", pk=found.exact.pk)
        context |= {
            "found": found,
            "cases": [found_words.case_shown(each) for each in found.cases],
            "customers": [found_words.customer_shown(each) for each in found.customers],
            "chips": [] if typing else _chips(request, asked),
        }
    return page(request, "web/found.html" if typing else "web/find.html", context)


def _found(request: StaffRequest, asked: str, look: Callable[[str, Searcher], SearchFound]) -> SearchFound:
    assert request.plan is not None
    words, only = narrowed(asked, request.plan, request.user, clock.now())
    who = Searcher(request.user, request.plan, request.LANGUAGE_CODE, only)
    return look(words, who)


def _chips(request: StaffRequest, asked: str) -> list[dict[str, Any]]:
    """Return the filters among the words, each with the search that is left without it."""
    assert request.plan is not None
    words, chosen = parted(asked, request.plan)
    return [
        inbox_page.condition(each, request.plan, request.LANGUAGE_CODE)
        | {"href": "?" + urlencode({"q": f"{words} {chosen.without(each).text()}".strip()})}
        for each in chosen.terms
    ]
