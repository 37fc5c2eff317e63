"""Requests for approval: what waits for one, one of them to decide, and the same from a mail, without signing in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case
from tantam.desk.claims import actions
from tantam.desk.claims.access import approval_by_ticket, approval_for, approvals_for, claim_for, waiting_for
from tantam.desk.claims.approvals import State
from tantam.desk.claims.models import Approval
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money, read
from tantam.desk.web.approval_cards import card, laid
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned_in
from tantam.desk.web.views.case import acting, seen

MOST = 100
MOST_OWN = 20
RELATED = ("case__customer", "claim", "asked_by", "decided_by")


@require_safe
@staff
@planned_in("inbox")
def show(request: StaffRequest) -> HttpResponse:
    """List what waits for this person, what they asked for, and what they decided, the newest first."""
    person, plan, lang = request.user, request.plan, request.LANGUAGE_CODE
    mine = approvals_for(person).filter(asked_by=person).order_by("-id")
    decided = approvals_for(person).filter(decided_by=person).order_by("-id")
    waiting = waiting_for(person, plan)
    context: dict[str, Any] = {"waits": waiting.count()}
    for name, found, most in (("waiting", waiting, MOST), ("asked", mine, MOST_OWN), ("decided", decided, MOST_OWN)):
        shown = leaf(found.select_related(*RELATED), request.GET, most=most, name=name, at=f"ap-{name}")
        context[name] = shown.of(lambda each: card(each, person, plan, lang))
    return page(request, "web/approvals.html", context, place="approvals")


@require_safe
@staff
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Lay one request out to be decided."""
    return _laid(request, approval_for(request.user, pk), "")


@require_POST
@staff
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve, approve less, or refuse: the button says which."""
    approval = approval_for(request.user, pk)
    try:
        decided = _decide(request, approval, request.user)
    except Refused as refused:
        return _laid(request, approval_for(request.user, pk), refused.sentence())
    messages.success(request, _said(decided))
    return redirect("web:approvals")


@require_POST
@staff
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask no longer."""
    approval = approval_for(request.user, pk)
    try:
        actions.withdraw_approval(approval, request.user)
    except Refused as refused:
        return _laid(request, approval_for(request.user, pk), refused.sentence())
    messages.success(request, gettext("It is no longer asked for."))
    return redirect("web:case", approval.case_id)


@acting
def ask_it(request: StaffRequest, case: Case, claim: int) -> str:
    """Ask who may for what a claim wants."""
    found = claim_for(request.user, claim)
    if found.case_id != case.pk or request.plan is None:
        raise Refused("not_allowed")
    amount = _amount(request, request.plan.currency)
    reason = request.POST.get("reason", "")
    actions.ask_approval(found, request.user, reason, amount=amount, seen=seen(request))
    return gettext("Asked. You see here and under Approvals what is decided.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request: HttpRequest, ticket: str) -> HttpResponse:
    """Show the request to whom it was mailed, and decide it when they press a button: looking decides nothing."""
    approval, person = approval_by_ticket(ticket)
    with translation.override(person.language):
        error, done = "", ""
        if request.method == "POST":
            try:
                done = _said(_decide(request, approval, person))
            except Refused as refused:
                error = refused.sentence()
            approval, person = approval_by_ticket(ticket)
        shown = laid(approval, person, plans.in_force(), person.language)
        context = {"laid": shown, "error": error, "done": done, "typed": request.POST, "ticket": ticket}
        answer = render(request, "web/approval_by_mail.html", context, status=409 if error else 200)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _laid(request: StaffRequest, approval: Approval, error: str) -> HttpResponse:
    if request.plan is None:
        return page(request, "web/no_plan.html", {}, place="inbox")
    shown = laid(approval, request.user, request.plan, request.LANGUAGE_CODE)
    context: dict[str, Any] = {"laid": shown, "error": error, "typed": request.POST}
    return page(request, "web/approval.html", context, place="approvals", status=409 if error else 200)


def _decide(request: HttpRequest, approval: Approval, person: Person) -> Approval:
    given = request.POST
    note = given.get("note", "")
    match given.get("verdict", ""):
        case "approve":
            return actions.decide_approval(approval, person, "approve", note=note)
        case "change":
            amount = _amount(request, plans.in_force().currency)
            return actions.decide_approval(approval, person, "change", amount=amount, note=note)
        case _:
            return actions.decide_approval(approval, person, "refuse", note=note)


def _amount(request: HttpRequest, currency: str) -> Money | None:
    """Return the amount as typed, None if none was. Raises Refused("bad_amount")."""
    written = request.POST.get("amount", "").strip()
    if not written:
        return None
    amount = read(written, currency)
    if amount is None:
        raise Refused("bad_amount", currency=currency)
    return amount


def _said(decided: Approval) -> str:
    if decided.state == State.REFUSED:
        return gettext("Not approved. Your colleague reads why.")
    return gettext("Approved and granted; the customer is told.")
