"""The plan as a document, with a margin that tells how each clause did."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tantam.desk import plans, reports
from tantam.desk.common import clock
from tantam.desk.common.numbers import whole
from tantam.desk.plans import RunningPlan, versions
from tantam.desk.plans.languages import language_for
from tantam.desk.plans.paper import style
from tantam.desk.plans.seeing import sees_house
from tantam.desk.reports import STRETCHES
from tantam.desk.web import figure_words, group_findings
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.margin import with_margin
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned_in


@require_safe
@staff
@planned_in("plan")
def show(request: StaffRequest) -> HttpResponse:
    """Show the plan in force, or the version asked for, with its figures in the margin; managers open their cases."""
    plan = _asked(request.GET.get("version", ""), request.plan)
    stretch = reports.stretch(request.GET.get("stretch", ""), clock.now())
    figures = reports.clause_figures(reports.figures(), plan, stretch)
    lang = language_for(plan, request.LANGUAGE_CODE)
    body = plan.body(lang, "staff")
    context = {
        "shown": plan,
        "company": plan.company(lang),
        "body": with_margin(body, figures, stretch.code if request.user.oversees else None),
        "versions": versions.newest(20),
        "findings": plan.findings(lang),
        "of_customers": _of_customers(request, plan, lang),
        "stretch": stretch.code,
        "stretches": [(each, figure_words.stretch(each)) for each in STRETCHES],
    }
    return page(request, "web/plan.html", context, place="plan")


@require_safe
@cache_control(public=True, max_age=3600)
def paper_style(request: HttpRequest) -> HttpResponse:
    """Return the style sheet of the published plan; anybody may read it."""
    return HttpResponse(style(), content_type="text/css; charset=utf-8")


def _of_customers(request: StaffRequest, shown: RunningPlan, lang: str) -> list[group_findings.Found]:
    """Return what is odd about the customers, to managers of the house, of the plan in force."""
    if not request.user.manages or not sees_house(request.user) or shown != request.plan:
        return []
    return group_findings.found(request.user, shown, lang, clock.now())


def _asked(number: str, in_force: RunningPlan) -> RunningPlan:
    asked = whole(number)
    if asked is None or asked == in_force.number:
        return in_force
    try:
        return plans.version(asked)
    except plans.NoPlan as missing:
        raise Http404 from missing
