"""The addresses that are told of events, what was sent to each, and what an administrator does with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tantam.desk.api.webhook_forms import WebhookForm
from tantam.desk.channels.webhooks import access, actions
from tantam.desk.channels.webhooks.codes import ALL, KINDS
from tantam.desk.channels.webhooks.models import Delivery, Endpoint
from tantam.desk.common.errors import Refused
from tantam.desk.web.doors import StaffRequest, administrators
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page

MOST = 50
READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@READ_OR_SEND
@administrators
def webhooks(request: StaffRequest) -> HttpResponse:
    """Show the addresses; add one, and show its secret this once."""
    form = WebhookForm(request.POST if request.method == "POST" else None)
    made = _tried(form, lambda: actions.add_endpoint(request.user, form.wanted()))
    if made is not None:
        form = WebhookForm()
    rows = [{"endpoint": each, "wants": _said(each)} for each in access.endpoints(request.user)]
    shown = {"form": form, "endpoints": rows, "made": made, "secret": made.secret if made else ""}
    return page(request, "api/webhooks.html", shown, status=422 if form.is_bound else 200)


@never_cache
@READ_OR_SEND
@administrators
def webhook(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what was sent to an address, and change what it is told."""
    endpoint = _endpoint(request, pk)
    form = WebhookForm.of(endpoint, request.POST if request.method == "POST" else None)
    if _tried(form, lambda: actions.change_endpoint(endpoint, request.user, form.wanted())) is not None:
        messages.success(request, gettext("Kept."))
        return redirect("webhooks:webhook", pk=pk)
    return _shown(request, endpoint, form, status=422 if form.is_bound else 200)


@never_cache
@require_POST
@administrators
def turn(request: StaffRequest, pk: int) -> HttpResponse:
    """Give it a new secret, and show it this once."""
    endpoint = _endpoint(request, pk)
    try:
        secret = actions.turn_secret(endpoint, request.user)
    except Refused as refused:
        messages.error(request, refused.sentence())
        return redirect("webhooks:webhook", pk=pk)
    return _shown(request, endpoint, WebhookForm.of(endpoint), secret=secret)


@require_POST
@administrators
def stop(request: StaffRequest, pk: int) -> HttpResponse:
    """Tell it nothing any more."""
    actions.stop_endpoint(_endpoint(request, pk), request.user)
    return redirect("webhooks:webhook", pk=pk)


@require_POST
@administrators
def start(request: StaffRequest, pk: int) -> HttpResponse:
    """Tell it again what happens."""
    actions.start_endpoint(_endpoint(request, pk), request.user)
    return redirect("webhooks:webhook", pk=pk)


@require_POST
@administrators
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take it away."""
    actions.remove_endpoint(_endpoint(request, pk), request.user)
    messages.success(request, gettext("The webhook is removed."))
    return redirect("webhooks:webhooks")


@require_POST
@administrators
def test(request: StaffRequest, pk: int) -> HttpResponse:
    """Send an event to try it with."""
    return _sent(request, pk, lambda endpoint: actions.send_test(endpoint, request.user) and 1)


@require_POST
@administrators
def failed_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Send everything that failed once more."""
    return _sent(request, pk, lambda endpoint: actions.send_failed_again(endpoint, request.user))


@require_POST
@administrators
def again(request: StaffRequest, pk: int, delivery: int) -> HttpResponse:
    """Send one delivery once more."""

    def send(endpoint: Endpoint) -> int:
        found = access.deliveries(endpoint).select_related("endpoint").filter(pk=delivery).first()
        if found is None:
            raise Http404
        actions.send_again(found, request.user)
        return 1

    return _sent(request, pk, send)


def _endpoint(request: StaffRequest, pk: int) -> Endpoint:
    found = access.endpoints(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _tried(form: WebhookForm, do: Callable[[], Endpoint]) -> Endpoint | None:
    """Return what was done with a valid form; None for none, or one that now says what is wrong."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return do()
    except Refused as refused:
        field = {"bad_hook": "url", "webhook_wants": "kinds"}.get(refused.code)
        form.add_error(field, refused.sentence())
        return None


def _shown(
    request: StaffRequest, endpoint: Endpoint, form: WebhookForm, *, secret: str = "", status: int = 200
) -> HttpResponse:
    state = request.GET.get("state", "")
    states = [("", gettext("all"), state not in Delivery.State.values)]
    states += [(value, label, value == state) for value, label in Delivery.State.choices]
    shown: dict[str, Any] = {
        "endpoint": endpoint,
        "form": form,
        "secret": secret,
        "deliveries": leaf(access.deliveries(endpoint, state), request.GET, most=MOST),
        "states": states,
    }
    return page(request, "api/webhook.html", shown, status=status)


def _sent(request: StaffRequest, pk: int, send: Callable[[Endpoint], int]) -> HttpResponse:
    try:
        count = send(_endpoint(request, pk))
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        said = ngettext("%(n)s event is being sent.", "%(n)s events are being sent.", count)
        messages.success(request, said % {"n": count})
    return redirect("webhooks:webhook", pk=pk)


def _said(endpoint: Endpoint) -> str:
    """Return what it is told, in words; single events by their codes."""
    if ALL in endpoint.wants:
        return gettext("everything")
    return ", ".join(str(KINDS[each][0]) if each in KINDS else each for each in endpoint.wants)
