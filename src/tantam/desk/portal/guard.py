"""Guards the public forms on the premises: a signed time, a field that only machines fill in, rates.

Whatever it stops, the text that somebody wrote stays in the form before them.
"""

from __future__ import annotations

import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tantam.desk.common import clock, rate
from tantam.desk.customers import contacts

SALT = "tantam.portal.form"
FASTEST_SECONDS = 2
OLDEST_SECONDS = 24 * 3600
FILED = rate.Rate("filed", settings.FILED_PER_HOUR)
FILED_BY_CONTACT = rate.Rate("filed_contact", max(5, settings.FILED_PER_HOUR // 3))
PROVED = rate.Rate("proved", settings.FILED_PER_HOUR)
PROVED_BY_CONTACT = rate.Rate("proved_contact", settings.FILED_PER_HOUR)
WRITTEN = rate.Rate("written", settings.FILED_PER_HOUR)
LOST = rate.Rate("lost", settings.FILED_PER_HOUR)
LOST_BY_CONTACT = rate.Rate("lost_contact", 5)
TRAP = "website"


class Stop(StrEnum):
    """Why a form is shown again; "" lets it through."""

    NONE = ""
    TOO_FAST = "too_fast"
    TOO_OLD = "too_old"
    TRAPPED = "trapped"


NOT_KEPT = _("We could not keep this just now. Nothing is lost: please send it once more in a minute.")
SAID = {
    Stop.TOO_FAST: _("That was very fast. Please look it over and send it once more."),
    Stop.TOO_OLD: _("This page was open for a long time. Nothing is lost: please send it once more."),
    Stop.TRAPPED: _("Something filled in a hidden field. Please send it once more as it stands."),
}


@dataclass(frozen=True, slots=True)
class Seal:
    """What a form carries: when it was made, signed, and the number under which it counts as one."""

    token: str
    submission: str


def seal(submission: str = "") -> Seal:
    """Return a fresh seal. submission: an earlier one, kept so that sending again is the same sending."""
    stamp = signing.dumps(int(clock.now().timestamp()), salt=SALT)
    return Seal(stamp, _number(submission) or str(uuid.uuid4()))


def stopped(request: HttpRequest) -> Stop:
    """Return why this form must be shown again, Stop.NONE if it need not."""
    if request.POST.get(TRAP, "").strip():
        return Stop.TRAPPED
    try:
        made = int(signing.loads(request.POST.get("token", ""), salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return Stop.TOO_OLD
    age = int(clock.now().timestamp()) - made
    if age < FASTEST_SECONDS:
        return Stop.TOO_FAST
    return Stop.TOO_OLD if age > OLDEST_SECONDS else Stop.NONE


def submission_of(request: HttpRequest) -> str:
    """Return the number that the form was sent under; a new one if it has none that can be read."""
    return _number(request.POST.get("submission", "")) or str(uuid.uuid4())


def filed(request: HttpRequest, contact: str) -> AbstractContextManager[None]:
    """Count what is filed in the block for this network and this contact, in one transaction with it.

    Raises Refused `too_often`.
    """
    contacts_too = [(FILED_BY_CONTACT, _kept_form(contact))] if contact else []
    return rate.counted((FILED, _network(request)), *contacts_too)


def count_proof(request: HttpRequest, contact: str) -> None:
    """Count one try of this network to prove a purchase with this contact. Raises Refused `too_often`."""
    rate.count(PROVED, _network(request))
    rate.count(PROVED_BY_CONTACT, _kept_form(contact))


def count_lost(request: HttpRequest, contact: str) -> None:
    """Count one request of this network for the links of a contact. Raises Refused `too_often`."""
    rate.count(LOST, _network(request))
    rate.count(LOST_BY_CONTACT, _kept_form(contact))


def count_written(request: HttpRequest, case_key: str) -> None:
    """Count one message under a private link. Raises Refused `too_often`."""
    rate.count(WRITTEN, case_key)
    rate.count(FILED, _network(request))


def _network(request: HttpRequest) -> str:
    return rate.network(rate.address_of(request))


def _kept_form(contact: str) -> str:
    """Return the one form of an address, however it is written; who writes to nobody counts as one."""
    found = contacts.normal(contact)
    return found[1] if found else ""


def _number(given: str) -> str:
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return ""
