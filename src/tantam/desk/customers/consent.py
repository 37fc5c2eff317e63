"""Whether a customer agreed to something, by purpose and channel: the latest word counts, and every word is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contacts import NETWORKS
from tantam.desk.customers.editing import refuse_strangers
from tantam.desk.customers.models import Consent, Customer, Purpose
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.care import channels

UNASKED = (Purpose.SERVICE,)  # allowed until they say no: who asks for help wants an answer
WAYS = {
    "spoken": _("They said so"),
    "written": _("They wrote so"),
    "form": _("On a form of ours"),
    "contract": _("With the purchase"),
    "complaint": _("They called a letter of ours unwanted"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """What a customer said. purpose: of Purpose; channel: a name in the plan, "" for all; how: of WAYS."""

    purpose: str
    channel: str = ""
    how: str = "spoken"
    note: str = ""


def may(customer: Customer, purpose: str, channel: str) -> bool:
    """Return whether we may do this on this channel; one query, none for prefetched `consents`.

    purpose: of Purpose; channel: a name in the plan. What was said about all channels counts for each; the latest
    word counts. Raises ValueError for a purpose that there is not.
    """
    latest = latest_word(customer.consents.all(), purpose, channel)
    return latest.given if latest else Purpose(purpose) in UNASKED


def agreed(customer: Customer, purpose: str, channel: str) -> bool:
    """Return whether they said yes to this by themselves: what is allowed unasked elsewhere needs a word here, too."""
    latest = latest_word(customer.consents.all(), purpose, channel)
    return latest is not None and latest.given


def latest_word(said: Iterable[Consent], purpose: str, channel: str) -> Consent | None:
    """Return the word that counts, of those a customer said; None if they said nothing about it."""
    asked = Purpose(purpose)
    about = [each for each in said if each.purpose == asked and each.channel in ("", channel)]
    return max(about, key=lambda each: each.pk, default=None)


def ways_named(plan: RunningPlan, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the ways about which somebody may say something, each with its words: the plan's channels,

    and the networks with an account for which the plan has no name.
    """
    named = channels(plan, lang)
    known = {name for name, _label in named}
    accounts = () if known & {"messaging", "social"} else settings.MESSAGING
    return (*named, *((each, NETWORKS[each]) for each in accounts if each not in known))


def keep(customer: Customer, by: Person | None, word: Word, *, given: bool) -> Consent:
    """Return the new row. Raises Refused for what is not among purposes, channels or ways, or for a stranger."""
    if by is not None:
        refuse_strangers(by)
    named = {"", *NETWORKS, *(name for name, _label in channels(plans.in_force(), ""))}
    for got, allowed in ((word.purpose, Purpose.values), (word.channel, named), (word.how, WAYS)):
        if got not in allowed:
            raise Refused("unknown_value", got=got[:40])
    with transaction.atomic():
        return Consent.objects.create(
            customer=customer,
            purpose=word.purpose,
            channel=word.channel,
            given=given,
            how=word.how,
            at=clock.now(),
            by=by,
            note=" ".join(word.note.replace("\x00", "").split())[:300],
        )
