"""Contracts: which end and which go on, one of them with all that was agreed, and what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.customers import actions
from tantam.desk.customers.access import contract_for, contracts_for, whole_customer_for
from tantam.desk.customers.editing import today
from tantam.desk.customers.models import Contract
from tantam.desk.customers.terms import read_day
from tantam.desk.customers.traits import Unread
from tantam.desk.plans.contracts import order_aloud
from tantam.desk.web import contract_page
from tantam.desk.web.contract_form import ContractForm
from tantam.desk.web.doors import StaffRequest, staff, workers
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MOST = 50


@require_safe
@staff
@planned
def index(request: StaffRequest) -> HttpResponse:
    """Show the contracts of one sort, what ends first at the top."""
    show, day = request.GET.get("show", ""), today()
    found = contract_page.listed(contracts_for(request.user), show, day)
    context = {
        "show": show,
        "shows": contract_page.SHOWS,
        "rows": leaf(found, request.GET, most=MOST).of(lambda each: contract_page.row_of(each, day)),
        "any": bool(show) or contracts_for(request.user).exists(),
    }
    return page(request, "web/contracts.html", context, place="customers")


@require_http_methods(["GET", "HEAD", "POST"])
@workers
@planned
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the form of a contract with this customer, and write it down."""
    assert request.plan is not None
    customer = whole_customer_for(request.user, pk)
    sent = request.POST if request.method == "POST" else None
    form, status = ContractForm(sent, plan=request.plan, lang=request.LANGUAGE_CODE), 200
    if sent is not None:
        try:
            made = actions.agree_contract(customer, request.user, form.written())
        except (Unread, Refused) as refused:
            form.refuse(_by_field(refused))
            status = 422
        else:
            messages.success(request, _("Contract %(number)s is written down.") % {"number": made.number})
            return redirect("web:contract", made.pk)
    context = {"customer": customer, "form": form}
    return page(request, "web/contract_new.html", context, place="customers", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
@planned
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a contract; keep what was changed of it."""
    assert request.plan is not None
    contract = contract_for(request.user, pk)
    if request.method != "POST":
        return _shown(request, contract)
    form = ContractForm(request.POST, plan=request.plan, lang=request.LANGUAGE_CODE, contract=contract)
    seen = whole(request.POST.get("seen", ""))
    try:
        actions.change_contract(contract, request.user, seen=seen, written=form.written())
    except (Unread, Refused) as refused:
        form.refuse(_by_field(refused))
        changed = getattr(refused, "code", "") == "contract_changed"
        return _shown(request, contract_for(request.user, pk), form, status=409 if changed else 422)
    messages.success(request, _("Kept."))
    return redirect("web:contract", pk)


@require_POST
@staff
@planned
def do(request: StaffRequest, pk: int) -> HttpResponse:
    """Give notice, let it go on after all, or end it from a day on."""
    contract, by = contract_for(request.user, pk), request.user
    doing: dict[str, Callable[[], Any]] = {
        "notice": lambda: actions.give_notice(contract, by),
        "keep": lambda: actions.keep_contract(contract, by),
        "end": lambda: actions.end_contract(contract, by, day=read_day(request.POST.get("day", ""))),
    }
    try:
        doing.get(request.POST.get("do", ""), lambda: None)()
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, _("Kept."))
    return redirect("web:contract", pk)


def _by_field(refused: Unread | Refused) -> dict[str, Refused]:
    return refused.refusals if isinstance(refused, Unread) else {"": refused}


def _shown(
    request: StaffRequest, contract: Contract, form: ContractForm | None = None, *, status: int = 200
) -> HttpResponse:
    plan, lang = request.plan, request.LANGUAGE_CODE
    assert plan is not None
    context = {
        "row": contract_page.contract_rows([contract], plan, clock.now())[0],
        "customer": contract.customer,
        "products": [(each.sku, each.name(lang)) for each in contract.products.all()],
        "promises": contract_page.promises_of(contract, plan, lang),
        "order": order_aloud(plan, lang),
        "changes": contract_page.history_of(contract),
        "form": form or ContractForm(plan=plan, lang=lang, contract=contract),
        "open": form is not None,
    }
    return page(request, "web/contract.html", context, place="customers", status=status)
