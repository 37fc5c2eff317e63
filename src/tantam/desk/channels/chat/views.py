"""The doors of the chat's window: is anybody there, begin, write, read, leave an address, end; and the live stream."""

from __future__ import annotations

import re
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from tantam.desk.cases import attachments
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.models import Attachment, Message
from tantam.desk.channels.chat import incoming, limits, shown
from tantam.desk.channels.chat.doors import Asked, door, told_in, words
from tantam.desk.channels.chat.errors import Wrong
from tantam.desk.channels.chat.greeting import greeting
from tantam.desk.channels.chat.window import Window
from tantam.desk.chats import actions, conversation, hub, streams
from tantam.desk.chats.actions import Arrived
from tantam.desk.chats.limits import MOST_TEXT
from tantam.desk.chats.tokens import file_of, token_of
from tantam.desk.common import clock
from tantam.desk.common.uploads import SeveralFiles
from tantam.desk.files import serving, store

NAMED = re.compile(r"[A-Za-z0-9_-]{1,64}")


@door("GET", token=False)
def hello(request: Asked) -> HttpResponse:
    """Say whether anybody is there, until when, by when they answer, and every word that the window shows."""
    return JsonResponse(greeting(request.plan, request.lang, clock.now()))


@door("POST", token=False)
def start(request: Asked) -> HttpResponse:
    """Begin a conversation; answers with the token that opens it."""
    told = told_in(request)
    limits.count_start(request)
    who = Arrived(
        language=words(told, "lang") if words(told, "lang") in request.plan.languages else request.lang,
        name=words(told, "name"),
        mail=words(told, "mail"),
        page=words(told, "page"),
        agreed=told.get("consent") is True,
    )
    return JsonResponse({"token": token_of(actions.start(who, request.plan))}, status=201)


@door("GET")
def history(request: Asked) -> HttpResponse:
    """Answer with what was said and where it stands."""
    actions.still_here(request.visitor)
    now = clock.now()
    said = conversation.spoken(request.visitor, request.plan.company(request.lang))
    stands = shown.standing(conversation.standing(request.visitor, now), now)
    return JsonResponse({"messages": [shown.message(each, request.visitor) for each in said], **stands})


@door("POST")
def write(request: Asked) -> HttpResponse:
    """Take in what they write: answered once it is stored."""
    told = told_in(request)
    text, client_id = words(told, "text").strip(), _client_id(words(told, "client_id"))
    if not text:
        raise Wrong(422, "says_nothing", _("Write something first."))
    if len(text) > MOST_TEXT:
        raise Wrong(413, "too_long", _("This is too long. Shorten it, or send it as a file."))
    limits.count_written(request)
    kept, message = incoming.take(request.visitor, client_id, text)
    return JsonResponse(_taken(kept.received_at, message, client_id), status=201)


@csrf_exempt  # it reads no cookie
def file(request: HttpRequest) -> HttpResponse:
    """Take in a file; its bounds are held while it is read."""
    request.upload_handlers = [SeveralFiles(most=store.MOST_BYTES, most_together=store.MOST_TOGETHER)]
    return _file(request)


@door("POST")
def _file(request: Asked) -> HttpResponse:
    limits.count_file(request)
    client_id = _client_id(request.POST.get("client_id", ""))
    handlers = (each for each in request.upload_handlers if isinstance(each, SeveralFiles))
    unread = [Brought(name, refused=code) for each in handlers for name, code in each.refused]
    given = [(each.name or "", each.chunks()) for each in request.FILES.getlist("file")]
    brought = [*attachments.bring_with_words(given), *unread]
    for each in brought:
        if each.refused:
            raise attachments.refusal(each.name, each.refused)
    if not brought:
        raise Wrong(422, "no_file", _("Choose a file first."))
    text = request.POST.get("text", "").strip()[:MOST_TEXT]
    kept, message = incoming.take(request.visitor, client_id, text, brought)
    return JsonResponse(_taken(kept.received_at, message, client_id), status=201)


@never_cache
@require_safe
def opened(request: HttpRequest, ticket: str, name: str) -> FileResponse:
    """Answer with a file of a conversation, to who has its signed address."""
    found = file_of(ticket)
    kept = Attachment.objects.select_related("blob", "message").filter(pk=found[1] if found else 0).first()
    if found is None or kept is None or kept.blob is None or not _is_theirs(kept, found[0]):
        raise Http404
    answered = serving.answer(kept.blob, kept.name)
    answered.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # the window stands on other sites, too
    answered.headers["X-Robots-Tag"] = "noindex"
    return answered


@door("POST")
def typing(request: Asked) -> HttpResponse:
    """Pass on that they type; kept nowhere."""
    visitor = request.visitor
    if visitor.case_id and limits.may_tell_typing(visitor.pk):
        on = told_in(request).get("on", True) is not False
        hub.pass_on(visitor.case_id, visitor.pk, who=hub.VISITOR, on=on)
    return HttpResponse(status=204)


@door("POST")
def read(request: Asked) -> HttpResponse:
    """Note up to where they read."""
    upto = words(told_in(request), "id")
    if not upto.isdecimal() or len(upto) > 19:
        raise Wrong(400, "unreadable", _("This could not be read. Load the page anew."))
    actions.read(request.visitor, int(upto))
    return HttpResponse(status=204)


@door("POST")
def mail(request: Asked) -> HttpResponse:
    """Keep their mail address: what they miss goes there, and all of it at the end."""
    limits.count_mail(request)
    sent = actions.ask_copy(request.visitor, words(told_in(request), "mail"))
    return JsonResponse({"mail": request.visitor.mail, "sent": "now" if sent else "at_end"})


@door("POST")
def end(request: Asked) -> HttpResponse:
    """End the conversation."""
    actions.end_chat(request.visitor)
    return HttpResponse(status=204)


@door("GET")
def stream(request: Asked) -> HttpResponse:
    """Keep telling what happens; goes on from Last-Event-ID, or from `last`."""
    actions.still_here(request.visitor)
    given = request.headers.get("Last-Event-ID", "") or request.GET.get("last", "")
    window = Window(request.visitor.pk, request.lang, streams.mark_of(given))
    return streams.answer(request, window)


def _taken(at: Any, message: Message | None, client_id: str) -> dict[str, Any]:
    """Return what is acknowledged: the message's id, "" while the worker is still to read it."""
    told = {"id": str(message.pk) if message else "", "at": (message.written_at if message else at).isoformat()}
    return told | {"client_id": client_id}


def _client_id(given: str) -> str:
    if not NAMED.fullmatch(given):
        raise Wrong(400, "client_id", _("This could not be read. Load the page anew."))
    return given


def _is_theirs(kept: Attachment, visitor: int) -> bool:
    """Whether a file was said in the visitor's conversation; a note's never is."""
    message = kept.message
    if message is None or message.direction == Message.Direction.NOTE:
        return False
    return conversation.holds(visitor, message)
