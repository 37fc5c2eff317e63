"""The inbox: what is owed first, and to whom."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from tantam.desk.cases.inbox import page_of
from tantam.desk.common import clock
from tantam.desk.plans import ways
from tantam.desk.web import alarm_words, inbox_page, live_mark, ribbon
from tantam.desk.web.calls import calls, to_call
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned_in

LIMIT = 50


@require_safe
@staff
@planned_in("inbox")
def show(request: StaffRequest) -> HttpResponse:
    """Show one view of the inbox, narrowed by a filter, a page at a time."""
    now, mark = clock.now(), live_mark.of_all_now()
    asked = inbox_page.asked(request.GET, request.user, request.plan)
    if inbox_page.chose_a_menu(request.GET) and asked.wrong is None:
        return redirect(request.path + asked.href())
    found = page_of(request.user, asked.listing, request.plan, now=now, limit=LIMIT)
    if asked.wrong is not None:  # to list everything would look as if it all matched
        found = replace(found, groups=(), counts={}, after="", before="")
    context = inbox_page.context(request, asked, found) | {"mark": mark}
    if request.headers.get("X-Live") == "list":
        return page(request, "web/inbox_live.html", context, place="inbox")
    context |= inbox_page.rail(request, asked, found) | {
        "menus": inbox_page.menus(request, asked),
        "calls": calls(request.user, request.plan, now),
        "to_call": to_call(request.user),
        "chats": ways.has(request.plan, ways.CHAT),
        "ribbon": ribbon.today(request.user, now),
        "alarms": alarm_words.findings(request.plan, request.LANGUAGE_CODE) if request.user.oversees else [],
    }
    return page(request, "web/inbox.html", context, place="inbox")
