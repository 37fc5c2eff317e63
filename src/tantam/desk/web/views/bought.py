"""The purchase that a case is about: noted, and corrected; and what was granted though facts turned the answer."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils.translation import gettext

from tantam.desk.cases import actions
from tantam.desk.cases.models import Case
from tantam.desk.claims.actions import choose_for, let_stand
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.customers.actions import correct_purchase
from tantam.desk.customers.models import Purchase
from tantam.desk.customers.terms import read_day
from tantam.desk.web.doors import StaffRequest
from tantam.desk.web.views.case import acting, claim_of, seen

NOON = time(12)


@acting
def note_it(request: StaffRequest, case: Case) -> str:
    """Note which of its customer's purchases the case is about."""
    found = case.customer.purchases.filter(pk=whole(request.POST.get("purchase", "")) or 0).first()
    if found is None:
        raise Refused("bought_by_another")
    actions.note_purchase(case, request.user, found)
    return gettext("Noted: %(number)s") % {"number": found.number}


@acting
def correct_it(request: StaffRequest, case: Case) -> str:
    """Correct the day on which the case's purchase was handed over; the hour stays as it was."""
    if case.purchase is None:
        raise Http404
    at = _on_day(request.POST.get("handed_over", ""), case.purchase, _zone(request))
    correct_purchase(case.purchase, request.user, handed_over_at=at)
    return gettext("Corrected. What was answered by it is asked of the plan again.")


@acting
def let_it_stand(request: StaffRequest, case: Case, claim: int) -> str:
    """Let what was granted stand."""
    let_stand(claim_of(request, case, claim), request.user)
    return gettext("It stands, and the customer is told.")


@acting
def choose_it(request: StaffRequest, case: Case, claim: int) -> str:
    """Note what the customer chose instead of what was granted."""
    chosen = claim_of(request, case, claim)
    choose_for(chosen, request.POST.get("outcome", ""), request.user, seen=seen(request))
    return gettext("Noted, and the customer is told what they get by when.")


def _zone(request: StaffRequest) -> ZoneInfo:
    return ZoneInfo(request.plan.timezone if request.plan else "UTC")


def _on_day(written: str, purchase: Purchase, zone: ZoneInfo) -> datetime:
    """Return the day at the hour that is on record, at noon where none is. Raises Refused("bad_day")."""
    before = purchase.handed_over_at.astimezone(zone) if purchase.handed_over_at else None
    return datetime.combine(read_day(written), before.timetz().replace(tzinfo=None) if before else NOON, tzinfo=zone)
