"""What a visitor's browser holds: the key of its window, signed; and the addresses of files that it alone may open."""

from __future__ import annotations

from django.core import signing

from tantam.desk.chats.models import Visitor

TOKEN = "tantam.chats.visitor"
FILE = "tantam.chats.file"


def token_of(visitor: Visitor) -> str:
    """Return what the browser shows of itself with each request."""
    return signing.Signer(salt=TOKEN).sign(visitor.key)


def visitor_of(token: str) -> Visitor | None:
    """Return whose token this is, with the case; None for one that we did not give. A forged one asks no database."""
    try:
        key = signing.Signer(salt=TOKEN).unsign(token)
    except signing.BadSignature:
        return None
    return Visitor.objects.select_related("case__customer", "case__owner", "customer").filter(key=key).first()


def file_ticket(visitor: Visitor, attachment: int) -> str:
    """Return what opens one file of this visitor's, in an address."""
    return signing.Signer(salt=FILE).sign(f"{visitor.pk}.{attachment}").replace(":", "~")


def file_of(ticket: str) -> tuple[int, int] | None:
    """Return the ids of visitor and attachment that a ticket names; None for one that we did not give."""
    try:
        visitor, _, attachment = signing.Signer(salt=FILE).unsign(ticket.replace("~", ":")).partition(".")
    except signing.BadSignature:
        return None
    return int(visitor), int(attachment)
