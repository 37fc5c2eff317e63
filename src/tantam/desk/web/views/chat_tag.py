"""How the chat comes onto the company's own pages: the line to copy, and what those pages have to allow."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tantam.desk.plans import chatting
from tantam.desk.web.chat_tag import TagForm, tag
from tantam.desk.web.doors import StaffRequest, administrators
from tantam.desk.web.pages import page


@require_safe
@administrators
def show(request: StaffRequest) -> HttpResponse:
    """Show the line as it was asked for."""
    form = TagForm(request.GET or None, languages=request.plan.languages if request.plan else ())
    shown = {
        "form": form,
        "tag": tag(form.cleaned_data if form.is_valid() else {}),
        "offered": request.plan is not None and bool(chatting.channel(request.plan)),
        "site": settings.BASE_URL,
        "origins": sorted(settings.CHAT_ORIGINS - {settings.BASE_URL}),
    }
    return page(request, "web/chat_tag.html", shown, status=422 if form.is_bound and not form.is_valid() else 200)
