"""The people who work at the desk, for who manages them: who is what, inviting, changing, letting go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk.accounts import actions
from tantam.desk.accounts.inviting import send_password_link
from tantam.desk.accounts.models import Person, Role
from tantam.desk.accounts.rights import may_make
from tantam.desk.cases.actions.staffing import change_colleague, dismiss
from tantam.desk.common.errors import Refused
from tantam.desk.plans.providers import described
from tantam.desk.web.colleague_form import ColleagueForm
from tantam.desk.web.doors import StaffRequest, managers, overseers
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MOST = 1000


@require_safe
@overseers
@planned
def index(request: StaffRequest) -> HttpResponse:
    """Show everybody who may sign in, and below them who could."""
    assert request.plan is not None
    plan, lang = request.plan, request.LANGUAGE_CODE
    teams = dict(plan.team_choices(lang))
    providers = {each.name: each.label for each in described(plan, lang)}
    colleagues = Person.objects.exclude(role=Role.ASSISTANT)  # programs have a page of their own
    rows = [
        {
            "person": each,
            "level": plan.level_label(each.level, lang) if each.level else "",
            "team": teams.get(each.team, each.team),
            "provider": providers.get(each.provider, each.provider),
            "mine": may_make(request.user, each.role),
        }
        for each in colleagues.order_by("-is_active", "name", "pk")[:MOST]
    ]
    return page(request, "web/people.html", {"rows": rows}, place="team")


@require_http_methods(["GET", "HEAD", "POST"])
@managers
@planned
def new(request: StaffRequest) -> HttpResponse:
    """Invite a colleague."""
    assert request.plan is not None
    given = [request.POST] if request.method == "POST" else []
    form = ColleagueForm(request.plan, request.LANGUAGE_CODE, request.user, *given)
    if not given or not form.is_valid():
        return _form(request, form, None, 422 if given else 200)
    email = form.cleaned_data["email"]
    try:
        person = actions.invite(request.user, email, form.wanted(), language=request.LANGUAGE_CODE)
    except Refused as refused:
        form.add_error("email" if refused.code == "has_account" else None, refused.sentence())
        return _form(request, form, None, 409)
    send_password_link(request, person)
    messages.success(request, gettext("%(name)s is invited by mail.") % {"name": person.name})
    return redirect("web:people")


@require_http_methods(["GET", "HEAD", "POST"])
@managers
@planned
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what a colleague is here."""
    assert request.plan is not None
    person = get_object_or_404(Person, pk=pk)
    given = [request.POST] if request.method == "POST" else []
    form = ColleagueForm(request.plan, request.LANGUAGE_CODE, request.user, *given, person=person)
    if not given or not form.is_valid():
        return _form(request, form, person, 422 if given else 200)
    try:
        changed, back = change_colleague(person, request.user, form.wanted())
    except Refused as refused:
        form.add_error(None, refused.sentence())
        return _form(request, form, person, 409)
    messages.success(request, _said(gettext("%(name)s is kept.") % {"name": changed.name}, back))
    return redirect("web:people")


@require_POST
@managers
def let_go(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a colleague sign in no more; or, if that was asked for, let them again: sent twice, it is done once."""
    person = get_object_or_404(Person, pk=pk)
    try:
        if "again" not in request.POST:
            gone, back = dismiss(person, request.user)
            said = gettext("%(name)s can sign in no more.") % {"name": gone.name}
        else:
            person, back = actions.reactivate(person, request.user), 0
            said = gettext("%(name)s can sign in again.") % {"name": person.name}
    except Refused as refused:
        messages.error(request, refused.sentence())
        return redirect("web:person", pk)
    messages.success(request, _said(said, back))
    return redirect("web:people")


@require_POST
@managers
def send_link(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the link to choose a password once more."""
    person = get_object_or_404(Person, pk=pk, is_active=True)
    if not may_make(request.user, person.role):
        messages.error(request, Refused("makes_no_administrator").sentence())
        return redirect("web:people")
    send_password_link(request, person)
    messages.success(request, gettext("A link to choose a password went to %(mail)s.") % {"mail": person.email})
    return redirect("web:person", pk)


def _said(done: str, back: int) -> str:
    """Return what was done, and how many cases went back to their level."""
    if not back:
        return done
    words = ngettext("%(n)s case went back to its level.", "%(n)s cases went back to their level.", back)
    return f"{done} {words % {'n': back}}"


def _form(request: StaffRequest, form: ColleagueForm, person: Person | None, status: int) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "person": person}
    if person is not None:
        context["mine"] = may_make(request.user, person.role)
    return page(request, "web/person.html", context, place="team", status=status)
