"""What people ask about their own data: a list by what is due, one of them, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tantam.desk.common.errors import Refused
from tantam.desk.customers.access import whole_customer_for
from tantam.desk.privacy import actions
from tantam.desk.privacy.access import request_for, requests_for
from tantam.desk.privacy.models import Request
from tantam.desk.web import request_forms as forms
from tantam.desk.web import request_page
from tantam.desk.web.doors import StaffRequest, managers, workers
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MOST = 50
_FIELD = {"prove": "how", "longer": "reason", "end": "body"}


@require_safe
@managers
@planned
def index(request: StaffRequest) -> HttpResponse:
    """Show what is still to be answered, what is due first at the top; or what was answered."""
    show = request.GET.get("show", "")
    found = request_page.listed(requests_for(request.user), show)
    context = {
        "show": show,
        "shows": request_page.SHOWS,
        "rows": leaf(found, request.GET, most=MOST).of(request_page.row_of),
    }
    return page(request, "web/requests.html", context, place="customers")


@require_http_methods(["GET", "HEAD", "POST"])
@managers
@planned
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one, and do what its forms say; what is refused comes back with the reason."""
    assert request.plan is not None
    found, sent, status = request_for(request.user, pk), {}, 200
    if request.method == "POST":
        what = request.POST.get("do", "")
        form, refused = _done(request, found, what)
        if refused is None:
            return redirect("web:request", pk)
        form.refuse({_FIELD.get(what, ""): refused})
        sent, status = {what: form}, 409
    context = request_page.one(found, request.plan, request.LANGUAGE_CODE, sent)
    return page(request, "web/request.html", context, place="customers", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@workers
@planned
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the form for what somebody asked, and note it."""
    customer = whole_customer_for(request.user, pk)
    sent = request.POST if request.method == "POST" else None
    form, status = forms.NoteForm(sent), 200
    if sent is not None:
        asked = actions.Asked(*(sent.get(name, "") for name in ("kind", "way", "words")))
        try:
            made = actions.note_request(customer, asked, request.user)
        except Refused as refused:
            form.refuse({"words" if refused.code == "too_long" else "kind": refused})
            status = 422
        else:
            messages.success(request, _("Noted. They are told by when they have our answer."))
            return redirect("web:case", made.case_id)
    return page(request, "web/request_new.html", {"customer": customer, "form": form}, place="customers", status=status)


def _done(request: StaffRequest, found: Request, what: str) -> tuple[Any, Refused | None]:
    """Do one thing to it; return its form, and why not."""
    by, told = request.user, request.POST
    form: Any = {
        "prove": lambda: forms.ProofForm(told),
        "longer": lambda: forms.LongerForm(told),
    }.get(what, lambda: forms.EndForm(told, kind=found.kind))()
    do: Callable[[], Request] = {
        "prove": lambda: actions.prove_person(found, by, told.get("how", "")),
        "longer": lambda: actions.take_longer(found, by, told.get("reason", "")),
    }.get(what, lambda: actions.end_request(found, by, told.get("result", ""), told.get("body", "")))
    try:
        do()
    except Refused as refused:
        return form, refused
    messages.success(request, _("Noted."))
    return form, None
