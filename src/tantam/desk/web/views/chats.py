"""Chats: who waits and who is answered, one conversation with its composer, and the stream that keeps them live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.accounts.models import Person
from tantam.desk.cases import actions as case_actions
from tantam.desk.cases import attachments
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.models import Case
from tantam.desk.chats import actions, hub, streams
from tantam.desk.chats.access import chat_for
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.ids import first_id
from tantam.desk.common.numbers import whole
from tantam.desk.common.uploads import SeveralFiles
from tantam.desk.customers.address import given_name
from tantam.desk.files import store
from tantam.desk.web.chats_page import listed_for, page_of
from tantam.desk.web.chats_stream import ChatsStream
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned_in

MOST_SUBMISSION = 64
EVERY_SECONDS = 20  # without a live stream, the list is shown again

Report = Callable[[StaffRequest, Case], str]


@require_safe
@staff
@planned_in("chats")
def index(request: StaffRequest) -> HttpResponse:
    """Show the chats under way."""
    return page(request, "web/chats.html", _list(request), place="chats")


@require_safe
@staff
@planned_in("chats")
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one chat beside the others."""
    return shown(request, pk)


@require_safe
@staff
@planned_in("chats")
def part(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the conversation alone, as the page fetches it when something was said."""
    return render(request, "web/chat_said.html", _of_chat(request, pk))


@require_safe
@staff
@planned_in("chats")
def rows(request: StaffRequest) -> HttpResponse:
    """Show the list alone, as the page fetches it when it changed."""
    return render(request, "web/chat_list.html", _list(request) | {"now": whole(request.GET.get("now", "")) or 0})


@require_safe
@staff
def stream(request: StaffRequest) -> HttpResponse:
    """Keep telling what happens in this person's chats; goes on from Last-Event-ID, or from `last`."""
    given = request.headers.get("Last-Event-ID", "") or request.GET.get("last", "")
    mark = streams.mark_of(given)
    begun = mark if mark.since else streams.Mark(first_id(clock.now() - streams.LATE))
    case = whole(request.GET.get("case", "")) or 0
    if case:
        chat_for(request.user, case)
    return streams.answer(request, ChatsStream(request.user, case, request.LANGUAGE_CODE, begun))


def acting(report: Report) -> Callable[..., HttpResponse]:
    """Make a view of what is done with a chat: do it, say so, show it; refused, show why beside what was typed."""

    @require_POST
    @staff
    @planned_in("chats")
    @wraps(report)
    def view(request: StaffRequest, pk: int) -> HttpResponse:
        case = chat_for(request.user, pk).case
        assert case is not None
        try:
            said = report(request, case)
        except Refused as refused:
            return _refused(request, pk, refused.sentence())
        if said:
            messages.success(request, said)
        return redirect("web:chat", pk)

    return view


@acting
def take(request: StaffRequest, case: Case) -> str:
    """Take it."""
    actions.take_chat(case, request.user)
    return ""


@acting
def hand_over(request: StaffRequest, case: Case) -> str:
    """Hand it over to a colleague."""
    to = Person.objects.filter(pk=whole(request.POST.get("to", "")) or 0).first()
    if to is None:
        raise Refused("unknown_colleague")
    actions.hand_chat(case, request.user, to)
    return gettext("%(name)s has it now. The customer was told.") % {"name": to.name}


@acting
def mail_on(request: StaffRequest, case: Case) -> str:
    """Go on by mail."""
    actions.mail_on(case, request.user)
    return gettext("It goes on by mail. The customer was told.")


@acting
def resolve(request: StaffRequest, case: Case) -> str:
    """Settle it, with what is written or the usual words."""
    case_actions.resolve(case, request.user, request.POST.get("body", ""))
    return gettext("Settled, and the customer is told.")


@csrf_exempt  # whoever checks it reads the request; first it is said which files that may hold, then checked
@require_POST
@staff
def say(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer at once, with files; while the customer types, only when it is sent again."""
    request.upload_handlers = [SeveralFiles(most=store.MOST_BYTES, most_together=store.MOST_TOGETHER)]
    return csrf_protect(_say)(request, pk)


@planned_in("chats")
def _say(request: StaffRequest, pk: int) -> HttpResponse:
    case = chat_for(request.user, pk).case
    assert case is not None
    if hub.types(pk) and not request.POST.get("anyway"):
        return _refused(request, pk, gettext("They are still writing. Read it first, or send once more."), anyway=True)
    submission = request.POST.get("submission", "").replace("\x00", "")[:MOST_SUBMISSION]
    try:
        files = _brought(request)
        actions.answer_chat(case, request.user, request.POST.get("body", ""), submission=submission, files=files)
    except Refused as refused:
        return _refused(request, pk, refused.sentence())
    if _by_script(request):
        return JsonResponse({"submission": _new_submission()})
    return redirect(reverse("web:chat", args=[pk]) + "#last")


@require_POST
@staff
def typing(request: StaffRequest, pk: int) -> HttpResponse:
    """Pass on that this colleague types; kept nowhere."""
    visitor, person = chat_for(request.user, pk), request.user
    hub.pass_on(pk, visitor.pk, who=given_name(person.name, person.language), on=request.POST.get("on", "1") == "1")
    return JsonResponse({})


@require_POST
@staff
def read(request: StaffRequest, pk: int) -> HttpResponse:
    """Note up to where this colleague read."""
    actions.read_by_us(pk, request.user, whole(request.POST.get("id", "")) or 0)
    return JsonResponse({})


@require_POST
@staff
def seat(request: StaffRequest) -> HttpResponse:
    """Keep how many chats one takes at once."""
    most = whole(request.POST.get("most", ""))
    try:
        actions.keep_seat(request.user, -1 if most is None else most)
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, gettext("Kept."))
    return redirect("web:chats")


def _list(request: StaffRequest) -> dict[str, Any]:
    assert request.plan is not None
    found = listed_for(request.user, request.plan, request.LANGUAGE_CODE, clock.now())
    return {"list": found, "every": EVERY_SECONDS, "live": reverse("web:chats_stream")}


def _of_chat(request: StaffRequest, pk: int) -> dict[str, Any]:
    assert request.plan is not None
    visitor = chat_for(request.user, pk)
    return page_of(visitor, request.user, request.plan, request.LANGUAGE_CODE, clock.now())


def shown(request: StaffRequest, pk: int, *, more: Mapping[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """Return the page of one chat. more: what else it shows, such as why something was refused."""
    context = _of_chat(request, pk) | _list(request) | {"now": pk, "error": "", "anyway": False}
    context |= {"typed": request.POST.get("body", ""), "types": hub.types(pk)}
    context["submission"] = request.POST.get("submission", "") or _new_submission()
    return page(request, "web/chat.html", context | dict(more or {}), place="chats", status=status)


def _refused(request: StaffRequest, pk: int, why: str, *, anyway: bool = False) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({"refused": why, "anyway": anyway}, status=409)
    return shown(request, pk, more={"error": why, "anyway": anyway}, status=409)


def _brought(request: StaffRequest) -> list[Brought]:
    """Return the files that came. Raises Refused for the first that cannot be kept."""
    handlers = [each for each in request.upload_handlers if isinstance(each, SeveralFiles)]
    for each in handlers:
        for name, code in each.refused:
            raise attachments.refusal(name, code)
    given = [(each.name or "", each.chunks()) for each in request.FILES.getlist("files")]
    brought = attachments.bring_with_words(given)
    for one in brought:
        if one.refused:
            raise attachments.refusal(one.name, one.refused)
    return brought


def _by_script(request: StaffRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _new_submission() -> str:
    return uuid4().hex
