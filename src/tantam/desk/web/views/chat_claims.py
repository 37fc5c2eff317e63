"""A claim from within a chat: the colleague files it, or has the customer asked; the answer comes into the chat."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tantam.desk.cases.models import Case
from tantam.desk.chats.access import chat_for
from tantam.desk.claims.actions import ask_to_tell
from tantam.desk.web.claiming import claiming, file_it
from tantam.desk.web.doors import StaffRequest, workers
from tantam.desk.web.planned import planned_in
from tantam.desk.web.views.chats import acting, shown


@require_http_methods(["GET", "HEAD", "POST"])
@workers
@planned_in("chats")
def claim(request: StaffRequest, pk: int) -> HttpResponse:
    """Show in the chat what a claim may be about and what is still asked; file it."""
    plan, case = request.plan, chat_for(request.user, pk).case
    assert plan is not None and case is not None
    sending = request.method == "POST"
    of = claiming(case, plan, request.LANGUAGE_CODE, request.POST if sending else request.GET, typed=sending)
    if sending and of["topic"] and file_it(case, request.user, of, plan):
        messages.success(request, gettext("Filed. The plan's answer stands in the chat."))
        return redirect(reverse("web:chat", args=[pk]) + "#last")
    return shown(request, pk, more={"claiming": of}, status=422 if sending else 200)


@acting
def ask(request: StaffRequest, case: Case) -> str:
    """Ask the customer, by a link to the questions."""
    ask_to_tell(case, request.user, request.POST.get("topic", ""))
    return gettext("Asked. Their answers get the plan's answer at once, here in the chat.")
