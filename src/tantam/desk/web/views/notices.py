"""What concerns whoever asks: the list, the bell's number, and how they want to be told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk.arrivals.access import waiting_for
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.notices import actions, push, wishes, words
from tantam.desk.notices.access import notice_for, notices_for, unread
from tantam.desk.notices.models import Hook, Kind, Notice, Shape, Wishes
from tantam.desk.web.calls import to_chat
from tantam.desk.web.doors import StaffRequest, one_s_own
from tantam.desk.web.pages import page

SHOWN = 50
MOST = 99
WAYS = (("push", _("In the browser")), ("mail", _("By mail")), ("hook", _("Webhook")))
WORKER = Path(__file__).resolve().parents[1] / "static" / "web" / "push_worker.js"
_ICONS = {
    Kind.HANDED: "swap",
    Kind.CUSTOMER: "inbox",
    Kind.MENTION: "person",
    Kind.PROMISE: "flag",
    Kind.APPROVAL: "check",
    Kind.WATCHED: "clock",
    Kind.BUDGET: "chart",
    Kind.DIRECTIVE: "doc",
    Kind.PROVIDER: "alert",
}
_CASE = re.compile(r"^/desk/cases/(\d{1,19})/")


@require_safe
@one_s_own
def show(request: StaffRequest) -> HttpResponse:
    """Show the notices, the newest first, a page at a time."""
    before = whole(request.GET.get("before", ""))
    last = notices_for(request.user).filter(pk=before).first() if before else None
    found = notices_for(request.user)
    found = found.filter(at__lt=last.at) if last else found
    shown = list(found[: SHOWN + 1])
    context = {
        "rows": [_row(each) for each in shown[:SHOWN]],
        "older": shown[SHOWN - 1].pk if len(shown) > SHOWN else None,
        "unread": unread(request.user, MOST + 1),
    }
    return page(request, "web/notices.html", context)


@require_safe
@one_s_own
def count(request: StaffRequest) -> HttpResponse:
    """Show the bell with the number of what is unread, how much lies in the tray, and how many chats wait.

    Who has a case open has read its news.
    """
    at = _CASE.match(urlsplit(request.headers.get("HX-Current-URL", "")).path)
    if at and request.method == "GET":
        actions.read_of_case(request.user, int(at.group(1)))
    number = unread(request.user, MOST + 1)
    lies = waiting_for(request.user)[: MOST + 1].count()
    marks = {"number": _shown(number), "trayed": _shown(lies), "chatting": to_chat(request.user)}
    answer = render(request, "web/bell.html", marks)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number or "")


@require_safe
@one_s_own
def go(request: StaffRequest, pk: int) -> HttpResponse:
    """Lead to what a notice is about; it is read now."""
    notice = notice_for(request.user, pk)
    if request.method == "GET":
        actions.read(notice)
    if notice.case_id:
        return redirect("web:case", notice.case_id)
    if notice.provider:
        return redirect("web:provider", notice.provider)
    return redirect("web:directive", notice.directive_id)


@require_POST
@one_s_own
def read_them(request: StaffRequest) -> HttpResponse:
    """Note that all were read."""
    actions.read_all(request.user)
    return redirect("web:notices")


@require_http_methods(["GET", "HEAD", "POST"])
@one_s_own
def ways(request: StaffRequest) -> HttpResponse:
    """Show how one is told, and keep what is chosen."""
    if request.method != "POST":
        return _ways(request)
    chosen = {kind: request.POST.getlist(f"way-{kind}") for kind in Kind.values}
    actions.choose_ways(request.user, chosen, request.POST.get("mail_every", ""))
    messages.success(request, gettext("Kept. You are told like this from now on."))
    return redirect("web:notice_ways")


@require_POST
@one_s_own
def hook(request: StaffRequest) -> HttpResponse:
    """Keep or take away one's webhook; for managers that of a team."""
    given = request.POST
    try:
        kept = actions.keep_hook(request.user, given.get("shape", ""), given.get("url", ""), team=given.get("team", ""))
    except Refused as refused:
        return _ways(request, refused.sentence(), 422)
    messages.success(request, gettext("The webhook is kept.") if kept else gettext("The webhook is taken away."))
    return redirect("web:notice_ways")


@require_POST
@one_s_own
def push_here(request: StaffRequest) -> HttpResponse:
    """Push to this browser from now on, or no more."""
    given = request.POST
    if given.get("off"):
        actions.unsubscribe(request.user, given.get("endpoint", ""))
        return HttpResponse(status=204)
    try:
        actions.subscribe(*(request.user, *(given.get(each, "") for each in ("endpoint", "p256dh", "auth"))))
    except Refused as refused:
        return HttpResponse(refused.sentence(), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@require_safe
@cache_control(max_age=3600, private=True)
@one_s_own
def service_worker(request: StaffRequest) -> HttpResponse:
    """Give the script that shows what is pushed; it stands here to serve all of the staff's pages."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


def _ways(request: StaffRequest, wrong: str = "", status: int = 200) -> HttpResponse:
    person = request.user
    chosen = wishes.wishes_of(person)
    teams = request.plan.team_choices(request.LANGUAGE_CODE) if request.plan and person.acts and person.manages else []
    own = Hook.objects.filter(person=person).first()
    context: dict[str, Any] = {
        "kinds": [(code, label, wishes.ways(chosen, code)) for code, label in Kind.choices],
        "ways": WAYS,
        "every": Wishes.Every.choices,
        "mail_every": chosen.mail_every,
        "shapes": Shape.choices,
        "hook": own,
        "teams": teams,
        "team_hooks": list(Hook.objects.exclude(team=None).order_by("team")) if teams else [],
        "key": push.public_key(),
        "wrong": wrong,
        "typed": request.POST,
    }
    return page(request, "web/notice_ways.html", context, status=status)


def _row(notice: Notice) -> dict[str, Any]:
    return {
        "notice": notice,
        "title": words.title(notice),
        "more": words.more(notice),
        "icon": _ICONS.get(Kind(notice.kind), "flag"),
        "subject": notice.case.subject if notice.case else "",
    }
