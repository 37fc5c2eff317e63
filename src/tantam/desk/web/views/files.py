"""Files of cases, for who may see the case; and what a message said as HTML, made safe."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tantam.desk.cases.attachments import attachment_for
from tantam.desk.cases.models import Attachment
from tantam.desk.cases.rich import has_remote, message_with_html, safe_html
from tantam.desk.customers.address import called
from tantam.desk.files import serving
from tantam.desk.web.doors import StaffRequest, staff

# No script, no form, no frame; links open elsewhere. Our own style sheet is all that dresses it.
ONLY_LOOKED_AT = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


@require_safe
@staff
def file(request: StaffRequest, pk: int) -> FileResponse:
    """Answer with a file: a picture or a PDF to be seen, anything else to be saved."""
    found = attachment_for(request.user, pk)
    assert found.blob is not None
    return serving.answer(found.blob, found.name, save="save" in request.GET)


@require_safe
@staff
def small(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer with a small picture."""
    found = attachment_for(request.user, pk)
    assert found.blob is not None
    return serving.small(found.blob)


@require_safe
@staff
def rich(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a message as it was laid out, on a page where nothing acts; pictures from elsewhere only if `?pictures`."""
    message = message_with_html(request.user, pk)
    html, asked = message.rich.html, "pictures" in request.GET
    inline = {each.content_id: _href(each) for each in message.attachments.select_related("blob") if each.content_id}
    context = {
        "message": message,
        "case": message.case,
        "who": called(message.case.customer, request.LANGUAGE_CODE) or message.case.customer.shown,
        "html": safe_html(html, inline, remote=lambda address: address if asked else None),
        "asks": not asked and has_remote(html),
    }
    answer = render(request, "web/rich.html", context)
    answer.headers["Content-Security-Policy"] = f"{ONLY_LOOKED_AT}; img-src 'self'{' https: http:' if asked else ''}"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _href(attachment: Attachment) -> str:
    return reverse("web:file", args=[attachment.pk]) if serving.is_picture(attachment.blob) else ""
