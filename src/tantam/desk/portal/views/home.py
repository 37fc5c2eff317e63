"""The first page: one question, four choices, who is there now, and what is promised and kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from tantam.desk import reports
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan, chatting
from tantam.desk.portal.choices import before_buying, choices
from tantam.desk.portal.pages import language_of, page, with_plan
from tantam.desk.portal.reach import quickest, seconds_left, ways_in
from tantam.desk.portal.vows import vows


@require_safe
@with_plan
def home(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Show the first page."""
    now, lang = clock.now(), language_of(request, plan)
    found = ways_in(plan, lang, now)
    way = quickest(found)
    context = {
        "choices": choices(plan),
        "sells_now": bool(before_buying(plan, lang)),
        "openness": plan.openness(now),
        "way": way,
        "other_ways": [each for each in found if each is not way],
        "chat": chatting.channel(plan),
        "chat_open": chatting.openness(plan, now).open,
        "vows": vows(plan, lang, reports.stretch("quarter", now)),
    }
    shown = page(request, "portal/home.html", plan, context)
    patch_cache_control(shown, private=True, max_age=seconds_left(plan, now))  # what is said of now holds so long
    return shown


@require_safe
@with_plan
def published(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Show the plan in force as its customers read it."""
    lang = language_of(request, plan)
    return page(request, "portal/plan.html", plan, {"body": plan.body(lang, "customer"), "plan_language": lang})
