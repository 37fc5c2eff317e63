"""Guards the public forms on the premises: a signed time, a field that only machines fill in, a small sum, rates.

Whatever it stops, the text that somebody wrote stays in the form before them. What it only notices is counted with the
words: see `desk/spam`.
"""

from __future__ import annotations

import logging
import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core import signing
from django.db import OperationalError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tantam.desk.common import clock, rate
from tantam.desk.common.errors import Refused
from tantam.desk.customers import contacts
from tantam.desk.portal.puzzle import is_solved, puzzle_of
from tantam.desk.spam.score import Sign

_log = logging.getLogger(__name__)

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
BUSY = 3  # a network that filed this part of its rate is asked for a sum: nobody else is, unless their form was odd


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
    """What a form carries: when it was made, signed, and the number under which it counts as one.

    puzzle: the sum that the browser does by itself, "" where none is asked.
    """

    token: str
    submission: str
    puzzle: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a token says. made: seconds since 1970. odd: what was noticed of the form before."""

    made: int
    submission: str = ""
    asks: bool = False
    odd: tuple[Sign, ...] = ()


def seal(submission: str = "") -> Seal:
    """Return a fresh seal. submission: an earlier one, kept so that sending again is the same sending."""
    return _sealed(_number(submission) or str(uuid.uuid4()), asks=False, odd=())


def seal_for(request: HttpRequest, submission: str = "") -> Seal:
    """Return a fresh seal of a form that opens a case: it asks for a sum if the form was odd, or its network busy."""
    odd = _noticed(request)
    asks = bool(odd) or rate.so_far(FILED, _network(request)) * BUSY >= FILED.most
    return _sealed(_number(submission) or str(uuid.uuid4()), asks=asks, odd=odd)


def signs(request: HttpRequest) -> list[Sign]:
    """Return what was noticed of the form that was sent, beside its words."""
    told = _told(request)
    if told is None:
        return []
    found = list(told.odd)
    if told.asks or told.submission not in ("", submission_of(request)):  # one seal is one form's: no other is spared
        found.append(_proof(request, told))
    return found


def stopped(request: HttpRequest) -> Stop:
    """Return why this form must be shown again, Stop.NONE if it need not."""
    if request.POST.get(TRAP, "").strip():
        return Stop.TRAPPED
    told = _told(request)
    if told is None:
        return Stop.TOO_OLD
    age = int(clock.now().timestamp()) - told.made
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


def why_not(stopped: Refused | OperationalError) -> tuple[int, str]:
    """Return what a form is answered that could not be taken in: the status, and the words that stand above it."""
    if isinstance(stopped, Refused):
        return 429 if stopped.code == "too_often" else 422, stopped.sentence()
    # The database is busy or away: what was written must not be.
    _log.error("A form could not be kept; it is shown again.", exc_info=stopped)
    return 503, str(NOT_KEPT)


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


def _sealed(submission: str, *, asks: bool, odd: tuple[Sign, ...]) -> Seal:
    made = int(clock.now().timestamp())
    token = signing.dumps([made, submission, int(asks), [each.value for each in odd]], salt=SALT)
    return Seal(token, submission, puzzle_of(token) if asks else "")


def _told(request: HttpRequest) -> _Told | None:
    """Return what the form's token says, None where it is none of ours."""
    try:
        read = signing.loads(request.POST.get("token", ""), salt=SALT)
        if isinstance(read, int):  # of a page that is older than this version of the desk
            return _Told(read)
        made, submission, asks, odd = read
        return _Told(int(made), str(submission), bool(asks), tuple(Sign(each) for each in odd))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _noticed(request: HttpRequest) -> tuple[Sign, ...]:
    """Return what is odd about the form that was sent, and what was before; nothing of a page that is asked for."""
    told = _told(request)
    found = list(told.odd) if told else []
    match stopped(request) if request.method == "POST" and "submission" in request.POST else Stop.NONE:
        case Stop.TRAPPED:
            found.append(Sign.TRAPPED)
        case Stop.TOO_FAST:
            found.append(Sign.TOO_FAST)
        case Stop.NONE | Stop.TOO_OLD:
            pass
    return tuple(dict.fromkeys(found))


def _proof(request: HttpRequest, told: _Told) -> Sign:
    """Return what became of the sum that was asked for."""
    solution = request.POST.get("proof", "")
    if not solution:
        return Sign.NO_PROOF
    own = told.submission == submission_of(request)
    solved = own and is_solved(puzzle_of(request.POST.get("token", "")), solution)
    return Sign.PROVED if solved else Sign.BAD_PROOF


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
