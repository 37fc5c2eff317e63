"""Mail that a mail service hands over by webhook, and what it tells of letters that it carried.

django-anymail checks who calls and reads what they say; here it becomes what the other ways bring: a stored mail, or
the same note on a case as a bounce by mail.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from email.encoders import encode_base64
from email.message import EmailMessage
from email.message import Message as Mime
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from tantam.desk.arrivals.intake import store
from tantam.desk.arrivals.models import MOST_ACCOUNT
from tantam.desk.cases.actions.note_return import note_complaint, note_return
from tantam.desk.cases.models import Message
from tantam.desk.cases.said import Direction
from tantam.desk.channels.email import service_form
from tantam.desk.channels.email.bounces import Bounce
from tantam.desk.channels.email.incoming import CHANNEL
from tantam.desk.channels.email.line import STATUS

CLASSES = {"postmark": "Postmark", "mailgun": "Mailgun"}  # as django-anymail names them
ENCODING = "Content-Transfer-Encoding"
CARRIES = "message-id"  # what our name of a letter is called in what Postmark carries beside it
MOST_TOLD = 80  # characters that it carries


def answer(request: HttpRequest, service: str, what: str) -> HttpResponse:
    """Return the answer to a call of the service. what: Inbound or Tracking.

    Raises SuspiciousOperation for a call that the service did not sign, or that breaks off; whatever fails here fails
    for it too: it calls again.
    """
    view = import_string(f"anymail.webhooks.{service}.{CLASSES[service]}{what}WebhookView")
    if request.method == "POST":
        _read(request, view())
    try:
        found: HttpResponse = view.as_view()(request)
    except (json.JSONDecodeError, UnicodeDecodeError) as broken:
        raise SuspiciousOperation("This call breaks off.") from broken
    return found


def _read(request: Any, view: Any) -> None:
    """Read what is called, first of all what proves who calls. Raises SuspiciousOperation."""
    from anymail.webhooks.base import AnymailBasicAuthMixin

    if view.basic_auth:
        _ask(AnymailBasicAuthMixin.validate_request, view, request)
    if request.content_type != "application/json":
        form = service_form.read(request, lambda proof: _is_proved(view, request, proof))
        request._post, request._files, request.mime = form.words, form.files, form.mime
        return
    if view.basic_auth:
        request._body = request.read()  # else Django's own bound stands, that of a form
    _ask(type(view).validate_request, view, request)


def _is_proved(view: Any, request: HttpRequest, proof: Mapping[str, str]) -> bool:
    """Whether the service signed these fields. Raises SuspiciousOperation where not even that can be said."""
    asked: Any = SimpleNamespace(content_type=request.content_type, POST=proof, META=request.META)
    _ask(type(view).validate_request, view, asked)
    return True


def _ask(validate: Callable[[Any, Any], None], view: Any, request: Any) -> None:
    """Raise SuspiciousOperation also for what is written so oddly that the package cannot look for a signature."""
    try:
        validate(view, request)
    except (AttributeError, TypeError, ValueError) as odd:
        raise SuspiciousOperation("This call is signed by nobody.") from odd


def mark(mail: EmailMessage, service: str) -> None:
    """Let the service keep a letter's name, and say it with what becomes of it. Mailgun does so by itself."""
    name = str(mail["Message-ID"])
    if service == "postmark":
        mail["X-PM-KeepID"] = "true"
        if len(name) <= MOST_TOLD:
            mail[f"X-PM-Metadata-{CARRIES}"] = name


def listen() -> None:
    """Hear what django-anymail reads."""
    from anymail import signals

    signals.inbound.connect(_take, dispatch_uid="tantam mail in")
    signals.tracking.connect(_note, dispatch_uid="tantam letters")


def _take(*, event: Any, esp_name: str, **_: object) -> None:
    """Store a mail; committed when this returns, so that the service hears 200 and never hands it over again."""
    raw = getattr(event.esp_event, "mime", None) or _written(event.message)  # as it was written, if that is known
    told = event.message.envelope_sender
    if told is not None:
        raw = f"Return-Path: <{told.strip('<>')}>\r\n".encode("utf-8", "surrogateescape") + raw
    name = f"{esp_name}:{event.event_id}" if event.event_id else ""
    key = hashlib.sha256(name.encode()).hexdigest() if name else ""
    store(CHANNEL, raw, key=key, account=(event.message.envelope_recipient or "")[:MOST_ACCOUNT])


def _written(mail: Mime) -> bytes:
    """Return a mail as bytes. Files that stand in it as they are would have the ends of their lines written anew."""
    for part in mail.walk():
        if part.get_content_maintype() not in ("text", "multipart", "message") and ENCODING not in part:
            part.set_payload(part.get_payload(decode=True))
            encode_base64(part)
    return mail.as_bytes()


def _note(*, event: Any, **_: object) -> None:
    """Note that a letter came back, or was called unwanted; as it is noted of a report by mail."""
    letter = _letter(event)
    if letter is None:
        return
    match event.event_type:
        case "bounced" | "rejected" | "failed":
            said = _said(event)
            note_return(letter, lasting=event.event_type != "failed" and said.is_hard, status=said.status)
        case "complained":
            note_complaint(letter, kind="abuse")


def _letter(event: Any) -> Message | None:
    """Return the letter of ours that an event is about."""
    names = [(event.metadata or {}).get(CARRIES), event.message_id]
    ours = Message.objects.filter(message_id__in=[each for each in names if each], direction=Direction.OUTGOING)
    return ours.select_related("case").first()


def _said(event: Any) -> Bounce:
    """Return what the service says of a letter that failed, in the form in which a report by mail is judged."""
    words = " ".join(each for each in (event.description, event.mta_response) if each)
    found = STATUS.search(words)
    return Bounce((event.recipient or "",), "failed", found[0] if found else "", words)
