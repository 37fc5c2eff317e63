"""Links by which one signs in: made for the letter that brings them, signed, and good for one entry."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

from tantam.desk.common import addresses, clock
from tantam.desk.common.errors import Refused
from tantam.desk.visitors.access import verified
from tantam.desk.visitors.models import EntryLink

SEND = "send_entry_link"  # work whose payload is {"mail": as it is kept, "key": of its letter, "language"}
GOOD_FOR = timedelta(minutes=30)
PAGE = "enter"  # the page on which one signs in; its argument is the signed link
ALL = "all_requests"  # the page on which one asks for a link, and sees all of one's requests
SALT = "tantam.visitors.entry"


def link_for(mail: str, name: str) -> tuple[EntryLink, str] | None:
    """Return the link and the address of its page; None if nobody has this address verified.

    name: of the letter, for which the same link is made once. It is good from when the letter goes out: what could not
    go out at first brings no link that is over.
    """
    contact = verified(mail).select_related("customer").first()
    if contact is None:
        return None
    given = {"contact": contact, "mail": mail, "until": clock.now() + GOOD_FOR}
    link, made = EntryLink.objects.get_or_create(name=name, defaults=given)
    if not made:
        EntryLink.objects.filter(pk=link.pk, used_at=None).update(until=given["until"])
    return link, addresses.whole(PAGE, _signer().sign_object(link.pk))


def link_of(token: str) -> EntryLink:
    """Return the link that a signed token names, while it is good. Raises Refused("link_over")."""
    try:
        pk = int(_signer().unsign_object(token))
    except (signing.BadSignature, ValueError, TypeError) as forged:
        raise Refused("link_over") from forged
    found = EntryLink.objects.filter(pk=pk, used_at=None, until__gt=clock.now()).first()
    if found is None:
        raise Refused("link_over")
    return found


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)  # without the time: the same letter brings the same link
