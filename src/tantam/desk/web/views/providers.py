"""Who serves for the company: the plan's providers, with their people, their scope and what is open with them."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.models import Case
from tantam.desk.plans.providers import described
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MOST_NAMED = 20


@require_safe
@staff
@planned
def show(request: StaffRequest) -> HttpResponse:
    """Show every provider of the plan in force; two queries, however many."""
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
    rows = [
        (each, _named(people.get(each.name, [])), sum(counted.get(name, 0) for name in each.queues))
        for each in described(request.plan, request.LANGUAGE_CODE)
    ]
    return page(request, "web/providers.html", {"providers": rows}, place="team")


def _named(people: list[Person]) -> tuple[list[Person], int]:
    """Return who is named, and how many others there are."""
    return people[:MOST_NAMED], max(len(people) - MOST_NAMED, 0)
