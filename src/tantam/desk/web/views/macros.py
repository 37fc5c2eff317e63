"""Texts ready to send: the list, making, changing, taking away, and bringing back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk.cases import actions, macros
from tantam.desk.cases.models import Macro
from tantam.desk.common.errors import Refused
from tantam.desk.web.doors import StaffRequest, staff, workers
from tantam.desk.web.macro_form import MacroForm, initial_of
from tantam.desk.web.pages import page

_BACK = (
    '{} <form method="post" action="{}" class="texts-undo"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    '<input type="hidden" name="text" value="{}"><button type="submit">{}</button></form>'
)


@require_safe
@staff
def show(request: StaffRequest) -> HttpResponse:
    """Show everybody's texts and one's own, with how often each was used."""
    found = macros.macros_for(request.user)[: macros.MOST]
    languages = request.plan.languages if request.plan else ()
    rows = [{"macro": each, "lacks": [one for one in languages if not each.texts.get(one)]} for each in found]
    return page(request, "web/texts.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@workers
def new(request: StaffRequest) -> HttpResponse:
    """Write a text."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@workers
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a text."""
    return _edit(request, macros.macro_for(request.user, pk))


@require_POST
@staff
def delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a text away; the toast brings it back."""
    macro = macros.macro_for(request.user, pk)
    try:
        signed = actions.delete_macro(macro, request.user)
    except Refused as refused:
        messages.error(request, refused.sentence())
        return redirect("web:texts")
    gone = gettext("“%(name)s” is taken away.") % {"name": macro.name}
    at, back = reverse("web:restore_text"), gettext("Bring it back")
    messages.success(request, format_html(_BACK, gone, at, get_token(request), signed, back))
    return redirect("web:texts")


@require_POST
@staff
def restore(request: StaffRequest) -> HttpResponse:
    """Bring back a text that was taken away."""
    try:
        macro = actions.restore_macro(request.user, request.POST.get("text", ""))
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, gettext("“%(name)s” is back.") % {"name": macro.name})
    return redirect("web:texts")


def _edit(request: StaffRequest, macro: Macro | None) -> HttpResponse:
    if request.plan is None:
        return page(request, "web/no_plan.html", {})
    about: dict[str, Any] = {"plan": request.plan, "lang": request.LANGUAGE_CODE}
    if request.method != "POST":
        initial = initial_of(macro) if macro else {"name": request.GET.get("name", "")}
        return _form(request, MacroForm(initial=initial, **about), macro)
    form = MacroForm(request.POST, **about)
    if form.is_valid():
        try:
            kept = actions.keep_macro(request.user, form.written(), macro)
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, gettext("“%(name)s” is kept.") % {"name": kept.name})
            return redirect("web:texts")
    return _form(request, form, macro, status=422)


def _form(request: StaffRequest, form: MacroForm, macro: Macro | None, *, status: int = 200) -> HttpResponse:
    assert request.plan is not None
    shown = []
    for field, lang in zip(form.texts, form.languages, strict=True):
        sample = dict.fromkeys(macros.PLACES, "…") | {"agent": request.user.name, "company": request.plan.company(lang)}
        text, _missing = macros.fill(str(field.value() or ""), sample | macros.SAMPLE.get(lang, {}))
        shown.append((field, text, lang))
    context = {"form": form, "macro": macro, "texts": shown, "places": macros.PLACES}
    return page(request, "web/text.html", context, status=status)
