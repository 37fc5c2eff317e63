"""The plan's groups and profile against the customers, and what a colleague fills in of a customer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.common.errors import Refused
from tantam.desk.customers.access import whole_customer_for
from tantam.desk.customers.traits import Unread
from tantam.desk.groups import actions
from tantam.desk.plans.seeing import sees_house
from tantam.desk.web import group_page, trait_form
from tantam.desk.web.doors import StaffRequest, staff, workers
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned


def _asked(request: StaffRequest) -> group_page.Asked:
    """Return who looks. Raises Http404 for who sees only a provider's cases."""
    if not sees_house(request.user):
        raise Http404
    assert request.plan is not None
    return group_page.Asked(request.user, request.plan, request.LANGUAGE_CODE, request.GET)


@require_safe
@staff
@planned
def index(request: StaffRequest) -> HttpResponse:
    """Show each group with how many are in it, and what is odd about them."""
    return page(request, "web/groups.html", group_page.groups(_asked(request)), place="customers")


@require_safe
@staff
@planned
def show(request: StaffRequest, name: str) -> HttpResponse:
    """Show who is in a group, and why each; or who is in none."""
    return page(request, "web/group.html", group_page.members(_asked(request), name), place="customers")


@require_safe
@staff
@planned
def profile(request: StaffRequest) -> HttpResponse:
    """Show the plan's profile against the customers."""
    return page(request, "web/customer_profile.html", group_page.profile(_asked(request)), place="customers")


@require_POST
@workers
@planned
def fill_in(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what a customer told of themselves; what its term does not take is said on the form, with all as it was."""
    customer = whole_customer_for(request.user, pk)
    written = trait_form.written_in(request.POST)
    try:
        actions.fill_in(customer, request.user, written)
    except Unread as unread:
        assert request.plan is not None
        fields = trait_form.fields(customer, request.plan, request.LANGUAGE_CODE, written, unread.refusals)
        return page(request, "web/traits.html", {"customer": customer, "fields": fields}, place="customers", status=422)
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, gettext("Noted."))
    return redirect("web:customer", customer.pk)
