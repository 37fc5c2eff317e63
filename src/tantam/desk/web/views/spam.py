"""What colleagues say of what came: spam, or none; one by one or many at once, and on a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals.access import arrival_for, may_see_to
from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.spam import actions
from tantam.desk.web.doors import StaffRequest, workers
from tantam.desk.web.tray_words import VIEWS
from tantam.desk.web.views.case import acting, seen
from tantam.desk.web.views.tray import MOST, doing

MARKS: dict[str, Callable[[Arrival, Person], object]] = {
    "spam": actions.call_spam,
    "let_in": actions.let_in,
    "take_back": actions.take_back,
}


@doing
def call_spam(request: StaffRequest, arrival: Arrival) -> HttpResponse:
    """Say that it is spam."""
    actions.call_spam(arrival, request.user)
    messages.success(request, gettext("Spam. The score has learned it; for 30 days you can take it back."))
    return redirect(reverse("web:tray") + "?view=thrown")


@doing
def let_in(request: StaffRequest, arrival: Arrival) -> HttpResponse:
    """Say that it is none, and let it in."""
    case = actions.let_in(arrival, request.user)
    messages.success(request, gettext("It is a case now, as of when it came. The score has learned it."))
    return redirect("web:case", case.pk)


@require_POST
@workers
def mark(request: StaffRequest) -> HttpResponse:
    """Say the same of all that are ticked; what somebody else saw to meanwhile is left alone, and said."""
    if not may_see_to(request.user):
        raise Http404
    view = request.POST.get("view", "")
    numbers = [found for each in request.POST.getlist("arrival")[:MOST] if (found := whole(each)) is not None]
    if act := MARKS.get(request.POST.get("mark", "")):
        _say(request, numbers, act)
    return redirect(reverse("web:tray") + (f"?view={view}" if view in VIEWS else ""))


def _say(request: StaffRequest, numbers: Sequence[int], act: Callable[[Arrival, Person], object]) -> None:
    """Do it to each, and say how many were done and why others were not."""
    done, why = 0, ""
    for number in numbers:
        try:
            act(arrival_for(request.user, number), request.user)
            done += 1
        except Refused as refused:
            why = refused.sentence()
        except Http404:
            why = Refused("tray_seen_to").sentence()
    if done:
        messages.success(request, ngettext("%(n)d done.", "%(n)d done.", done) % {"n": done})
    if why or not numbers:
        messages.warning(request, why or gettext("Nothing is ticked. Tick some in the list first."))


@acting
def call_case_spam(request: StaffRequest, case: Case) -> str:
    """Say that a case is spam."""
    actions.call_case_spam(case, request.user, seen=seen(request))
    return gettext("Closed as spam. Nobody was written to.")


@acting
def clear_case(request: StaffRequest, case: Case) -> str:
    """Take back that a case is spam."""
    actions.clear_case(case, request.user)
    return gettext("Open again, with new promises.")
