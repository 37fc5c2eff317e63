"""What a colleague makes of an assistant's draft: it goes out as it is or changed, or is thrown away."""

from __future__ import annotations

from django.utils.translation import gettext

from tantam.desk.assistants.access import proposal_of
from tantam.desk.assistants.actions import send_proposal, throw_away
from tantam.desk.cases.models import Case
from tantam.desk.web.doors import StaffRequest
from tantam.desk.web.views.case import acting, seen


@acting
def send_draft(request: StaffRequest, case: Case, draft: int) -> str:
    """Send the words as the colleague leaves them."""
    send_proposal(proposal_of(case, draft), request.user, request.POST.get("body", ""), seen=seen(request))
    return gettext("Sent, as your word.")


@acting
def throw_draft(request: StaffRequest, case: Case, draft: int) -> str:
    """Throw the draft away."""
    throw_away(proposal_of(case, draft), request.user)
    return gettext("Thrown away.")
