"""A case handed to a provider, and back again."""

from __future__ import annotations

from django.utils.translation import gettext

from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.errands import actions
from tantam.desk.plans.vows import when
from tantam.desk.web.doors import StaffRequest
from tantam.desk.web.views.case import acting, seen


@acting
def hand_to_provider_it(request: StaffRequest, case: Case) -> str:
    """Hand the case to a provider, with what is asked and by when."""
    assert request.plan is not None
    written = request.POST.get("due", "").strip()
    due = when(written, request.LANGUAGE_CODE, clock.now(), request.plan)
    if due is None:
        raise Refused("not_a_time", got=written[:60])
    asked = actions.Asked(request.POST.get("provider", ""), request.POST.get("words", ""), due)
    actions.hand_to_provider(case, request.user, asked, seen=seen(request))
    return gettext("Handed over. What the customer is owed runs on.")


@acting
def hand_back_it(request: StaffRequest, case: Case) -> str:
    """Hand the case back to the house with the result, or take it back."""
    actions.hand_back(case, request.user, request.POST.get("words", ""), seen=seen(request))
    return gettext("It is with the house again.")
