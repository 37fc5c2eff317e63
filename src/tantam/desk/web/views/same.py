"""Customers who may be one: the pairs that were found, one with another that a colleague knows of, and taking back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.customers.access import customer_for, customers_for
from tantam.desk.customers.finding import matching
from tantam.desk.customers.models import Customer
from tantam.desk.duplicates import actions
from tantam.desk.duplicates.access import merging_for, pairs_for
from tantam.desk.duplicates.actions.merge import Seen
from tantam.desk.duplicates.looking import reasons_of
from tantam.desk.plans.seeing import sees_house
from tantam.desk.web import same_page
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page

MOST = 20  # pairs on a page
MOST_FOUND = 10  # customers who may be meant


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def index(request: StaffRequest) -> HttpResponse:
    """Show the pairs that nobody decided about; decide about one."""
    _refuse_part_of_house(request.user)
    if request.method == "POST":
        return _decided(request)
    found = leaf(pairs_for(request.user), request.GET, most=MOST)
    context = {"found": found, "pairs": same_page.shown(list(found))}
    return page(request, "web/same.html", context, place="customers")


def _decided(request: StaffRequest) -> HttpResponse:
    """Do what was chosen about a pair, and go back to the others."""
    pair = pairs_for(request.user).filter(pk=whole(request.POST.get("pair", "")) or 0).first()
    if pair is None:
        messages.error(request, _("Somebody decided about these two already."))
        return redirect("web:same")
    if request.POST.get("do") == "apart":
        actions.tell_apart(pair, request.user)
        messages.success(request, _("They stay two customers. Nobody is asked about them again."))
        return redirect("web:same")
    both = (pair.first, pair.second)
    kept = pair.second if whole(request.POST.get("kept", "")) == pair.second_id else pair.first
    gone = next(each for each in both if each != kept)
    return _merge(request, kept, gone) or redirect("web:same")


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Look for somebody who is the same as this customer; merge the one that was chosen into them."""
    _refuse_part_of_house(request.user)
    customer = customer_for(request.user, pk)
    known = customers_for(request.user).filter(kind=customer.kind, internal=False, merged_into=None)
    if request.POST.get("do") == "back":
        return _taken_back(request, customer)
    if request.method == "POST":
        other = known.filter(pk=whole(request.POST.get("gone", "")) or 0).first()
        if other is None:
            messages.error(request, _("Choose who is the same."))
            return redirect("web:customer_same", customer.pk)
        return _merge(request, customer, other) or redirect("web:customer", customer.pk)
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())
    found = [each for each in matching(known, asked).customers if each != customer][:MOST_FOUND] if asked else []
    sides = same_page.sides_of([customer, *found])
    rows = [(sides[each.pk], same_page.reason_words(reasons_of(customer, each))) for each in found]
    context = {"customer": customer, "own": sides[customer.pk], "asked": asked, "rows": rows}
    return page(request, "web/customer_same.html", context, place="customers")


def _taken_back(request: StaffRequest, customer: Customer) -> HttpResponse:
    """Take a merging into this customer back."""
    merging = merging_for(request.user, whole(request.POST.get("merging", "")) or 0, customer)
    try:
        actions.unmerge(merging, request.user)
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, _("%(name)s is a customer of their own again.") % {"name": merging.gone.shown})
    return redirect("web:customer", customer.pk)


def _merge(request: StaffRequest, kept: Customer, gone: Customer) -> HttpResponse | None:
    """Merge as it was seen; say why not where it is refused. None once something was said."""
    seen = Seen(*(whole(request.POST.get(f"seen_{each.pk}", "")) or 0 for each in (kept, gone)))
    try:
        merging = actions.merge(kept, gone, request.user, seen)
    except Refused as refused:
        messages.error(request, refused.sentence())
        return None
    said = _("They are one customer now, %(name)s. It can be taken back on this page.")
    messages.success(request, said % {"name": merging.kept.shown})
    return redirect("web:customer", kept.pk)


def _refuse_part_of_house(person: Person) -> None:
    if not sees_house(person):
        raise Http404
