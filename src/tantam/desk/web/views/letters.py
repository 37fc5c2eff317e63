"""The letters that the desk writes, for who works on them: each kind in each language, as mail programs show it."""

from __future__ import annotations

from csp.decorators import csp, csp_update
from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from tantam.desk.common import specimens
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page

LANGUAGES = dict(settings.LANGUAGES)
# A mail brings its styles along and nothing else; it runs in a frame of the guide alone.
AS_A_MAIL = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'self'"]}


@csp_update({"frame-src": ["'self'"]})
@require_safe
@staff
def show(request: StaffRequest) -> HttpResponse:
    """Show every kind of letter in every language."""
    context = {"letters": specimens.shown(), "languages": [(code, _name(code)) for code in LANGUAGES]}
    return page(request, "style/letters.html", context)


@csp(AS_A_MAIL)
@xframe_options_sameorigin
@require_safe
@staff
def one(request: StaffRequest, name: str, lang: str) -> HttpResponse:
    """Answer with one letter in one language, as it is sent."""
    found = specimens.named(name)
    if found is None or lang not in LANGUAGES:
        raise Http404
    return HttpResponse(found.html(lang))


def _name(code: str) -> str:
    return str(translation.get_language_info(code)["name_local"])
