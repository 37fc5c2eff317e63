"""The tray: what came in and became no message, why, and what somebody does about it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.arrivals import actions, intake
from tantam.desk.arrivals.access import (
    arrival_for,
    may_see_to,
    passed_over_for,
    stopped_for,
    thrown_for,
    waiting_for,
)
from tantam.desk.arrivals.models import Arrival
from tantam.desk.arrivals.screening import HELD
from tantam.desk.cases.access import case_for
from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused
from tantam.desk.spam.actions import take_back as take_back_marked
from tantam.desk.web.doors import StaffRequest, workers
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.tray_words import VIEWS, because_of, remedy

MOST = 50
LISTS = {"waiting": waiting_for, "spam": stopped_for, "machines": passed_over_for, "thrown": thrown_for}


@require_safe
@workers
def show(request: StaffRequest) -> HttpResponse:
    """List what waits; `?view=` what was stopped as spam, what machines wrote, or what was thrown away."""
    _of_the_house(request)
    view = request.GET.get("view", "")
    view = view if view in LISTS else "waiting"
    rows = leaf(LISTS[view](request.user), request.GET, most=MOST)
    shown = [(each, because_of(each)) for each in rows]
    context = {"rows": rows, "shown": shown, "view": view, "views": [(name, str(each)) for name, each in VIEWS.items()]}
    return page(request, "web/tray.html", context, place="tray")


@require_safe
@workers
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one, and what can be done about it."""
    return _page(request, arrival_for(request.user, pk))


@require_safe
@workers
def raw(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer with what came, as it came: to be saved, and never shown as a page."""
    found = arrival_for(request.user, pk)
    if found.let_go_at is not None:
        raise Http404
    answer = HttpResponse(bytes(found.raw), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.channel}-{found.pk}.txt"'
    return answer


def doing(act: Callable[[StaffRequest, Arrival], HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view of something done to one arrival; refused, its page says why."""

    @require_POST
    @workers
    def view(request: StaffRequest, pk: int) -> HttpResponse:
        found = arrival_for(request.user, pk)
        try:
            return act(request, found)
        except Refused as refused:
            return _page(request, arrival_for(request.user, pk), refused.sentence())

    return view


@doing
def make_case(request: StaffRequest, arrival: Arrival) -> HttpResponse:
    """Make a case of it."""
    case = actions.make_case(arrival, request.user)
    messages.success(request, gettext("It is a case now."))
    return redirect("web:case", case.pk)


@doing
def put_to_case(request: StaffRequest, arrival: Arrival) -> HttpResponse:
    """Put it to the case whose reference was written."""
    case = actions.put_to_case(arrival, _case(request), request.user)
    messages.success(request, gettext("It is in this case now."))
    return redirect("web:case", case.pk)


@doing
def throw_away(request: StaffRequest, arrival: Arrival) -> HttpResponse:
    """Throw it away."""
    actions.throw_away(arrival, request.user)
    messages.success(request, gettext("Thrown away. For 30 days you find it under “Thrown away”."))
    return redirect("web:tray")


@doing
def take_back(request: StaffRequest, arrival: Arrival) -> HttpResponse:
    """Take back what was thrown away."""
    take_back_marked(arrival, request.user)
    messages.success(request, gettext("It is in the tray again."))
    return redirect("web:tray_one", arrival.pk)


def _page(request: StaffRequest, found: Arrival, refused: str = "") -> HttpResponse:
    context = {
        "arrival": found,
        "said": intake.said_by(found) if request.plan else None,
        "remedy": remedy(found.problem),
        "because": because_of(found),
        "held": found.problem in HELD,
        "open": found.case_id is None and found.thrown_at is None,
        "refused": refused,
        "typed": request.POST.get("case", ""),
    }
    return page(request, "web/tray_one.html", context, place="tray", status=409 if refused else 200)


def _case(request: StaffRequest) -> Case:
    """Return the case that was written. Raises Refused("unknown_case")."""
    written = request.POST.get("case", "").strip()
    try:
        return case_for(request.user, written)
    except Http404 as none:
        raise Refused("unknown_case", got=written[:40]) from none


def _of_the_house(request: StaffRequest) -> None:
    if not may_see_to(request.user):
        raise Http404
