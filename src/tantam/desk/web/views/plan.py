"""The plan as a document, with a margin that tells how each clause did."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tantam.desk import plans, reports
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.models import PlanVersion
from tantam.desk.reports import STRETCHES
from tantam.desk.web import figure_words
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.margin import with_margin
from tantam.desk.web.pages import page


@require_safe
@staff
def show(request: StaffRequest) -> HttpResponse:
    """Show the plan in force, or the version asked for; managers see its figures in the margin."""
    if request.plan is None:
        return page(request, "web/no_plan.html", {}, place="plan")
    plan = _asked(request.GET.get("version", ""), request.plan)
    stretch = reports.stretch(request.GET.get("stretch", ""), clock.now())
    figures = reports.clause_figures(stretch) if request.user.manages else {}
    body = plan.body(request.LANGUAGE_CODE, "staff")
    context = {
        "shown": plan,
        "company": plan.company(request.LANGUAGE_CODE),
        "body": with_margin(body, figures, stretch.code),
        "versions": PlanVersion.objects.order_by("-number").defer("frozen").select_related("enacted_by")[:20],
        "findings": [each.sentence(request.LANGUAGE_CODE) for each in plan.plan.findings],
        "stretch": stretch.code,
        "stretches": [(each, figure_words.stretch(each)) for each in STRETCHES] if figures else [],
    }
    return page(request, "web/plan.html", context, place="plan")


def _asked(number: str, in_force: RunningPlan) -> RunningPlan:
    if not number.isdigit() or int(number) == in_force.number:
        return in_force
    try:
        return plans.version(int(number))
    except plans.NoPlan as missing:
        raise Http404 from missing
