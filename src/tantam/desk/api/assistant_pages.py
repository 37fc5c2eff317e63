"""The AI assistants: who they are, what each may, everything that they did, and how they are let in and let go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tantam.desk.accounts.models import Person
from tantam.desk.api.actions import admit_assistant, dismiss_assistant, turn_assistant
from tantam.desk.api.assistant_forms import AssistantForm
from tantam.desk.api.assistant_rows import Asked, asked_of, filters, rows_of, said
from tantam.desk.assistants.access import assistants as accounts
from tantam.desk.assistants.access import doings_for
from tantam.desk.common.errors import Refused
from tantam.desk.plans.providers import programs
from tantam.desk.web.doors import StaffRequest, managers, overseers
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MOST = 100
RELATED = ("person", "case", "customer")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@overseers
@planned
def assistants(request: StaffRequest) -> HttpResponse:
    """Show the assistants and their doings; let one in, and show its secret this once."""
    assert request.plan is not None
    form = AssistantForm(request.plan, request.LANGUAGE_CODE, request.POST if request.method == "POST" else None)
    secret = ""
    if form.is_bound and form.is_valid():
        try:
            secret = admit_assistant(request.user, form.new())[1]
            form = AssistantForm(request.plan, request.LANGUAGE_CODE)
        except Refused as refused:
            form.add_error(None, refused.sentence())
    return _shown(request, form, secret)


@never_cache
@require_POST
@managers
@planned
def turn(request: StaffRequest, pk: int) -> HttpResponse:
    """Give it a new secret, and show it this once; the one before lets nobody in any more."""
    assert request.plan is not None
    form, secret = AssistantForm(request.plan, request.LANGUAGE_CODE), ""
    try:
        secret = turn_assistant(_account(pk), request.user)[1]
    except Refused as refused:
        messages.error(request, refused.sentence())
    return _shown(request, form, secret)


@require_POST
@managers
def let_go(request: StaffRequest, pk: int) -> HttpResponse:
    """Let an assistant in no more; what it did stays."""
    gone = dismiss_assistant(_account(pk), request.user)
    messages.success(request, gettext("“%(name)s” is let in no more.") % {"name": gone.name})
    return redirect("assistants:assistants")


def _shown(request: StaffRequest, form: AssistantForm, secret: str) -> HttpResponse:
    asked: Asked = asked_of(request.GET)
    found = leaf(asked.narrow(doings_for(request.user).select_related(*RELATED)), request.GET, most=MOST, at="doings")
    known = list(accounts())
    shown: dict[str, Any] = {
        "form": form,
        "secret": secret,
        "programs": programs(request.plan, request.LANGUAGE_CODE) if request.plan else (),
        "assistants": rows_of(known, request.plan, request.LANGUAGE_CODE),
        "doings": found.of(said),
        "filters": filters(asked, known),
        "asked": asked,
        "may_change": request.user.manages,
    }
    return page(request, "api/assistants.html", shown, place="team", status=422 if form.is_bound else 200)


def _account(pk: int) -> Person:
    found = accounts().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
