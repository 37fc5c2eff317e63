"""Departments and limits: what each department has to do, what is asked of it, and where exceptions were made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tantam.desk.cases import actions
from tantam.desk.cases.departments import queue
from tantam.desk.cases.ledger import PromiseChip, chip
from tantam.desk.cases.limits import EXCEPTED, met
from tantam.desk.cases.models import Case, CaseEvent, Message
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.plans import RunningPlan, departments, limits
from tantam.desk.plans.care import department_label
from tantam.desk.plans.care import departments as all_departments
from tantam.desk.web import case_words
from tantam.desk.web.doors import StaffRequest, overseers, staff
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned
from tantam.desk.web.views.case import acting

MOST = 50


@acting
def ask_it(request: StaffRequest, case: Case) -> str:
    """Ask a department for what it owes (`department.deliverable`)."""
    department, _, name = request.POST.get("owing", "").partition(".")
    owing = departments.named(request.plan, department, name) if request.plan else None
    if owing is None or request.plan is None:
        raise Refused("nothing_owed")
    once = request.POST.get("submission") or None
    inner = actions.ask_department(case, request.user, owing, request.POST.get("words", ""), submission=once)
    asked = {"department": department_label(request.plan, department, request.LANGUAGE_CODE), "case": inner.reference}
    return gettext("Asked: %(department)s. Its case is %(case)s.") % asked


@acting
def except_it(request: StaffRequest, case: Case) -> str:
    """Make an exception from a limit."""
    actions.except_limit(case, request.user, request.POST.get("reason", ""))
    return gettext("Exception made. The review reads your reason.")


@acting
def decline_it(request: StaffRequest, case: Case) -> str:
    """Decline what the plan says that we do not do."""
    actions.decline_by_limit(case, request.user, request.POST.get("rule", ""))
    return gettext("Declined kindly, with where to turn.")


@require_safe
@staff
@planned
def index(request: StaffRequest, name: str = "") -> HttpResponse:
    """Show the departments, and what the chosen one has to do."""
    plan, lang = request.plan, request.LANGUAGE_CODE
    assert plan is not None
    every = [each for each in all_departments(plan, lang) if not each.stakeholder]
    chosen = name or (every[0].name if every else "")
    waiting = queue(request.user, chosen) if chosen else Case.objects.none()
    cases = leaf(waiting.prefetch_related("promises"), request.GET, most=MOST)
    if name and not cases and name not in {each.name for each in every}:
        raise Http404  # a department that the plan no longer has is shown as long as something is left to do
    context = {
        "departments": every,
        "chosen": chosen,
        "label": department_label(plan, chosen, lang) if chosen else "",
        "rows": cases.of(lambda each: {"case": each, "owed": _owed(each, plan)}),
        "owes": [
            (departments.what(plan, each.clause, lang), departments.within(plan, each, lang), each.clause)
            for each in departments.owed(plan)
            if each.department == chosen
        ],
    }
    return page(request, "web/departments.html", context, place="departments")


def _owed(case: Case, plan: RunningPlan) -> list[tuple[PromiseChip, str]]:
    """Return the chip and the words of each promise."""
    now = clock.now()
    return [(chip(each, now), case_words.promise(plan, each.kind, each.clause)) for each in case.promises.all()]


@require_safe
@overseers
@planned
def limits_met(request: StaffRequest) -> HttpResponse:
    """Show where limits were met and exceptions made, newest first, a page at a time."""
    plan, lang = request.plan, request.LANGUAGE_CODE
    assert plan is not None
    before, rule, only = whole(request.GET.get("before", "")), request.GET.get("rule", ""), request.GET.get("only", "")
    found = met().filter(args__rule=rule) if rule else met()
    if only == EXCEPTED:
        found = found.filter(code=EXCEPTED)
    events = list((found.filter(pk__lt=before) if before else found)[: MOST + 1])
    shown = events[:MOST]
    context = {
        "rows": _met_rows(shown, plan, lang),
        "older": shown[-1].pk if len(events) > MOST else None,
        "rules": [(each.name, limits.label(plan, each.name, lang)) for each in limits.rules(plan)],
        "rule": rule,
        "only": only,
    }
    return page(request, "web/limits.html", context, place="limits")


def _met_rows(events: Sequence[CaseEvent], plan: RunningPlan, lang: str) -> list[dict[str, Any]]:
    """Return each event with what it was about; an exception with the reason that was written. One query."""
    reasons = Message.objects.in_bulk([each.args["message"] for each in events if each.code == EXCEPTED])
    return [
        {
            "event": each,
            "case": each.case,
            "what": limits.label(plan, each.args["rule"], lang),
            "reason": reasons[each.args["message"]].body if each.args.get("message") in reasons else "",
            "excepted": each.code == EXCEPTED,
        }
        for each in events
    ]
