"""What if the plan were different: bring a draft, choose a stretch of the past, see what would have gone otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk.common.errors import Refused
from tantam.desk.common.uploads import OneSmallFile
from tantam.desk.plans import PlanHasFindings, PlanUnreadable
from tantam.desk.plans.access import drafts_for, replay_for, replays_for
from tantam.desk.plans.actions import NewDraft, ask_replay, keep_draft
from tantam.desk.plans.bringing import MOST_BYTES, Brought, sources_of
from tantam.desk.plans.findings import FindingShown, shown
from tantam.desk.plans.models import Draft, Replay
from tantam.desk.reports.reading import opened
from tantam.desk.reports.replays import histories, history_of, stretch_of
from tantam.desk.web import figure_words, what_if_words
from tantam.desk.web.doors import StaffRequest, managers, overseers
from tantam.desk.web.draft_form import DraftForm, PastForm, field_of
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned_in
from tantam.desk.web.what_if_page import FIRST_ROWS, unreadable_page, what_if_page

LIST = 30


@csrf_exempt  # whoever checks it reads the request; `_brought` first says how large a file it may hold, then checks
@require_http_methods(["GET", "HEAD", "POST"])
@overseers
@planned_in("plan")
def index(request: StaffRequest) -> HttpResponse:
    """Show the drafts and what was tried; bring a draft."""
    if request.method != "POST":
        return _list(request, DraftForm(histories()))
    taking = OneSmallFile(MOST_BYTES)
    request.upload_handlers = [taking]
    return csrf_protect(_brought)(request, taking)


@require_safe
@overseers
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one replay: how far it is, or what the draft would have done."""
    return _run(request, replay_for(request.user, pk))


@require_POST
@managers
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """Try the draft of a replay on another stretch of the past."""
    replay = replay_for(request.user, pk)
    form = PastForm(histories(), request.POST)
    if form.is_valid():
        try:
            return _tried(request, replay.draft, form)
        except Refused as refused:
            _refused(form, refused)
    return _run(request, replay, form)


def _run(request: StaffRequest, replay: Replay, form: PastForm | None = None) -> HttpResponse:
    try:
        context = what_if_page(replay, request.LANGUAGE_CODE, most=None if request.GET.get("all") else FIRST_ROWS)
    except PlanUnreadable:
        return page(request, "web/what_if_run.html", unreadable_page(replay), place="plan")
    context["form"] = form or PastForm(histories(), initial={"source": replay.source})
    context["lost"] = figure_words.lost(opened().lost)
    return page(request, "web/what_if_run.html", context, place="plan", status=422 if form else 200)


def _brought(request: StaffRequest, taking: OneSmallFile) -> HttpResponse:
    form = DraftForm(histories(), request.POST, request.FILES)
    if form.is_valid() and taking.refused:
        form.add_error("file", Refused("draft_too_large", most=MOST_BYTES // 1000).sentence())
    if form.is_valid():
        brought = _what(form)
        try:
            if brought is None:
                raise Refused("draft_empty")
            history = history_of(form.cleaned_data["source"])
            stretch_of(history, form.cleaned_data["stretch"], *_days(form))  # before anything is kept
            new = NewDraft(form.cleaned_data["title"], form.cleaned_data["note"], brought)
            return _tried(request, keep_draft(request.user, new), form)
        except Refused as refused:
            _refused(form, refused)
        except (PlanUnreadable, PlanHasFindings) as wrong:
            lines = sources_of(brought)[0] if brought else ()
            found = shown(wrong.findings, lines, request.LANGUAGE_CODE)
            return _list(request, _with_text(form, brought), findings=found)
    return _list(request, form, status=422)


def _what(form: DraftForm) -> Brought | None:
    file = form.cleaned_data["file"]
    if file is not None:
        return Brought(file.name, file.read())
    return Brought.typed(form.cleaned_data["text"]) if form.cleaned_data["text"].strip() else None


def _with_text(form: DraftForm, brought: Brought | None) -> DraftForm:
    """Return the form with the text of the one file that was brought, so that it can be mended here."""
    if brought is None or form.cleaned_data["file"] is None or brought.name.lower().endswith(".zip"):
        return form
    form.data = form.data.copy()
    form.data["text"] = brought.raw.decode("utf-8", "replace")
    return form


def _tried(request: StaffRequest, draft: Draft, form: PastForm) -> HttpResponse:
    history = history_of(form.cleaned_data["source"])
    since, until = stretch_of(history, form.cleaned_data["stretch"], *_days(form))
    replay = ask_replay(draft, source=history.source, since=since, until=until, person=request.user)
    return redirect("web:what_if_run", replay.pk)


def _days(form: PastForm) -> tuple[str, str]:
    return form.cleaned_data["since"], form.cleaned_data["until"]


def _refused(form: PastForm, refused: Refused) -> None:
    field = field_of(refused.code)
    form.add_error(field if field in form.fields else None, refused.sentence())


def _list(
    request: StaffRequest, form: DraftForm, *, findings: Sequence[FindingShown] = (), status: int = 200
) -> HttpResponse:
    runs = replays_for(request.user).annotate(changed=F("result__changed"), cases=F("result__cases"))
    found = drafts_for(request.user).prefetch_related(Prefetch("replays", runs, to_attr="runs"))[:LIST]
    context = {
        "form": form,
        "lost": figure_words.lost(opened().lost),
        "drafts": [{"draft": each, "runs": [_line(run) for run in each.runs]} for each in found],
        "findings": findings,
        "errors": sum(each.weight == "error" for each in findings),
    }
    return page(request, "web/what_if.html", context, place="plan", status=422 if findings else status)


def _line(run: Any) -> dict[str, Any]:
    done = run.state == Replay.State.DONE
    return {
        "run": run,
        "source": what_if_words.source(run.source),
        "days": what_if_words.days(run.since, run.until),
        "said": what_if_words.outcome(run.changed or 0, run.cases or 0) if done else what_if_words.state(run),
    }
