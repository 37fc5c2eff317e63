"""Who serves for the company: the plan's providers, with their people, their scope and what is open with them."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk import reports
from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.actions import take_back_from
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans.providers import Described, described
from tantam.desk.plans.seeing import sees_house
from tantam.desk.providers.actions import lift_stop
from tantam.desk.providers.stopping import last_lifted, stops
from tantam.desk.web import figure_words, scorecard
from tantam.desk.web.asked import asked, when
from tantam.desk.web.doors import StaffRequest, managers, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MOST_NAMED = 20


@require_safe
@staff
@planned
def show(request: StaffRequest) -> HttpResponse:
    """Show every provider of the plan in force, to its people their own alone; three queries, however many."""
    assert request.plan is not None
    waiting = (
        cases_for(request.user)
        .filter(status__in=Case.UNDER_WAY)
        .order_by()
        .values_list("provider")
        .annotate(Count("id"))
    )
    counted = dict(waiting)
    people: dict[str, list[Person]] = {}
    for each in Person.objects.filter(is_active=True).exclude(level="").order_by("name"):
        people.setdefault(each.provider, []).append(each)
    held = stops()
    rows = [
        {
            "provider": each,
            "named": _named(people.get(each.name, [])),
            "open": sum(counted.get(name, 0) for name in each.queues),
            "stop": held.get(each.name),
            "opens": _may_judge(request.user, each.name),
        }
        for each in described(request.plan, request.LANGUAGE_CODE)
        if sees_house(request.user) or request.user.provider == each.name
    ]
    return page(request, "web/providers.html", {"providers": rows}, place="team")


@require_safe
@staff
@planned
def one(request: StaffRequest, name: str) -> HttpResponse:
    """Show a provider's scorecard: to who oversees the company, and to who leads that provider."""
    assert request.plan is not None
    provider = _judged(request, name)
    figures, shown = reports.figures(), asked(request.GET, clock.now())
    stop = stops().get(name)
    in_hand = Case.objects.filter(provider=name, status__in=Case.UNDER_WAY).count() if name in provider.queues else 0
    context = {
        "provider": provider,
        "when": when(shown, []),
        "lost": figure_words.lost(figures.lost),
        "in_hand": in_hand,
        "lifted": last_lifted(name),
        "manages": request.user.manages and request.user.acts,
        "stop": stop,
        "stop_words": scorecard.stop_words(stop, request.plan, request.LANGUAGE_CODE) if stop else "",
        **scorecard.context(provider, request.plan, figures, shown, request.LANGUAGE_CODE),
    }
    return page(request, "web/provider.html", context, place="team")


@require_POST
@managers
@planned
def lift(request: StaffRequest, name: str) -> HttpResponse:
    """Let a provider that was stopped serve again, with a reason."""
    provider = _judged(request, name)
    try:
        lifted = lift_stop(provider.name, request.user, request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        if lifted:
            messages.success(request, gettext("%(name)s takes new cases again.") % {"name": provider.label})
    return redirect("web:provider", name)


@require_POST
@managers
@planned
def take_back(request: StaffRequest, name: str) -> HttpResponse:
    """Take back into the house what a provider has in hand."""
    provider = _judged(request, name)
    taken = take_back_from(provider.name, request.user)
    words = ngettext("%(n)s case is the house’s again.", "%(n)s cases are the house’s again.", taken)
    messages.success(request, words % {"n": taken})
    return redirect("web:provider", name)


def _judged(request: StaffRequest, name: str) -> Described:
    """Return a provider whose figures this person may see. Raises Http404."""
    assert request.plan is not None
    found = next((each for each in described(request.plan, request.LANGUAGE_CODE) if each.name == name), None)
    if found is None or not _may_judge(request.user, name):
        raise Http404
    return found


def _may_judge(person: Person, name: str) -> bool:
    """Whether this person sees a provider's figures: who oversees the company, and who leads this provider."""
    leads = person.role == Role.LEAD and person.provider == name
    return leads or person.oversees and sees_house(person)


def _named(people: list[Person]) -> tuple[list[Person], int]:
    """Return who is named, and how many others there are."""
    return people[:MOST_NAMED], max(len(people) - MOST_NAMED, 0)
