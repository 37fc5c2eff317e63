"""What comes from a window: stored, then acknowledged, then read into its case at once, or by the worker."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.incoming import Incoming, Sender
from tantam.desk.arrivals.intake import Read
from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.models import Message
from tantam.desk.chats.actions import Said, hear
from tantam.desk.chats.actions.hear import NETWORK, handle_of
from tantam.desk.chats.conversation import name_of
from tantam.desk.chats.models import Visitor
from tantam.desk.chats.words import named
from tantam.desk.customers.models import Contact
from tantam.desk.files.models import Blob
from tantam.desk.plans import ways

CHANNEL = "chat"

_log = logging.getLogger(__name__)


def take(visitor: Visitor, client_id: str, text: str, files: Sequence[Brought] = ()) -> tuple[Arrival, Message | None]:
    """Return what was stored, and the message that it became; None where that is still to be done.

    The same client_id again is the same message.
    """
    told = {
        "visitor": visitor.pk,
        "client_id": client_id,
        "text": text,
        "files": [[each.blob.sha256, each.name] for each in files if each.blob],
    }
    raw = json.dumps(told, ensure_ascii=False).encode()
    kept = intake.store(CHANNEL, raw, key=f"{visitor.pk}:{client_id}", wait=intake.READ_AGAIN)
    try:
        intake.take_in(kept.pk)
    except Exception:  # it is stored, and what is stored is acknowledged
        _log.exception("What came by chat as %s is read again by the worker.", kept.pk)
    return kept, Message.objects.filter(message_id=name_of(visitor, client_id)).first()


@intake.reads(CHANNEL)
def read_words(kept: Arrival) -> Read:
    """Return what a window sent, and how it is brought into its case."""
    told = json.loads(bytes(kept.raw))
    visitor = Visitor.objects.get(pk=told["visitor"])
    blobs = Blob.objects.in_bulk([sha256 for sha256, _name in told["files"]])
    files = [Brought(name, blobs[sha256]) for sha256, name in told["files"] if sha256 in blobs]
    body, name = str(told["text"]).strip() or named(files), name_of(visitor, str(told["client_id"]))
    return Read(
        sender=visitor.mail or visitor.name or f"chat-{visitor.pk}",
        subject=body.partition("\n")[0],
        name=name,
        bring=lambda: hear(Said(visitor.pk, name, body, files)),
        said=lambda: _said(visitor, name, body),
        files=lambda: files,
        opens=lambda: hear(Said(visitor.pk, name, body, files)),
    )


def _said(visitor: Visitor, name: str, body: str) -> Incoming:
    """Return the words, for who looks at them in the tray."""
    handle = Sender(Contact.Kind.HANDLE, handle_of(visitor), visitor.name, NETWORK)
    return Incoming(
        ways=ways.CHAT,
        sender=Sender(Contact.Kind.MAIL, visitor.mail, visitor.name, vouched=False) if visitor.mail else handle,
        body=body,
        message_id=name,
        language=visitor.language,
    )
