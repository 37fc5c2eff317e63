"""One's own tokens, and for administrators everybody's: made, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tantam.desk.accounts.models import Person, Role
from tantam.desk.api import scopes
from tantam.desk.api.actions import make_token, revoke_token
from tantam.desk.api.forms import TokenForm
from tantam.desk.api.models import ApiToken
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.web.doors import StaffRequest, one_s_own
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page

MOST = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@one_s_own
def tokens(request: StaffRequest) -> HttpResponse:
    """Show the tokens; make one, and show its secret this once."""
    form = TokenForm(request.POST if request.method == "POST" else None, person=request.user)
    secret, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _, secret = make_token(request.user, form.new())
                form, status = TokenForm(person=request.user), 200
            except Refused as refused:
                form.add_error(None, refused.sentence())
    now = clock.now()
    found = leaf(tokens_for(request.user).select_related("person", "made_by"), request.GET, most=MOST)
    shown = found.of(
        lambda each: {
            "token": each,
            "counts": each.counts(now),
            "scopes": ", ".join(str((scopes.LABELS | scopes.ASSISTS).get(one, one)) for one in each.scopes),
        }
    )
    return page(request, "api/tokens.html", {"form": form, "tokens": shown, "secret": secret}, status=status)


@require_POST
@one_s_own
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a token count no longer."""
    found = tokens_for(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    revoke_token(found, request.user)
    messages.success(request, gettext("“%(name)s” lets nobody in any more.") % {"name": found.name})
    return redirect("tokens:tokens")


def tokens_for(person: Person) -> QuerySet[ApiToken]:
    """Return the tokens a person may see, the newest first: their own; for administrators all."""
    found = ApiToken.objects.order_by("-id")
    return found if person.role == Role.ADMINISTRATOR else found.filter(Q(person=person))
