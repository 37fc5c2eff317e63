"""What somebody from outside files without an account, on a page or by a program: one way for both.

Whoever has not proved a purchase is met as a stranger, so that nothing on record shows through an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from tantam.desk.cases import opening
from tantam.desk.cases.actions.open_case import open_new
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Case
from tantam.desk.claims.actions.file_claim import file_new
from tantam.desk.customers.actions import give_consent, meet
from tantam.desk.customers.consent import Word
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.plans import Fact, RunningPlan


@dataclass(frozen=True, kw_only=True)
class Filing:
    """name, contact: as they wrote them; contact is a mail address or a telephone number. address: see Customer.

    purchase: proved to be theirs, else None; number: what they said it is, when it is not proved.
    plan: in force as the filing was read; all that comes of it is done by this one. policy: "" for a concern that asks
    for nothing. facts: {term: Fact} as told. agreed: to what the customer said yes with it. submission, came_at: see
    Concern.
    """

    plan: RunningPlan
    body: str
    channel: str
    language: str
    name: str = ""
    contact: str = ""
    address: str = ""
    subject: str = ""
    topic: str = ""
    policy: str = ""
    number: str = ""
    purchase: Purchase | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    agreed: tuple[Word, ...] = ()
    submission: str | None = None
    came_at: datetime | None = None


def file(filing: Filing) -> Case:
    """Return the case that the filing opened; the same submission again gives the same case.

    Raises NoPlan, UnknownName, BadFact, Refused (says_nothing, too_long, no_contact, unknown_value).
    """
    return opening.once(lambda: _file(filing), lambda before: before, submission=filing.submission)


def _file(filing: Filing) -> Case:
    customer = _customer(filing)
    for word in filing.agreed:
        give_consent(customer, None, word)
    concern = Concern(
        customer=customer,
        body=_words_of(filing),
        channel=filing.channel,
        language=filing.language,
        subject=filing.subject,
        topic=filing.topic,
        facts=filing.facts,
        purchase=filing.purchase,
        submission=filing.submission,
        plan=filing.plan,
        came_at=filing.came_at,
    )
    return file_new(concern, policy=filing.policy).case if filing.policy else open_new(concern)


def _customer(filing: Filing) -> Customer:
    if filing.purchase is not None:
        return filing.purchase.customer
    return meet(
        name=filing.name,
        contact=filing.contact,
        address=filing.address,
        language=filing.language,
        plan=filing.plan,
    )


def _words_of(filing: Filing) -> str:
    """Return the customer's words; a number that is not proved stands below them, for colleagues to look up."""
    if not filing.number or filing.purchase is not None:
        return filing.body
    unproved = _("Purchase number, not checked: %(number)s") % {"number": filing.number}
    return f"{filing.body}\n\n{unproved}".strip()
