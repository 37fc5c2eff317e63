"""Money that policies give: budgets and what is spent of them, what is still owed to customers, paid and taken back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tantam.desk.cases.models import Case
from tantam.desk.claims import actions, budgets, ledger
from tantam.desk.claims.access import grants_for
from tantam.desk.claims.models import Grant
from tantam.desk.common import clock
from tantam.desk.web.doors import StaffRequest, overseers
from tantam.desk.web.leaves import leaf
from tantam.desk.web.marked import marked
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned
from tantam.desk.web.views.case import acting

MOST = 50


@require_safe
@overseers
@planned
def show(request: StaffRequest) -> HttpResponse:
    """Show each policy's budget in the period that runs, and what is still to be paid, the oldest first."""
    plan, lang = request.plan, request.LANGUAGE_CODE
    assert plan is not None
    spent = budgets.spent_of(plan, clock.now())
    owed = ledger.still_owed(grants_for(request.user)).filter(currency=plan.currency)
    rows = leaf(owed.select_related("case__customer", "claim"), request.GET, most=MOST)
    context: dict[str, Any] = {
        "budgets": [(plan.policy_label(each.of.policy, lang), each.of.share_said(lang), each) for each in spent],
        "owed": rows.of(lambda each: (each, plan.policy_label(each.claim.policy, lang) if each.claim else "")),
        "marked": marked(request.user, lang),
        "sum": ledger.in_all(owed),
        "currency": plan.currency,
    }
    return page(request, "web/money.html", context)


@acting
def pay_it(request: StaffRequest, case: Case, grant: int) -> str:
    """Note that a granted sum was paid."""
    actions.pay(_grant(request, case, grant), request.user)
    return gettext("Noted as paid.")


@acting
def take_back_grant(request: StaffRequest, case: Case, grant: int) -> str:
    """Take a grant back before it is paid."""
    actions.reverse(_grant(request, case, grant), request.user, request.POST.get("reason", ""))
    return gettext("Taken back, and the customer is told why.")


def _grant(request: StaffRequest, case: Case, pk: int) -> Grant:
    found = grants_for(request.user).filter(pk=pk, case=case).first()
    if found is None:
        raise Http404
    return found
