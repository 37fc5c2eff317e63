"""The demo's mail reader: what the catch-all keeps, by who it was written to. Outside the demo there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tantam.desk import plans
from tantam.desk.channels.email import access
from tantam.desk.channels.email.reading import whole_text

HEAD = {"company": "Tantam"}
View = Callable[..., HttpResponse]


def in_the_demo(view: View) -> View:
    """Let the view answer in the demo only; elsewhere it does not exist."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        with timezone.override(_company_time()):
            return view(request, *args, **options)

    return never_cache(require_safe(asked))


def _company_time() -> ZoneInfo:
    try:
        return ZoneInfo(plans.in_force().timezone)
    except plans.NoPlan:
        return ZoneInfo("UTC")


@in_the_demo
def boxes(request: HttpRequest) -> HttpResponse:
    """List who was written to."""
    return render(request, "email/boxes.html", HEAD | {"boxes": access.boxes()})


@in_the_demo
def box(request: HttpRequest, recipient: str) -> HttpResponse:
    """List the mails of one recipient."""
    mails = access.caught_for(recipient)[:200]
    if not mails:
        raise Http404
    return render(request, "email/box.html", HEAD | {"recipient": recipient, "mails": mails})


@in_the_demo
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one mail as its recipient reads it."""
    mail = access.caught(pk)
    if mail is None:
        raise Http404
    return render(request, "email/letter.html", HEAD | {"mail": mail, "text": whole_text(bytes(mail.raw))})
