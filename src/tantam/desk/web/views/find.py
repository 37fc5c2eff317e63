"""Goes to a case by its reference, or shows the pages one may go to."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from tantam.desk.cases.access import cases_for, reference
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page


@require_safe
@staff
def go(request: StaffRequest) -> HttpResponse:
    """Redirect to the case whose reference was asked for; else list the pages and say what was not found."""
    asked = request.GET.get("q", "").strip()
    if asked:
        found = cases_for(request.user).filter(reference=reference(asked)).values_list("pk", flat=True).first()
        if found:
            return redirect("web:case", pk=found)
    return page(request, "web/find.html", {"asked": asked})
