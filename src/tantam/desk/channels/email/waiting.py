"""Tells a stranger the truth whose mail looks a little like spam: it came, and somebody looks at it first.

Who is surely a sender of spam is told nothing: the address is seldom theirs. At most one such letter an hour goes to
one sender.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tantam.desk import plans
from tantam.desk.arrivals.models import Arrival
from tantam.desk.arrivals.tongue import tongue_of
from tantam.desk.channels.email.asides import Aside, aside, told_of
from tantam.desk.channels.email.line import hand_over
from tantam.desk.channels.email.reading import ReadMail
from tantam.desk.common import clock, rate
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import due, handles

ANSWER = "answer_waiting"  # work whose payload is that of `asides.told_of`
TOLD = rate.Rate("waiting_told", 1)
LETTER = Aside("waiting", _("We received your mail: %(subject)s"), "email/waiting.txt")


def answer(mail: ReadMail, kept: Arrival) -> None:
    """Ask for the letter in the sender's language, in the caller's transaction. Raises NoPlan."""
    languages = plans.in_force().languages
    try:
        rate.count(TOLD, mail.sender)
    except Refused:
        return
    said = told_of(mail, kept, tongue_of(f"{mail.subject}\n{mail.body}", mail.language, languages))
    due(ANSWER, f"{ANSWER}:{kept.pk}", said, clock.now())


@handles(ANSWER)
def tell(payload: Mapping[str, Any]) -> None:
    """Write to the sender, unless somebody let the mail in meanwhile. Raises NotDelivered, Undeliverable."""
    if not Arrival.objects.filter(pk=payload["arrival"], case=None, thrown_at=None).exists():
        return
    hand_over(aside(payload, LETTER))
