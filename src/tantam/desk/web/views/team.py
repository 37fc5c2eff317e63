"""The team's page: who is on shift today, who is here, who is away and who stands in; and one's own absence."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.accounts.access import colleagues
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.duty import actions
from tantam.desk.plans.duty import day as bounds_of
from tantam.desk.web.absence_form import AbsenceForm
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned
from tantam.desk.web.team_page import team_page

ONE_DAY = timedelta(days=1)


@require_safe
@staff
@planned
def show(request: StaffRequest) -> HttpResponse:
    """Show the day asked for, today without one."""
    return _shown(request, AbsenceForm(people=_people(), by=request.user), 200)


def _shown(request: StaffRequest, form: AbsenceForm, status: int) -> HttpResponse:
    assert request.plan is not None
    today = clock.now().astimezone(ZoneInfo(request.plan.timezone)).date()
    context = team_page(request.user, request.plan, request.LANGUAGE_CODE, _day(request, today))
    context |= {"form": form, "today": today}
    return page(request, "web/team.html", context, place="team", status=status)


def _people() -> list[Person]:
    return list(colleagues()[:500])


def _day(request: StaffRequest, today: date) -> date:
    """Return the day asked for, if it is within ten years; else today."""
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return asked if abs((asked - today).days) < 3650 else today


@require_POST
@staff
def presence(request: StaffRequest) -> HttpResponse:
    """Say that one is here, busy or gone."""
    try:
        actions.show_presence(request.user, request.POST.get("state", ""))
    except Refused as refused:
        messages.error(request, refused.sentence())
    return redirect("web:team")


@require_POST
@staff
@planned
def away(request: StaffRequest) -> HttpResponse:
    """Enter an absence: one's own, or for managers anybody's."""
    assert request.plan is not None
    people = _people()
    form = AbsenceForm(request.POST, people=people, by=request.user)
    if not form.is_valid():
        return _shown(request, form, 422)
    got = form.cleaned_data
    by_id = {str(each.pk): each for each in [request.user, *people]}
    person = by_id.get(got.get("person") or str(request.user.pk), request.user)
    absence = actions.Away(
        since=_begins(request, got["since"]),
        until=_begins(request, got["until"] + ONE_DAY),
        why=got["why"],
        deputy=by_id.get(got["deputy"]),
    )
    try:
        actions.be_away(person, request.user, absence)
    except Refused as refused:
        form.add_error(None, refused.sentence())
        return _shown(request, form, 409 if refused.code == "absence_overlaps" else 422)
    messages.success(request, _("%(name)s is noted as away.") % {"name": person.name})
    return redirect("web:team")


def _begins(request: StaffRequest, day: date) -> datetime:
    """Return when a day begins in the company's zone."""
    assert request.plan is not None
    return bounds_of(request.plan, day)[0]


@require_POST
@staff
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an absence back."""
    try:
        found = actions.cancel_absence(pk, request.user)
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, _("The absence is cancelled.") if found.cancelled_at else _("Back again."))
    return redirect("web:team")
