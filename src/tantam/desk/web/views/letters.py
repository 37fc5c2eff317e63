"""The letters that the desk writes, for who works on them: each kind in each language, in both themes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from tantam.desk.common import specimens
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.views.style import THEMES


@require_safe
@staff
def show(request: StaffRequest) -> HttpResponse:
    """Show every kind of letter in every language."""
    spoken = [(code, str(translation.get_language_info(code)["name_local"])) for code, _ in settings.LANGUAGES]
    letters = [(each.label, [(code, name, each.html(code)) for code, name in spoken]) for each in specimens.shown()]
    return page(request, "style/letters.html", {"letters": letters, "themes": THEMES})


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Answer with the letters' style sheet."""
    return HttpResponse(specimens.style(), content_type="text/css; charset=utf-8")
