"""What of a person is given out, and what goes when they are erased: seen before it is done."""

from __future__ import annotations

import tempfile

from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused
from tantam.desk.customers.access import customer_for
from tantam.desk.privacy.actions import ask_erasure
from tantam.desk.privacy.doing import everyone_of
from tantam.desk.privacy.everything import write_zip
from tantam.desk.privacy.leaving import whom_of
from tantam.desk.web.doors import StaffRequest, managers
from tantam.desk.web.pages import page
from tantam.desk.web.privacy_words import erasing, goes, stays

IN_MEMORY = 5_000_000  # bytes of a zip; a larger one is written to the disk


@require_http_methods(["GET", "HEAD", "POST"])
@managers
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what would go and what would stay, and why; have it done."""
    customer = customer_for(request.user, pk)
    if request.method == "POST":
        try:
            ask_erasure(customer, request.user)
        except Refused as refused:
            messages.error(request, refused.sentence())
            return redirect("web:customer_erase", customer.pk)
        messages.success(request, _("They will be erased within moments."))
        return redirect("web:customer_erase", customer.pk)
    whom = whom_of(everyone_of(customer.pk))
    context = {
        "customer": customer,
        "goes": goes(whom),
        "stays": stays(whom),
        "under_way": Case.objects.filter(pk__in=whom.cases, status__in=Case.UNDER_WAY).count(),
        "erasing": erasing(customer.pk),
    }
    return page(request, "web/customer_erase.html", context, place="customers")


@require_safe
@managers
def everything(request: StaffRequest, pk: int) -> StreamingHttpResponse:
    """Give all that is known of somebody as a zip."""
    customer = customer_for(request.user, pk)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    write_zip(customer, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"everything-{customer.pk}.zip")
