"""The one address at which assistants ask: who is let in, how often, and how large a message may be."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from tantam.desk import plans
from tantam.desk.accounts.models import Role
from tantam.desk.api import rates, scopes
from tantam.desk.api.mcp.calling import Calling
from tantam.desk.api.mcp.exchange import exchange
from tantam.desk.api.models import Bound
from tantam.desk.api.token import Caller, caller_of
from tantam.desk.assistants.whom import Assistant, scope
from tantam.desk.common.errors import Refused
from tantam.desk.plans.languages import language_for

MOST_BYTES = 256 * 1024
REFUSED = -32001  # of JSON-RPC's own range for servers


@csrf_exempt  # nobody is let in by a cookie
def ask(request: HttpRequest) -> HttpResponse:
    """Answer one message of an assistant. There are no streams: GET and DELETE are not known here."""
    answer = _answered(request)
    answer.headers.setdefault("Cache-Control", "private, no-store")
    patch_vary_headers(answer, ("Authorization", "Accept-Language"))
    return answer


def _answered(request: HttpRequest) -> HttpResponse:
    if request.headers.get("Origin", settings.BASE_URL) != settings.BASE_URL:
        return _no(403, "Pages of other sites are not let in.")
    if request.method != "POST":
        no = _no(405, "Send messages with POST: nothing is streamed here.")
        no.headers["Allow"] = "POST"
        return no
    caller = caller_of(request)
    if caller is None:
        no = _no(401, "Send the header Authorization: Bearer with the token of an assistant.")
        no.headers["WWW-Authenticate"] = "Bearer"
        return no
    standing = rates.count(caller.key)
    if standing.over:
        return standing.tell(_no(429, f"So many messages a minute are too many. Wait {standing.resets} seconds."))
    return standing.tell(_for(request, caller))


def _for(request: HttpRequest, caller: Caller) -> HttpResponse:
    try:
        if len(request.body) > MOST_BYTES:
            return _no(413, f"A message has at most {MOST_BYTES} bytes. Send less.")
    except RequestDataTooBig:
        return _no(413, f"A message has at most {MOST_BYTES} bytes. Send less.")
    if scopes.ASSIST not in caller.scopes or caller.person is None or caller.person.role != Role.ASSISTANT:
        return _no(403, "This token is no assistant's. A service manager makes one under Assistants.")
    try:
        plan = plans.in_force()
        assistant = _assistant(caller)
        scope(assistant, plan)
    except plans.NoPlan:
        return _no(503, Refused("no_plan").sentence())
    except Refused as refused:
        return _no(403, refused.sentence())
    calling = Calling(assistant, caller.key, plan, language_for(plan, get_language() or ""))
    with timezone.override(plan.timezone):
        return exchange(request, calling)


def _assistant(caller: Caller) -> Assistant:
    """Return who calls, with what their token leaves them; one query. Raises Refused("assistant_gone")."""
    bound = Bound.objects.select_related("token", "customer").filter(pk=int(caller.key)).first()
    if bound is None or caller.person is None:
        raise Refused("assistant_gone")
    return Assistant(caller.person, bound.token.prefix, bound.customer, tuple(bound.topics))


def _no(status: int, message: str) -> HttpResponse:
    error: dict[str, Any] = {"code": REFUSED, "message": message}
    return JsonResponse({"jsonrpc": "2.0", "id": None, "error": error}, status=status)
