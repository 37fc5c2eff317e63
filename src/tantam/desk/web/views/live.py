"""What open pages ask every few seconds: did anything happen, and who else is here; mostly nothing is new."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.cases import presence
from tantam.desk.cases.access import case_for
from tantam.desk.web import live_mark
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.presence_words import said

AGAIN_MS = 4000  # as live.js asks


@require_safe
@staff
def inbox(request: StaffRequest) -> HttpResponse:
    """Answer 304 if nothing happened since the mark that the page holds, else the new mark.

    Who asks for events is given the mark as one, and when to come again; no connection is kept (docs/decisions/0013).
    """
    mark = live_mark.of_all()
    return _event(request, mark) if "text/event-stream" in request.headers.get("Accept", "") else _marked(request, mark)


@require_POST
@staff
def looking(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that the case is open here, and whether it is being answered; say who else is there, and its last event."""
    case = case_for(request.user, pk)
    if request.POST.get("leaves"):
        presence.leave(case, request.user)
        return HttpResponse(status=204)
    note = presence.typing if request.POST.get("typing") else presence.looking
    others = note(case, request.user)
    typing = any(each.typing for each in others)
    return JsonResponse({"said": said(others), "typing": typing, "mark": live_mark.of_case(case)})


def _marked(request: StaffRequest, mark: str) -> HttpResponse:
    tag = f'"{mark}"'
    same = request.headers.get("If-None-Match") == tag
    answer = HttpResponseNotModified() if same else HttpResponse(mark, content_type="text/plain")
    answer.headers["ETag"], answer.headers["Cache-Control"] = tag, "private, no-cache"
    return answer


def _event(request: StaffRequest, mark: str) -> HttpResponse:
    news = "" if request.headers.get("Last-Event-ID") == mark else f"id: {mark}\nevent: changed\ndata: {mark}\n\n"
    answer = HttpResponse(f"retry: {AGAIN_MS}\n\n{news}", content_type="text/event-stream; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
