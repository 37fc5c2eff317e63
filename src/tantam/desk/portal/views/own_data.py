"""What one asks about one's own data, after signing in by a mailed link: to read, correct or erase it, or to object."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan
from tantam.desk.portal import guard
from tantam.desk.portal.data_form import DataForm
from tantam.desk.portal.pages import page, private, with_plan
from tantam.desk.portal.views.mine import COOKIE
from tantam.desk.privacy.access import open_of
from tantam.desk.privacy.actions import Asked, note_request
from tantam.desk.privacy.models import Request
from tantam.desk.visitors.access import Visitor, visitor_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def data(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Show the form and what is asked already; keep what is asked. Who has not signed in is asked for their address."""
    visitor = visitor_of(request.COOKIES.get(COOKIE, ""))
    if visitor is None:
        return private(redirect("portal:mine"))
    sent = request.POST if request.method == "POST" else None
    form, status = DataForm(sent, customers=visitor.customers), 200
    if sent is not None:
        if form.is_valid() and (stop := guard.stopped(request)):
            form.add_error(None, str(guard.SAID[stop]))
        if form.is_valid() and _kept(form, visitor):
            return private(redirect("portal:data"))
        status = 422
    context = {
        "form": form,
        "seal": guard.seal(),
        "trap": guard.TRAP,
        "waiting": open_of(each.pk for each in visitor.customers).order_by("due_at", "id"),
    }
    return private(page(request, "portal/data.html", plan, context, status=status))


def _kept(form: DataForm, visitor: Visitor) -> bool:
    """Keep what is asked; whether that was done. What is refused stands at the form."""
    told = form.cleaned_data
    asked = Asked(told["kind"], Request.Way.PAGE, told["words"], subject=form.subject())
    try:
        note_request(form.whose(visitor), asked)
    except Refused as refused:
        form.add_error(None, refused.sentence())
        return False
    return True
