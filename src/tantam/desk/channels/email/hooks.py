"""The addresses that a mail service calls: a mail that came, and what became of a letter."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tantam.desk.channels.email import services

WHAT = {"inbound": "Inbound", "tracking": "Tracking"}
MOST_BYTES = 36_000_000  # a mail of 25 MB in base64, with its words
MOST_OF_A_FORM = 100_000_000  # the same, each byte that is no letter as three, and the words several times


@csrf_exempt
@require_http_methods(["HEAD", "POST"])  # some look whether the address is there
def called(request: HttpRequest, what: str) -> HttpResponse:
    """Answer the service that TANTAM_MAIL_SERVICE names.

    200 once it is stored, 400 for what it did not sign or what is no whole call, 413 for what is larger than any mail.
    """
    if not settings.MAIL_SERVICE or what not in WHAT:
        raise Http404
    most = MOST_BYTES if request.content_type == "application/json" else MOST_OF_A_FORM
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        return HttpResponse(status=413)
    try:
        return services.answer(request, settings.MAIL_SERVICE, WHAT[what])
    except RequestDataTooBig:
        return HttpResponse(status=413)
    except SuspiciousOperation:  # anybody may call: no trace of each in the log
        return HttpResponse(status=400)
