"""All that happened between one customer and us, in the order of time."""

from __future__ import annotations

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from tantam.desk.customers.access import customer_for
from tantam.desk.plans.seeing import sees_house
from tantam.desk.web import happening_kinds, happenings  # noqa: F401 - the kinds enter themselves
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MOST = 50


@require_safe
@staff
@planned
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the newest of it, or what stands below a place; of one kind, or of all."""
    assert request.plan is not None
    customer = customer_for(request.user, pk)
    if not sees_house(request.user):
        raise Http404
    if customer.pk != pk:
        return redirect("web:customer_timeline", customer.pk)
    known = {each.name: each for each in happenings.kinds()}
    only = request.GET.get("kind", "") if request.GET.get("kind", "") in known else ""
    below = happenings.read(request.GET.get("below", ""))
    asked = happenings.Asked(customer, request.user, request.plan, request.LANGUAGE_CODE, MOST + 1, below)
    found = happenings.newest(asked, only)
    context = {
        "customer": customer,
        "moments": found[:MOST],
        "kinds": known.values(),
        "only": only,
        "paged": below is not None,
        "first": f"?kind={only}" if below else "",
        "after": _after(found, only),
    }
    return page(request, "web/customer_timeline.html", context, place="customers")


def _after(found: list[happenings.Shown], only: str) -> str:
    """Return the address of the next page, "" where all was shown."""
    if len(found) <= MOST:
        return ""
    query = QueryDict(mutable=True)
    query.update({"kind": only, "below": happenings.written(found[MOST - 1].place)})
    return f"?{query.urlencode()}"
