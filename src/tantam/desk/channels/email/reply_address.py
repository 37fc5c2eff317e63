"""The address to which answers to one case are sent: signed, so that nobody can think one up; and whose cases it names.

It is asked for after what a mail says it answers, and before the reference in its subject. Whoever writes is checked
all the same: knowing an address opens nothing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from tantam.desk.cases.models import Case

PLACE = "{case}"  # in TANTAM_MAIL_REPLY_TO: the case and its signature
SIGNED_BYTES = 10
_SIGNED = r"([a-z0-9]{4}-[a-z0-9]{3})\.([a-z2-7]{16})"


def reply_address(case: Case) -> str:
    """Return the case's own address; the desk's one for all where TANTAM_MAIL_REPLY_TO says none."""
    if not settings.MAIL_REPLY_TO:
        return str(settings.MAIL_FROM)
    reference = case.reference.lower()
    return str(settings.MAIL_REPLY_TO).replace(PLACE, f"{reference}.{_signature(reference)}")


def reference_of(address: str) -> str:
    """Return the reference that a signed address names, "" for any other address and for a forged one."""
    if not settings.MAIL_REPLY_TO:
        return ""
    before, _, after = (re.escape(each) for each in settings.MAIL_REPLY_TO.lower().partition(PLACE))
    found = re.fullmatch(before + _SIGNED + after, address.strip().lower())
    if found is None or not constant_time_compare(found[2], _signature(found[1])):
        return ""
    return found[1].upper()


def cases_at(addresses: Iterable[str]) -> list[Case]:
    """Return the cases whose own addresses are among these, in their order."""
    references = list(dict.fromkeys(filter(None, map(reference_of, addresses))))
    found = {each.reference: each for each in Case.objects.filter(reference__in=references)}
    return [found[each] for each in references if each in found]


def is_ours(address: str) -> bool:
    """Whether mail to this address is for the desk: then it is never answered, nor is anything that comes from it."""
    named = address.strip().lower()
    return named == settings.MAIL_FROM.lower() or named in settings.MAIL_ALSO or bool(reference_of(named))


def _signature(reference: str) -> str:
    """Return 16 small letters and digits, which every mail server leaves as they are."""
    signed = salted_hmac("tantam.mail.reply", reference, algorithm="sha256").digest()[:SIGNED_BYTES]
    return base64.b32encode(signed).decode().lower()
