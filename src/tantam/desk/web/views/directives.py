"""Directives: what counts otherwise for a while, what it means, who has read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk.cases import moving
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans import PlanHasFindings, PlanUnreadable, directives
from tantam.desk.plans.actions import NewDirective, acknowledge, direct, withdraw_directive
from tantam.desk.plans.findings import FindingShown, shown
from tantam.desk.plans.models import Directive
from tantam.desk.web import moving_page
from tantam.desk.web.directive_form import DirectiveForm, field_of
from tantam.desk.web.doors import StaffRequest, managers, staff
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned_in

LIST = 100
MOST_NAMES = 200


@require_safe
@staff
def index(request: StaffRequest) -> HttpResponse:
    """Show the directives that count, are coming, and are over."""
    now = clock.now()
    every = list(directives.directives_for(request.user)[:LIST])
    context = {
        "counting": [each for each in every if each.begins_at <= now < each.until],
        "coming": [each for each in every if now < each.begins_at < each.until],
        "over": [each for each in every if each.until <= now],
    }
    return page(request, "web/directives.html", context, place="plan")


@require_http_methods(["GET", "HEAD", "POST"])
@managers
@planned_in("plan")
def new(request: StaffRequest) -> HttpResponse:
    """Show the form; what a directive would mean, before it counts; and let it count."""
    form = DirectiveForm(request.plan, request.LANGUAGE_CODE, *([request.POST] if request.method == "POST" else []))
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, status=422 if form.errors else 200)
    try:
        wanted = form.new()
        if "direct" in request.POST:
            return redirect("web:directive", direct(wanted, person=request.user).number)
        return _form(request, form, **_meaning(request, wanted))
    except Refused as refused:
        form.add_error(field_of(refused.code), refused.sentence())
        return _form(request, form, status=422)
    except (PlanHasFindings, PlanUnreadable) as wrong:
        return _form(request, form, findings=shown(wrong.findings, (), request.LANGUAGE_CODE), status=422)


@require_safe
@staff
def show(request: StaffRequest, number: int) -> HttpResponse:
    """Show one directive: what it changes, why, and, to managers, who has read it."""
    return _show(request, directives.directive_for(request.user, number))


@require_POST
@staff
def read(request: StaffRequest, number: int) -> HttpResponse:
    """Note that the reader knows the directive."""
    acknowledge(directives.directive_for(request.user, number), request.user)
    return redirect("web:directive", number)


@require_POST
@managers
def withdraw(request: StaffRequest, number: int) -> HttpResponse:
    """Let a directive count no longer."""
    directive = directives.directive_for(request.user, number)
    try:
        withdraw_directive(directive, person=request.user)
    except Refused as refused:
        return _show(request, directive, refused=refused.sentence())
    except (PlanHasFindings, PlanUnreadable) as wrong:
        return _show(request, directive, findings=shown(wrong.findings, (), request.LANGUAGE_CODE))
    return redirect("web:directive", number)


def _meaning(request: StaffRequest, wanted: NewDirective) -> dict[str, Any]:
    """Return what the directive would change, in words, and which open promises would be due otherwise under it."""
    found = directives.preview(wanted)
    due = Case.objects.filter(status__in=Case.UNDER_WAY, next_due_at__lt=wanted.ends)
    owed = due.order_by("next_due_at", "id")
    looked = moving.preview_many(owed, found.plan, clock.now())
    anyway = moving.preview_many(owed, found.before, clock.now())
    return {
        "wanted": wanted,
        "changes": found.changes,
        "conflicts": found.conflicts,
        "groups": moving_page.groups(moving.besides(looked, anyway), found.plan, request.LANGUAGE_CODE),
        "looked": len(looked),
    }


def _form(
    request: StaffRequest,
    form: DirectiveForm,
    *,
    findings: Sequence[FindingShown] = (),
    status: int = 200,
    **meaning: Any,
) -> HttpResponse:
    context = {"form": form, "findings": findings, **meaning}
    return page(request, "web/directive_new.html", context, place="plan", status=status)


def _show(
    request: StaffRequest, directive: Directive, *, refused: str = "", findings: Sequence[FindingShown] = ()
) -> HttpResponse:
    done, waiting = directives.readers(directive)
    lang = request.LANGUAGE_CODE
    context = {
        "directive": directive,
        "counts": directive.begins_at <= clock.now() < directive.until,
        "over": directive.until <= clock.now(),
        "changes": directives.meaning(directive),
        "levels": [request.plan.level_label(each, lang) for each in directive.levels] if request.plan else [],
        "teams": directive.teams,
        "notices": list(directive.notice.items()),
        "done": leaf(done, request.GET, most=MOST_NAMES, name="done", at="readers"),
        "waiting": leaf(waiting, request.GET, most=MOST_NAMES, name="waiting", at="readers"),
        "counts_of": {"done": len(done), "waiting": len(waiting)},
        "mine": next((each for each in done if each.person_id == request.user.pk), None),
        "binds": directives.binds(directive, request.user),
        "refused": refused,
        "findings": findings,
    }
    status = 422 if refused or findings else 200
    return page(request, "web/directive.html", context, place="plan", status=status)
