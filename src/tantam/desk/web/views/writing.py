"""What the composer asks for: keep what is typed, take files, send, take back, write on for a colleague."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.cases import actions, attachments, drafts, macros
from tantam.desk.cases.access import case_for
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.letters import moment
from tantam.desk.cases.models import Case, Draft, Message
from tantam.desk.cases.said import MOST_CHARACTERS
from tantam.desk.common import clock, spoken
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.common.uploads import SeveralFiles
from tantam.desk.files import store
from tantam.desk.web import handling, way_words
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.views.case import acting, seen
from tantam.desk.web.writing import advice, files_of

LANGUAGES = dict(settings.LANGUAGES)

FIELD = {"note": "note"}  # which field of the form a mode is written in; any other is written in `body`


def _say(request: StaffRequest, case: Case) -> str:
    """Reply, ask, note, settle, send later, or only keep: the button says which. Files that came are kept first."""
    verb = request.POST.get("verb", "reply")
    mode = {"ask": "ask", "note": "note"}.get(verb) or _mode(request)
    body = request.POST.get(FIELD.get(mode, "body"), "")
    _keep_files(request, case, body, mode)
    if verb == "insert":
        return _insert(request, case, body, mode)
    if verb == "keep":
        actions.keep_draft(case, request.user, body, mode=mode)
        return gettext("Kept. It waits here for you.")
    later = _chosen(request.POST.get("later", "")) if verb == "later" else None
    pressed = Pressed(
        body=body,
        mode=mode if verb != "resolve" else "reply",
        settles=verb == "resolve",
        submission=request.POST.get("submission", ""),
        handling_seconds=handling.seconds(case.pk, request.POST.get("started", "")),
        seen=seen(request),
        at=later,
        any_hour=bool(request.POST.get("any_hour")),
    )
    return _told(actions.send(case, request.user, pressed), verb)


_say.__name__ = "say"  # what was typed and refused is shown at the form of this name


@csrf_exempt  # whoever checks it reads the request; first it is said which files that may hold, then checked
@require_POST
@staff
def say(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what the composer holds, with its files."""
    _receive_files(request)
    return csrf_protect(acting(_say))(request, pk=pk)


