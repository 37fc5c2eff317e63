"""Which wordings there are, which fit a case, and whether its customer wants to be written to by them."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from tantam.desk.accounts.access import may_read
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused
from tantam.desk.customers.consent import latest_word
from tantam.desk.customers.models import Consent
from tantam.desk.plans import ways
from tantam.desk.wordings.carriers import Carried, networks
from tantam.desk.wordings.models import Wording

MOST = 50  # offered at once
MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Offer:
    """A wording for a case. word: what its customer said last of such a purpose, None for nothing."""

    wording: Wording
    word: Consent | None

    @property
    def may(self) -> bool:
        """Whether they agreed."""
        return self.word is not None and self.word.given


def wordings_for(person: object) -> QuerySet[Wording]:
    """Return all that networks told of and still tell of, none for outsiders."""
    found = Wording.objects.exclude(state=Wording.State.GONE) if may_read(person) else Wording.objects.none()
    return found.order_by("network", "name", "language", "id")


def fitting(case: Case, network: str) -> list[Wording]:
    """Return what may go out, in the customer's language; where there is none in it, in the others."""
    found = list(_sendable().filter(network=network).order_by("name", "language", "id")[:MOST_LISTED])
    theirs = [each for each in found if speaks(each, case.language)]
    return (theirs or found)[:MOST]


def offers(act: Act, carried: Carried, network: str) -> list[Offer]:
    """Return what fits the case, those first to which its customer agreed."""
    channel = ways.way_in(act.plan, carried.way.names)
    found = fitting(act.case, network)
    said = list(act.case.customer.consents.all())
    word = {each: latest_word(said, each, channel) for each in {one.purpose for one in found}}
    return sorted((Offer(each, word[each.purpose]) for each in found), key=lambda offer: not offer.may)


def has_networks() -> bool:
    """Whether the company has an account at a network that approves texts."""
    return any(each in settings.MESSAGING for each in networks())


def sendable(pk: int) -> Wording:
    """Return one that may go out. Raises Refused("wording_gone")."""
    found = _sendable().filter(pk=pk).first()
    if found is None:
        raise Refused("wording_gone")
    return found


def speaks(wording: Wording, language: str) -> bool:
    """Whether it is in this language, of whatever country."""
    return wording.language.replace("-", "_").partition("_")[0].lower() == language


def _sendable() -> QuerySet[Wording]:
    return Wording.objects.filter(state=Wording.State.APPROVED, unfit="")
