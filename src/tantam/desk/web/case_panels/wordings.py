"""Below the composer, when a network takes no answer any more: the texts that it approved, filled in for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tantam.desk.cases import carriers as usual
from tantam.desk.cases.act import Act
from tantam.desk.cases.carriers import Shut
from tantam.desk.cases.models import Actor
from tantam.desk.comments.access import WAYS
from tantam.desk.common.errors import Refused
from tantam.desk.customers.consent import WAYS as HOW
from tantam.desk.customers.contacts import NETWORKS
from tantam.desk.customers.models import Consent, Contact
from tantam.desk.web import wording_words
from tantam.desk.web.panels import Shown, panel
from tantam.desk.wordings import access, carriers, filling
from tantam.desk.wordings.access import Offer
from tantam.desk.wordings.told import pieces, places_of

VERB = "write_wording"
PLACE = "place-"  # before a place's name, in the form


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """A place and what stands in it. label: as people read it."""

    name: str
    label: str
    value: str
    most: int
    example: str


@dataclass(frozen=True, slots=True)
class OfferShown:
    """A text as it is offered. said: its words and places in their order. how: how we know that they agreed, or ""."""

    offer: Offer
    purpose: str
    language: str
    said: tuple[tuple[str, PlaceShown | None], ...]
    places: tuple[PlaceShown, ...]
    how: str
    error: str


@panel("wordings", "composer", 5)
def wordings(shown: Shown) -> Mapping[str, Any] | None:
    """Return what is offered; nothing is asked of a case that no network brought."""
    if not shown.person.acts or shown.case.channel not in (*NETWORKS, *WAYS):
        return None
    act = Act(shown.case, shown.now, shown.plan, Actor.PERSON, shown.person)
    way = usual.way_of(act)
    if not isinstance(way, Shut) or way.name not in carriers.networks():
        return None
    refused = shown.typed.error if shown.typed.verb == VERB else ""
    found = {"case": shown.case, "network": way.network, "hours": way.hours, "error": refused, "ways": _ways(shown)}
    try:
        carried = carriers.carried(act, way.name)
    except Refused as lacking:
        return found | {"lacks": lacking.sentence(), "offers": []}
    if carried is None:
        return None
    known = filling.known_of(shown.case, shown.person, shown.plan)
    offers = [_shown(each, known, shown) for each in access.offers(act, carried, way.name)]
    may = [each for each in offers if each.offer.may]
    refusing = {} if may else {each.purpose: each.how for each in offers}
    shown_first = may[0].offer.wording.pk if may else None
    told = {"offers": offers, "refusing": refusing.items(), "first": shown_first}
    return found | told | {"error": "" if _taken(offers) else refused}


def _taken(offers: list[OfferShown]) -> bool:
    """Whether the refusal stands beside one of them."""
    return any(each.error for each in offers)


def _shown(offer: Offer, known: Mapping[str, str], shown: Shown) -> OfferShown:
    fields = shown.typed.fields if shown.typed.verb == VERB else {}
    meant = fields.get("wording") == str(offer.wording.pk)
    values = filling.first_values(offer.wording, known)
    places = {
        each.name: PlaceShown(
            each.name,
            wording_words.place(each.name),
            fields.get(PLACE + each.name, "") if meant else values[each.name],
            each.most,
            each.example,
        )
        for each in places_of(offer.wording.places)
    }
    return OfferShown(
        offer,
        wording_words.purpose(offer.wording),
        wording_words.language(offer.wording),
        tuple((words, places.get(name)) for words, name in pieces(offer.wording.body)),
        tuple(places.values()),
        _how(offer.word),
        shown.typed.error if meant else "",
    )


def _how(word: Consent | None) -> str:
    """Return how we know what they said: the way, and the note that was made of it."""
    return ": ".join(str(each) for each in (HOW.get(word.how, word.how), word.note) if each) if word else ""


def _ways(shown: Shown) -> list[str]:
    """Return how else they are reached: codes phone and mail, for the template."""
    kinds = {each.kind for each in shown.case.customer.contacts.all()}
    return [each.value for each in (Contact.Kind.PHONE, Contact.Kind.MAIL) if each in kinds]