@require_POST
@staff
def draft(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what is being typed; the page asks for it every few moments."""
    mode = _mode(request)
    try:
        actions.keep_draft(case_for(request.user, pk), request.user, request.POST.get("body", ""), mode=mode)
    except Refused as refused:
        return JsonResponse({"refused": refused.sentence()}, status=422)
    now = clock.now()
    return JsonResponse({"kept": gettext("Kept %(at)s") % {"at": spoken.instant(now, now)}})


@csrf_exempt  # as `say`
@require_POST
@staff
def add_files(request: StaffRequest, pk: int) -> HttpResponse:
    """Take files onto what is being written; answers with the list of them."""
    _receive_files(request)
    return csrf_protect(_add_files)(request, pk)


def _add_files(request: StaffRequest, pk: int) -> HttpResponse:
    case, mode = case_for(request.user, pk), _mode(request)
    brought = _brought(request, case, mode)
    kept = [each for each in brought if not each.refused]
    found = actions.keep_draft(case, request.user, request.POST.get("body", ""), mode=mode, files=kept)
    files = files_of(found.attachments.select_related("blob").order_by("id")) if found else []
    if mode != "note" and request.plan is not None:
        files = way_words.with_ways(files, way_words.way_of(case, request.user, request.plan, clock.now()))
    refused = [attachments.sentence(each.name, each.refused) for each in brought if each.refused]
    context = {"files": files, "refused": refused, "case": case, "mode": mode}
    return render(request, "web/composer_list.html", context, status=422 if refused else 200)


@acting
def drop_file(request: StaffRequest, case: Case, file: int) -> str:
    """Take a file off what one is writing."""
    found = attachments.attachment_for(request.user, file)
    if found.case_id != case.pk:
        raise Refused("draft_gone")
    _keep_typed(request, case)
    actions.drop_file(found, request.user)
    return gettext("“%(name)s” is off this message.") % {"name": found.name}


@acting
def take_over(request: StaffRequest, case: Case, draft: int) -> str:
    """Write on what a colleague began."""
    found = drafts.draft_of(case, draft, request.user)
    whose = found.person.name
    actions.take_over(found, request.user)
    return gettext("You write on what %(person)s began.") % {"person": whose}


@acting
def discard(request: StaffRequest, case: Case, draft: int) -> str:
    """Put away what one was writing."""
    actions.discard_draft(drafts.draft_of(case, draft, request.user), request.user)
    return gettext("Put away.")


@acting
def take_back(request: StaffRequest, case: Case, draft: int) -> str:
    """Take back what was sent and has not gone out."""
    try:
        found = drafts.draft_of(case, draft, request.user)
    except Refused as gone:
        raise Refused("already_out") from gone
    actions.take_back(found, request.user)
    return gettext("Taken back. It waits here for you.")


@require_POST
@staff
def look_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer with what to look at in what is being typed; never an obstacle."""
    case = case_for(request.user, pk)
    assert request.plan is not None
    found = advice(case, request.POST.get("body", "")[:MOST_CHARACTERS], request.plan, request.LANGUAGE_CODE)
    return render(request, "web/composer_advice.html", {"advice": found})


@require_safe
@staff
def texts(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer with the texts for this case, those that fit first, each filled in for its customer."""
    case = case_for(request.user, pk)
    assert request.plan is not None
    fits, others = macros.fitting(case, request.user)
    found = [(each, macros.filled(each, case, request.user, request.plan)) for each in (*fits, *others)]
    told = [
        {"id": str(one.pk), "name": one.name, "key": one.shortcut, "text": said.text, "does": bool(one.does)}
        for one, said in found
    ]
    return JsonResponse({"texts": told})


@require_POST
@staff
def used(request: StaffRequest, pk: int, macro: int) -> HttpResponse:
    """Count that a text was put in by the page itself."""
    case_for(request.user, pk)
    actions.count(macros.macro_for(request.user, macro))
    return JsonResponse({})


def _insert(request: StaffRequest, case: Case, body: str, mode: str) -> str:
    """Put a ready text behind what is written, and do what it does."""
    chosen = whole(request.POST.get("macro", ""))
    if chosen is None:
        actions.keep_draft(case, request.user, body, mode=mode)
        raise Refused("macro_choose")
    macro = macros.macro_for(request.user, chosen)
    said = actions.use_macro(case, request.user, macro, body=body, mode=mode)
    if said.lang and said.lang != said.wanted:
        told = {"wanted": LANGUAGES.get(said.wanted, said.wanted), "lang": LANGUAGES.get(said.lang, said.lang)}
        return gettext("There is no text in %(wanted)s; the one in %(lang)s was put in.") % told
    return gettext("“%(name)s” is put in.") % {"name": macro.name}


def _told(done: Message | Draft, verb: str) -> str:
    if isinstance(done, Draft):
        assert done.held_until is not None
        if done.timed:
            return gettext("It goes out %(at)s; until then you can take it back.") % {"at": moment(done.held_until)}
        seconds = round((done.held_until - clock.now()).total_seconds())
        return gettext("It goes out in %(seconds)s seconds; until then you can take it back.") % {"seconds": seconds}
    match verb:
        case "note":
            return gettext("Noted, for colleagues only.")
        case "ask":
            return gettext("Asked. What may wait for the answer waits.")
        case "resolve":
            return gettext("Settled, and the customer is told.")
    return gettext("Sent.")


def _chosen(written: str) -> datetime:
    """Return the time that was chosen, in the company's zone. Raises Refused("not_ahead") for none."""
    try:
        at = datetime.fromisoformat(written)
        return at if at.tzinfo else timezone.make_aware(at)
    except (ValueError, OverflowError) as wrong:
        raise Refused("not_ahead") from wrong


def _mode(request: HttpRequest) -> str:
    mode = request.POST.get("mode", "reply")
    return mode if mode in Draft.Mode.values else "reply"


def _receive_files(request: HttpRequest) -> None:
    """Let this request bring files; the sizes are bounded while it is read."""
    request.upload_handlers = [SeveralFiles(most=store.MOST_BYTES, most_together=store.MOST_TOGETHER)]


def _brought(request: StaffRequest, case: Case, mode: str) -> list[Brought]:
    """Return the files that came, kept, and those that did not fit."""
    given = [(each.name or "", each.chunks()) for each in request.FILES.getlist("files")]
    handlers = [each for each in request.upload_handlers if isinstance(each, SeveralFiles)]
    unread = [Brought(name, refused=code) for each in handlers for name, code in each.refused]
    already = attachments.bytes_of(drafts.being_written(case, request.user, mode)) if given else 0
    return attachments.bring_with_words(given, already=already) + unread


def _keep_files(request: StaffRequest, case: Case, body: str, mode: str) -> None:
    """Keep the files that came with the form. Raises Refused for the first that cannot be; the others stay."""
    brought = _brought(request, case, mode)
    if kept := [each for each in brought if not each.refused]:
        actions.keep_draft(case, request.user, body, mode=mode, files=kept)
    for each in brought:
        if each.refused:
            raise attachments.refusal(each.name, each.refused)


def _keep_typed(request: StaffRequest, case: Case) -> None:
    """Keep what stands in the composer while one of its smaller buttons is pressed."""
    for mode, field in ((_mode(request), "body"), ("note", "note")):
        if field in request.POST and (mode != "note" or field == "note"):
            actions.keep_draft(case, request.user, request.POST[field], mode=mode)
