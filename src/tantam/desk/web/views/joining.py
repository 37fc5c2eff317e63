"""Two pages for rare moves: joining a case to another, and moving messages into a case of their own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tantam.desk.cases import actions
from tantam.desk.cases.access import case_for, cases_for
from tantam.desk.cases.models import Case, Message
from tantam.desk.cases.notes import read_by
from tantam.desk.cases.said import first_line
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.customers.address import called
from tantam.desk.web import case_words
from tantam.desk.web.doors import StaffRequest, workers
from tantam.desk.web.pages import page
from tantam.desk.web.views.sharing import named

MOST = 50  # other cases of the customer
MOST_MESSAGES = 200
OPENING = 200  # characters of a message


@require_http_methods(["GET", "HEAD", "POST"])
@workers
def join(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose the case that this one is joined to; another customer's is asked for twice."""
    case = case_for(request.user, pk)
    refused: Refused | None = None
    if request.method == "POST":
        try:
            into = named(request, request.POST.get("other", "").strip() or request.POST.get("into", ""))
            sure = request.POST.get("sure", "") == into.reference
            actions.merge(case, request.user, into, seen=whole(request.POST.get("seen", "")), sure=sure)
        except Refused as why:
            refused = why
        else:
            messages.success(request, gettext("Joined. It can be undone here at any time."))
            stands = Case.objects.get(pk=case.pk).merged_into_id
            return redirect("web:case", stands or case.pk)
    return page(
        request, "web/join.html", _joining(request, case, refused), place="inbox", status=409 if refused else 200
    )


def _joining(request: StaffRequest, case: Case, refused: Refused | None) -> dict[str, Any]:
    others = cases_for(request.user).filter(customer=case.customer).exclude(pk=case.pk)
    others = others.filter(status__in=Case.UNDER_WAY).order_by("-id")[:MOST]
    asks = refused is not None and refused.code == "merge_other_customer"
    return {
        "case": case,
        "customer": called(case.customer, request.LANGUAGE_CODE) or case.customer.shown,
        "others": [(each, case_words.where(each)) for each in others],
        "seen": _last_event(case),
        "error": refused.sentence() if refused else "",
        "into": request.POST.get("into", ""),
        "other": request.POST.get("other", ""),
        "sure": refused.arguments["into"] if refused and asks else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@workers
def part(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose the messages that move into a case of their own."""
    case = case_for(request.user, pk)
    error = ""
    if request.method == "POST":
        chosen = [found for each in request.POST.getlist("message") if (found := whole(each)) is not None]
        subject = request.POST.get("subject", "")
        try:
            parting = actions.part(
                case, request.user, chosen, subject=subject, seen=whole(request.POST.get("seen", ""))
            )
        except Refused as refused:
            error = refused.sentence()
        else:
            messages.success(request, gettext("Moved. It can be undone here at any time."))
            return redirect("web:case", parting.new_case.pk)
    context = {
        "case": case,
        "said": _said(request, case),
        "seen": _last_event(case),
        "error": error,
        "subject": request.POST.get("subject", ""),
        "chosen": request.POST.getlist("message"),
    }
    return page(request, "web/part.html", context, place="inbox", status=409 if error else 200)


def _said(request: StaffRequest, case: Case) -> list[dict[str, Any]]:
    """Return the newest messages of the case itself, oldest first, with how each begins."""
    customer = called(case.customer, request.LANGUAGE_CODE) or case.customer.shown
    newest = case.messages.filter(read_by(request.user)).select_related("author").order_by("-id")[:MOST_MESSAGES]
    return [
        {
            "pk": str(each.pk),
            "who": customer
            if each.direction == "incoming"
            else each.author.name
            if each.author
            else gettext("The desk"),
            "at": each.written_at,
            "note": each.direction == "note",
            "opening": first_line(each.body, OPENING),
        }
        for each in reversed(newest)
    ]


def _last_event(case: Case) -> int:
    return case.events.order_by("-id").values_list("pk", flat=True).first() or 0


def _author(message: Message) -> str:
    return message.author.name if message.author else gettext("The desk")
