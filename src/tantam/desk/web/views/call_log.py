"""Write down a call: whom it was with and on which case is asked only where several could be meant."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tantam.desk.calls import actions
from tantam.desk.calls.models import Call
from tantam.desk.cases import actions as case_actions
from tantam.desk.common import clock, spoken
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tantam.desk.web.call_form import length, promised
from tantam.desk.web.call_log import Meant, begun, came_from, meant
from tantam.desk.web.doors import StaffRequest, workers
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MOST_SUBMISSION = 64


@require_http_methods(["GET", "HEAD", "POST"])
@workers
@planned
def log(request: StaffRequest) -> HttpResponse:
    """Write down a call; whom it was with and on which case is asked only where several could be meant."""
    assert request.plan is not None
    if request.method != "POST":
        referer = request.headers.get("Referer", "")
        typed = came_from(referer, request.get_host(), request.user)
        typed |= {name: who for name, who in request.GET.items() if name == "who"} | {"submission": begun()}
        return page(request, "web/call_log.html", {"typed": typed}, place="calls")
    try:
        who = meant(request.POST, request.user, request.plan)
        if who.customer is not None and who.sure:
            return _logged(request, who.customer, who)
        error = ""
    except Refused as refused:
        who, error = None, refused.sentence()
    context = {"typed": request.POST, "meant": who, "error": error}
    return page(request, "web/call_log.html", context, place="calls", status=422)


def _logged(request: StaffRequest, customer: Customer, who: Meant) -> HttpResponse:
    """Keep the call, and what was promised in it; show the case."""
    assert request.plan is not None
    given, language = request.POST, who.case.language if who.case else customer.language
    vow = promised(request, request.plan, language)
    logged = actions.Logged(
        customer=customer,
        words=given.get("words", ""),
        incoming=given.get("direction") != Call.Direction.OUTGOING,
        case=who.case,
        number=who.number,
        length=length(request),
        submission=given.get("submission", "")[:MOST_SUBMISSION],
    )
    with transaction.atomic():
        case = actions.log_call(logged, request.user, request.plan)
        made = case_actions.promise(case, request.user, vow) if vow else None
    said = gettext("The call stands on the case.")
    if made is not None:
        told = {"what": made.words, "at": spoken.instant(made.due_at, clock.now())}
        said = gettext("The call stands on the case. Promised: %(what)s, %(at)s") % told
    messages.success(request, said)
    return redirect("web:case", case.pk)
