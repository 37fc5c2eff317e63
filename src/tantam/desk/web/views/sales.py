"""Before the sale: the pipeline, and what a colleague does on an enquiry's case."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tantam.desk import plans
from tantam.desk.cases.models import Case
from tantam.desk.sales import actions
from tantam.desk.sales.access import quote_for
from tantam.desk.web import sales_form, sales_page
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned
from tantam.desk.web.views.case import acting


@require_safe
@staff
@planned
def show(request: StaffRequest) -> HttpResponse:
    """Show what is asked and quoted, what is owed first, and what was won and lost lately."""
    assert request.plan is not None
    asked = sales_page.Asked(request.user, request.plan, request.LANGUAGE_CODE, request.GET)
    return page(request, "web/sales.html", sales_page.context(asked))


@acting
def quote_it(request: StaffRequest, case: Case) -> str:
    """Make a quote and send it."""
    offer = sales_form.offer(request.POST, plans.in_force(), case.language)
    made = actions.quote(case, request.user, offer, submission=request.POST.get("submission") or None)
    return gettext("Quote %(number)s is on its way.") % {"number": made.number}


@acting
def accept_it(request: StaffRequest, case: Case, number: str) -> str:
    """Note that the customer accepts a quote."""
    actions.accept_quote(quote_for(case, number), person=request.user)
    return gettext("Noted: they buy.")


@acting
def win_it(request: StaffRequest, case: Case) -> str:
    """Note that they buy, and what."""
    actions.win(case, request.user, request.POST.get("number", ""))
    return gettext("Noted: they buy.")


@acting
def lose_it(request: StaffRequest, case: Case) -> str:
    """Note that they do not buy, and why."""
    actions.lose(case, request.user, request.POST.get("reason", ""), request.POST.get("why", ""))
    return gettext("Noted: they do not buy.")
