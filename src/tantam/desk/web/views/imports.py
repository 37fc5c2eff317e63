"""Files of other systems: brought, looked at before anything is written, taken in by the worker, found again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk.common.errors import Refused
from tantam.desk.imports import actions, store
from tantam.desk.imports.access import import_for, imports_for
from tantam.desk.imports.actions import Uploaded
from tantam.desk.imports.meaning.file_wrong import file_sentence
from tantam.desk.imports.models import Import
from tantam.desk.imports.preview import Preview, previewed
from tantam.desk.imports.reading.opening import opened
from tantam.desk.imports.reading.table import How, Unreadable
from tantam.desk.imports.uploading import MEGABYTE, MOST_BYTES, LargeFile
from tantam.desk.web import import_page, import_words
from tantam.desk.web.doors import StaffRequest, managers
from tantam.desk.web.import_form import ImportForm
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned_in

LIST = 50
PLACE = "customers"


@csrf_exempt  # whoever checks it reads the request; `_brought` first says where a large file goes, then checks
@require_http_methods(["GET", "HEAD", "POST"])
@managers
@planned_in(PLACE)
def index(request: StaffRequest) -> HttpResponse:
    """Show what was taken in; bring a file."""
    if request.method != "POST":
        return _list(request)
    taking = LargeFile()
    request.upload_handlers = [taking]
    return csrf_protect(_brought)(request, taking)


@require_safe
@managers
@planned_in(PLACE)
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one import: what it would become, how far it is, or what it came to."""
    return _one(request, import_for(request.user, pk))


@require_POST
@managers
@planned_in(PLACE)
def columns(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what the columns mean; the preview follows it."""
    held = import_for(request.user, pk)
    try:
        form = ImportForm(held, _columns(held), request.POST)
    except Unreadable as wrong:
        return _one(request, held, wrong=file_sentence(wrong.code, wrong.said))
    mapping = form.mapping() if form.is_valid() else None
    if mapping is None:
        if not form.errors:
            form.add_error(None, gettext("Choose at least one column that is taken in."))
        return _one(request, held, form=form)
    try:
        actions.map_columns(held, request.user, mapping, form.how())
    except Refused as refused:
        messages.error(request, refused.sentence())
    return redirect("web:import", held.pk)


@require_POST
@managers
@planned_in(PLACE)
def start(request: StaffRequest, pk: int) -> HttpResponse:
    """Have it taken in, or go on where it was stopped."""
    held = import_for(request.user, pk)
    try:
        actions.start_import(held, request.user)
    except Unreadable as wrong:
        messages.error(request, file_sentence(wrong.code, wrong.said))
    except Refused as refused:
        messages.error(request, refused.sentence())
    return redirect("web:import", held.pk)


@require_POST
@managers
def stop(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop it; what was taken in stays."""
    held = import_for(request.user, pk)
    try:
        actions.stop_import(held, request.user)
    except Refused as refused:
        messages.error(request, refused.sentence())
    return redirect("web:import", held.pk)


@require_POST
@managers
def throw_away(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw away a file that was never taken in."""
    held = import_for(request.user, pk)
    try:
        actions.throw_away(held, request.user)
    except Refused as refused:
        messages.error(request, refused.sentence())
        return redirect("web:import", held.pk)
    messages.success(request, gettext("“%(name)s” was thrown away.") % {"name": held.name})
    return redirect("web:imports")


@require_safe
@managers
def rejected(request: StaffRequest, pk: int) -> StreamingHttpResponse:
    """Send the rows that were not taken, each with its line and the reason, to be mended and brought again."""
    held = import_for(request.user, pk)
    answer = StreamingHttpResponse(
        import_page.rejected_lines(held, request.LANGUAGE_CODE), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="not-taken-{held.source}.csv"'
    return answer


def _brought(request: StaffRequest, taking: LargeFile) -> HttpResponse:
    try:
        name = request.FILES["file"].name if "file" in request.FILES else ""
        if taking.refused:
            return _list(request, Refused(taking.refused, name=name, most=MOST_BYTES // MEGABYTE).sentence())
        if taking.path is None:
            return _list(request, gettext("Choose a file first."))
        held = actions.keep_file(Uploaded(name or "", taking.path), request.user)
    except Unreadable as wrong:
        return _list(request, file_sentence(wrong.code, wrong.said))
    except Refused as refused:
        return _list(request, refused.sentence())
    finally:
        taking.forget()
    return redirect("web:import", held.pk)


def _list(request: StaffRequest, wrong: str = "") -> HttpResponse:
    found = leaf(imports_for(request.user), request.GET, most=LIST)
    context = {
        "imports": found.of(_row),
        "wrong": [wrong] if wrong else [],
        "built_in": ", ".join(import_words.SYSTEMS.values()),
    }
    return page(request, "web/imports.html", context, place=PLACE, status=422 if wrong else 200)


def _row(held: Import) -> dict[str, Any]:
    return {"held": held, "state": import_words.state(held), "came_to": import_words.came_to(held)}


def _one(request: StaffRequest, held: Import, *, form: ImportForm | None = None, wrong: str = "") -> HttpResponse:
    context: dict[str, Any] = {"held": held, "wrong": wrong}
    if held.state == Import.State.KEPT:
        try:
            found = previewed(held)
            context["form"] = form or ImportForm(held, found.looked.columns)
            context["columns"] = _sampled(context["form"], found)
            context |= import_page.preview_context(found)
        except Unreadable as unreadable:
            context["wrong"] = file_sentence(unreadable.code, unreadable.said)
    else:
        context |= import_page.run_context(held)
    return page(request, "web/import.html", context, place=PLACE, status=422 if form else 200)


def _sampled(form: ImportForm, found: Preview) -> list[tuple[Any, str]]:
    """Return each column's field with the first cell that says something."""
    good = [line.cells for line in found.looked.lines[:200] if not line.broken]
    samples = [next((row[at] for row in good if row[at].strip()), "") for at in range(len(form.columns))]
    return [(form[f"column_{at}"], samples[at][:60]) for at in range(len(form.columns))]


def _columns(held: Import) -> tuple[str, ...]:
    with opened(store.file_of(held), How(**held.how)) as table:
        return table.columns
