"""The addresses that a mail service calls: a mail that came, and what became of a letter."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tantam.desk.channels.email import services

WHAT = {"inbound": "Inbound", "tracking": "Tracking"}
MOST_BYTES = 36_000_000  # a mail of 25 MB in base64, with its words


@csrf_exempt
@require_http_methods(["HEAD", "POST"])  # some look whether the address is there
def called(request: HttpRequest, what: str) -> HttpResponse:
    """Answer the service that TANTAM_MAIL_SERVICE names.

    200 once it is stored, 400 for what it did not sign, 413 for more than is held in memory.
    """
    if not settings.MAIL_SERVICE or what not in WHAT:
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    if request.content_type == "application/json":
        request._body = request.read(MOST_BYTES)  # Django's own bound is that of a form
    else:
        request.upload_handlers = [TemporaryFileUploadHandler(request)]  # the mail's files, as fields of a form
    try:
        return services.answer(request, settings.MAIL_SERVICE, WHAT[what])
    except RequestDataTooBig:  # the words of a form are held in memory: said as it is, the service's log shows it
        return HttpResponse(status=413)
    except SuspiciousOperation:  # anybody may call: no trace of each in the log
        return HttpResponse(status=400)
