"""The manager's figures: promises kept, goals against reality, week by week; each number opens its cases."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tantam.desk import reports
from tantam.desk.cases.access import cases_for
from tantam.desk.common import clock
from tantam.desk.reports import STRETCHES
from tantam.desk.web import case_words, figure_words
from tantam.desk.web.charts import days_chart, goal_row, weeks_cell
from tantam.desk.web.doors import StaffRequest, managers
from tantam.desk.web.pages import page
from tantam.history.former import MEASURES, USES, Ended, Part, Which

ENDS = {"all": ("kept", "broken"), "kept": ("kept",), "broken": ("broken",), "used": USES}


@require_safe
@managers
def show(request: StaffRequest) -> HttpResponse:
    """Show the figures of one stretch of time."""
    if request.plan is None:
        return page(request, "web/no_plan.html", {}, place="measures")
    lang, plan = request.LANGUAGE_CODE, request.plan
    stretch = reports.stretch(request.GET.get("stretch", ""), clock.now())
    kept = reports.measured("promises_kept", stretch)
    context = {
        "stretch": stretch.code,
        "stretches": [(each, figure_words.stretch(each)) for each in STRETCHES],
        "kept": kept,
        "broken": kept.n - kept.hits,
        "trend": figure_words.trend(kept, plan, lang),
        "days": days_chart(reports.days_kept(stretch), stretch),
        "goals": [goal_row(each, plan, lang) for each in reports.goals_seen(plan, stretch)],
        "weeks": [weeks_cell(reports.measured(each, stretch), plan, lang) for each in MEASURES],
        "kinds": [(each, case_words.promise(plan, each.kind)) for each in reports.kept_by_kind(stretch)],
    }
    return page(request, "web/measures.html", context, place="measures")


@require_safe
@managers
def cases(request: StaffRequest, name: str) -> HttpResponse:
    """Show the cases behind one figure: how each of its promises ended. name: a kind of promise, or `promises_kept`."""
    if request.plan is None:
        raise Http404
    stretch = reports.stretch(request.GET.get("stretch", ""), clock.now())
    asked = {each: request.GET.get(each, "") for each in ("clause", "stage", "group")}
    ends = request.GET.get("ends", "all")
    kind = "" if name == "promises_kept" else name
    which = Which(ENDS.get(ends, ENDS["all"]), kind=kind, clause=asked["clause"])
    ended = reports.ended(stretch, which, Part(stage=asked["stage"], group=asked["group"]))
    plan = request.plan
    context = {
        "rows": _rows(request, ended, once=ends == "used"),
        "stretch": stretch.code,
        "stretches": [(each, figure_words.stretch(each)) for each in STRETCHES],
        "ends": ends if ends in ENDS else "all",
        "choices": [(each, figure_words.ends(each)) for each in _choices(asked["clause"])],
        "what": case_words.promise(plan, kind) if kind else figure_words.all_promises(),
        "clause": asked["clause"],
        "whose": figure_words.whose(plan, asked["group"], asked["stage"], request.LANGUAGE_CODE),
        "kept_query": urlencode({key: value for key, value in asked.items() if value}),
        "name": name,
    }
    return page(request, "web/measure_cases.html", context, place="measures")


def _choices(clause: str) -> list[str]:
    return ["all", "kept", "broken", *(["used"] if clause else [])]


def _rows(request: StaffRequest, ended: list[Ended], *, once: bool) -> list[dict[str, Any]]:
    """Return the ends with their cases; once: each case only by its newest."""
    assert request.plan is not None
    known = cases_for(request.user).select_related("customer").in_bulk({each.case for each in ended})
    rows = [
        {
            "case": known[each.case],
            "end": each,
            "what": case_words.promise(request.plan, each.kind, each.clause) if each.kind else "–",
            "took": figure_words.took(each),
            "at": each.at,
        }
        for each in ended
        if each.case in known
    ]
    return list({each["end"].case: each for each in reversed(rows)}.values())[::-1] if once else rows
