"""The file of an appointment for its customer's calendar, behind their private link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tantam.desk.cases.access import case_by_link
from tantam.desk.cases.invites import file_of
from tantam.desk.plans import RunningPlan
from tantam.desk.portal.pages import private, with_plan


@never_cache
@require_safe
@with_plan
def calendar(request: HttpRequest, plan: RunningPlan, key: str, promise: int) -> HttpResponse:
    """Give the appointment as it stands now. Raises Http404 for what is none, or is another case's."""
    found = case_by_link(key)
    owed = found.promises.filter(pk=promise).first()
    invite = file_of(found, owed) if owed else None
    if invite is None:
        raise Http404
    answer = HttpResponse(invite.text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return private(answer)
