"""All of one's requests, after signing in by a mailed link: asked for, used by a button, ended when one likes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk.claims.covers import things_of
from tantam.desk.common import clock, rate
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.plans import RunningPlan
from tantam.desk.portal import guard
from tantam.desk.portal.forms import MailForm
from tantam.desk.portal.my_cases import rows
from tantam.desk.portal.my_contracts import contracts_that_count
from tantam.desk.portal.pages import language_of, page, private, with_plan
from tantam.desk.visitors import links
from tantam.desk.visitors.access import MOST_CASES, cases_of, visitor_of
from tantam.desk.visitors.actions import ask_in, enter, leave
from tantam.desk.visitors.actions.enter import STAYS

COOKIE = "tantam_visitor"
PATH = "/mine/"
TRIED = rate.Rate("entered", settings.FILED_PER_HOUR)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def mine(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Show one's requests to who signed in, else the form that asks for a link; whatever is known, it answers alike."""
    if request.method == "POST":
        return _ask(request, plan)
    visitor = visitor_of(request.COOKIES.get(COOKIE, ""))
    if visitor is None:
        return _form(request, plan, MailForm())
    found = cases_of(visitor, whole(request.GET.get("before", "")))
    now, lang = clock.now(), language_of(request, plan)
    context = {
        "rows": rows(found[:MOST_CASES], now, lang, own=[each.pk for each in visitor.customers]),
        "contracts": contracts_that_count(visitor.customers, plan, now, lang=lang),
        "things": things_of(visitor.customers, plan, now, lang=lang),
        "earlier": found[MOST_CASES - 1].pk if len(found) > MOST_CASES else None,
        "mail": visitor.stay.mail,
        "until": visitor.stay.until,
    }
    return private(page(request, "portal/mine.html", plan, context))


@require_safe
@with_plan
def asked(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Say what happens next."""
    return page(request, "portal/mine_asked.html", plan, {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def come_in(request: HttpRequest, plan: RunningPlan, token: str) -> HttpResponse:
    """Show the button, or sign in by it: what only opens the link, as programs do that look mail over, uses nothing."""
    try:
        if request.method != "POST":
            links.link_of(token)
            return private(page(request, "portal/enter.html", plan, {}))
        rate.count(TRIED, rate.network(rate.address_of(request)))
        key = enter(token)
    except Refused as refused:
        status = 429 if refused.code == "too_often" else 409
        return private(page(request, "portal/enter.html", plan, {"refused": refused.sentence()}, status=status))
    answer = private(redirect("portal:mine"))
    answer.set_cookie(
        COOKIE,
        key,
        max_age=STAYS,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.CSRF_COOKIE_SECURE,
    )
    return answer


@never_cache
@require_POST
def go(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    leave(request.COOKIES.get(COOKIE, ""))
    answer = private(redirect("portal:home"))
    answer.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return answer


def _ask(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    form, status = MailForm(request.POST), 422
    if form.is_valid() and (stop := guard.stopped(request)):
        form.add_error(None, str(guard.SAID[stop]))
    if form.is_valid():
        mail = form.cleaned_data["mail"]
        try:
            guard.count_lost(request, mail)
            ask_in(mail, language_of(request, plan))
        except Refused as refused:
            status = 429
            form.add_error(None, refused.sentence())
        else:
            return redirect("portal:mine_asked")
    return _form(request, plan, form, status=status)


def _form(request: HttpRequest, plan: RunningPlan, form: MailForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "seal": guard.seal(), "trap": guard.TRAP}
    return page(request, "portal/mine_ask.html", plan, context, status=status)
