"""Where a case goes: back down, back to who had it, graver or milder; and the list of cases that nobody moves."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tantam.desk.cases import actions
from tantam.desk.cases.models import Case
from tantam.desk.cases.routing.watching import unmoved
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan
from tantam.desk.plans import routing as by_plan
from tantam.desk.web import case_words
from tantam.desk.web.doors import StaffRequest, overseers
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned_in
from tantam.desk.web.views.case import acting, seen

MOST = 200


@require_safe
@overseers
@planned_in("inbox")
def watch(request: StaffRequest) -> HttpResponse:
    """List the cases that nobody moved for longer than their level may let one lie, with why each stands here."""
    plan, lang = request.plan, request.LANGUAGE_CODE
    found = unmoved(request.user, clock.now(), most=MOST)
    levels = {each.case.level for each in found}
    patience = {each: _patience(plan, each, lang) for each in levels}
    context = {
        "rows": [
            {"case": each.case, "since": each.since, "level": patience[each.case.level], "where": _where(each.case)}
            for each in found
        ],
        "most": MOST if len(found) == MOST else 0,
    }
    return page(request, "web/watch.html", context, place="watch")


def _patience(plan: RunningPlan, level: str, lang: str) -> dict[str, str]:
    return {
        "label": plan.level_label(level, lang),
        "patience": by_plan.patience_words(plan, level, lang),
        "clause": by_plan.patience_clause(plan, level),
    }


def _where(case: Case) -> str:
    return case_words.where(case)


@acting
def grade_it(request: StaffRequest, case: Case) -> str:
    """Say how severe it is after all."""
    given = request.POST
    graded = actions.grade(
        case, request.user, given.get("severity", ""), note=given.get("note", ""), seen=seen(request)
    )
    return gettext("Noted how severe it is.") if graded.level == case.level else gettext("Given to the level above.")


@acting
def deescalate_it(request: StaffRequest, case: Case) -> str:
    """Bring it back down."""
    actions.deescalate(case, request.user, request.POST.get("note", ""), seen=seen(request))
    return gettext("Back at the level below.")


@acting
def give_it_back(request: StaffRequest, case: Case) -> str:
    """Give it back to who had it before they were away."""
    actions.give_back(case, request.user, seen=seen(request))
    return gettext("Given back.")
