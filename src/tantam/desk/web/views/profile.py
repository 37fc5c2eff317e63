"""One's own page: language, colours, density, signing out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tantam.desk.accounts.actions import choose
from tantam.desk.accounts.forms import ProfileForm
from tantam.desk.common.language import YEAR
from tantam.desk.web.doors import StaffRequest, one_s_own
from tantam.desk.web.pages import page


@require_http_methods(["GET", "HEAD", "POST"])
@one_s_own
def show(request: StaffRequest) -> HttpResponse:
    """Show what was chosen, and keep what is chosen now."""
    if request.method != "POST":
        return page(request, "web/profile.html", _context(request, ProfileForm.of(request.user)))
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return page(request, "web/profile.html", _context(request, form), status=422)
    person = choose(request.user, **form.cleaned_data)
    with translation.override(person.language):
        messages.success(request, gettext("Kept. Your pages look like this from now on."))
    answer = redirect("web:profile")
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, max_age=YEAR, samesite="Lax", httponly=True)
    return answer


def _context(request: StaffRequest, form: ProfileForm) -> dict[str, Any]:
    level = request.plan.level_label(request.user.level, request.LANGUAGE_CODE) if request.plan else request.user.level
    return {"form": form, "level": level}
