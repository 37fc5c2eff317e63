"""A case's procedure: do a step, leave one out, go back, choose another, and the whole of it as a picture."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tantam.desk.cases.access import case_for
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans import pictures
from tantam.desk.procedures import actions
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.standing import standing_of
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.steps import all_behind, answers_for, last_run, standing_and_gone, steps_of, walker_for
from tantam.desk.web.views.case import acting


@acting
def do_it(request: StaffRequest, case: Case, step: int) -> str:
    """Do a step with what was learned."""
    given = request.POST
    done = actions.Done(_answers(request, case, step), given.get("when", ""), given.get("note", ""))
    actions.do_step(case, request.user, step, done)
    return gettext("Done. The case goes on.")


@acting
def skip_it(request: StaffRequest, case: Case, step: int) -> str:
    """Leave a step out, with the reason."""
    actions.skip_step(case, request.user, step, request.POST.get("reason", ""), when=request.POST.get("when", ""))
    return gettext("Left out. Your reason stands in the history.")


@acting
def go_back_to(request: StaffRequest, case: Case, step: int) -> str:
    """Go back to a step."""
    actions.go_back(case, request.user, step)
    return gettext("The step is open again.")


@acting
def begin_one(request: StaffRequest, case: Case) -> str:
    """Begin a procedure, or another one."""
    actions.begin(case, request.user, request.POST.get("procedure", ""))
    return gettext("The case follows this procedure now.")


@acting
def stop_it(request: StaffRequest, case: Case) -> str:
    """Stop the procedure."""
    actions.stop(case, request.user, request.POST.get("reason", ""))
    return gettext("Stopped. The case goes on without a procedure.")


@require_safe
@staff
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the whole procedure with the case in it; `?part=cards` only its cards, for the case's page."""
    case = case_for(request.user, pk)
    run = last_run(case)
    walker = walker_for(run, case, clock.now()) if run else None
    if run is None or walker is None or request.plan is None:
        raise Http404
    lang, (standing, gone) = request.LANGUAGE_CODE, standing_and_gone(run)
    cards = mark_safe(pictures.cards(walker, standing, gone, lang))  # noqa: S308 - drawn here, every word escaped
    if request.GET.get("part") == "cards":
        return HttpResponse(cards)
    context = {
        "case": case,
        "steps": steps_of(run, walker, request.user, lang, _Nothing()),
        "behind": all_behind(run, walker, lang),
        "lanes": mark_safe(pictures.lanes(walker, standing, gone, lang)),  # noqa: S308 - as above
        "cards": cards,
        "run": run,
    }
    return page(request, "web/procedure.html", context, place="inbox")


@require_safe
@cache_control(public=True, max_age=3600)
def diagram_style(request: object) -> HttpResponse:
    """Return the style sheet of the pictures; anybody may read it."""
    return HttpResponse(pictures.style(), content_type="text/css; charset=utf-8")


class _Nothing:
    """Nothing was written in a form."""

    verb = error = ""
    fields: dict[str, str] = {}


def _answers(request: StaffRequest, case: Case, number: int) -> dict[str, str]:
    """Return what was filled in. Raises Refused for what no field takes, and for a step that has gone on."""
    run = last_run(case)
    token = standing_of(run).token(number) if run and run.state == Run.State.RUNNING else None
    walker = walker_for(run, case, clock.now()) if run and token else None
    if token is None or walker is None:
        raise Refused("step_gone")
    form = answers_for(walker, token, request.LANGUAGE_CODE, request.POST)
    if not form.is_valid():
        raise Refused("unreadable_answer", why=" ".join(each for errors in form.errors.values() for each in errors))
    return form.answers()
