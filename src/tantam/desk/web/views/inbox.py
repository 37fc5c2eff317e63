"""The inbox: what is owed first, and to whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tantam.desk.cases.inbox import VIEWS, InboxPage, View, inbox
from tantam.desk.common import clock
from tantam.desk.web import alarm_words, inbox_words, ribbon
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.rows import row_shown

LIMIT = 50


@require_safe
@staff
def show(request: StaffRequest) -> HttpResponse:
    """Show one view of the inbox, a page at a time."""
    if request.plan is None:
        return page(request, "web/no_plan.html", {}, place="inbox")
    now = clock.now()
    asked = request.GET.get("view", "")
    view = next((each for each in VIEWS if each == asked), _first_view(request))
    found = inbox(request.user, view, now=now, after=request.GET.get("after", ""), limit=LIMIT)
    context = {
        "view": view,
        "views": [(each, inbox_words.view(each), found.views[each], each[0]) for each in VIEWS],
        "title": inbox_words.view(view),
        "groups": _groups(request, found),
        "counts": found.counts,
        "owed": sum(found.counts.values()),
        "after": found.after,
        "paged": "after" in request.GET,
        "ribbon": ribbon.today(request.user, now),
        "alarms": alarm_words.findings(request.plan, request.LANGUAGE_CODE) if request.user.manages else [],
    }
    return page(request, "web/inbox.html", context, place="inbox")


def _first_view(request: StaffRequest) -> View:
    """Who answers at a level begins with it; who manages begins with all."""
    return "level" if request.user.level else "all"


def _groups(request: StaffRequest, found: InboxPage) -> list[dict[str, Any]]:
    assert request.plan is not None
    return [
        {
            "code": code,
            "look": inbox_words.LOOKS[code],
            "title": inbox_words.group(code),
            "hint": inbox_words.hint(code),
            "count": found.counts[code],
            "rows": [row_shown(each, request.plan, request.LANGUAGE_CODE) for each in rows],
        }
        for code, rows in found.groups
    ]
