"""Takes what telephone systems send: who signed it is believed, it is stored, acknowledged, and read at once."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tantam.desk.arrivals import intake
from tantam.desk.channels.phone import neutral, twilio
from tantam.desk.channels.phone.signatures import signed_by_twilio
from tantam.desk.common import clock
from tantam.desk.common.standard_webhooks import MOST_ID, in_time, signed

MOST_BYTES = 64_000
NO_MORE_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

_log = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """Take what happened to a call, signed as Standard Webhooks: 204 once it is stored, 401 if it is not."""
    if not settings.PHONE_SECRETS:
        raise Http404
    name, at, signature = (request.headers.get(f"webhook-{each}", "") for each in ("id", "timestamp", "signature"))
    if len(request.body) > MOST_BYTES or len(name) > MOST_ID:
        return HttpResponse(status=413)
    believed = signed(name, at, request.body, signature, secrets=settings.PHONE_SECRETS)
    if not (name and believed and in_time(at, clock.now().timestamp())):
        return HttpResponse(status=401)
    _take(neutral.CHANNEL, request.body, name)
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def told_by_twilio(request: HttpRequest) -> HttpResponse:
    """Take a status callback of Twilio, or what it asks after a <Dial>: it is answered that there is no more to say."""
    if not settings.PHONE_TWILIO_TOKEN:
        raise Http404
    if len(request.body) > MOST_BYTES:
        return HttpResponse(status=413)
    url = settings.BASE_URL + request.get_full_path()
    signature = request.headers.get("X-Twilio-Signature", "")
    if not signed_by_twilio(url, request.body, signature, token=settings.PHONE_TWILIO_TOKEN):
        return HttpResponse(status=401)
    _take(twilio.CHANNEL, request.body, "")
    return HttpResponse(NO_MORE_TO_SAY, content_type="text/xml")


def _take(channel: str, body: bytes, key: str) -> None:
    """Store what came; a failure to read it is the worker's to try again."""
    kept = intake.store(channel, body, key=key, wait=intake.READ_AGAIN)
    try:
        intake.take_in(kept.pk)
    except Exception:  # it is stored, and what is stored is acknowledged
        _log.exception("What came by %s as %s is read again by the worker.", channel, kept.pk)
