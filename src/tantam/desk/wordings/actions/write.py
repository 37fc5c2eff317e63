"""Write to a customer by a wording: what they agreed to, with every place filled in, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import keeping, outbox, said
from tantam.desk.cases.act import Act, act_on, refuse_if_merged
from tantam.desk.cases.actions.take import own_if_free
from tantam.desk.cases.models import Actor, Case, Message
from tantam.desk.common.errors import Refused
from tantam.desk.customers.consent import agreed
from tantam.desk.customers.models import Purpose
from tantam.desk.plans import ways
from tantam.desk.wordings import access, filling
from tantam.desk.wordings.carriers import Carried, carried_or_refused
from tantam.desk.wordings.models import Used, Wording
from tantam.desk.wordings.told import finished, places_of


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody sends. wording: its id; values: {place: words}. submission: of the form, so that it goes once."""

    wording: int
    values: Mapping[str, str]
    submission: str | None = None


def write(case: Case, person: Person, filled: Filled) -> Message:
    """Return the message; the same submission again gives the same.

    It keeps what words keep, in quiet hours once it goes out.

    Raises Refused: wording_gone, wording_no_way and what the network lacks of them, wording_not_agreed,
    wording_place_empty, wording_place_long, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        if earlier := said.already(act, filled.submission):
            return earlier
        refuse_if_merged(act)
        wording = access.sendable(filled.wording)
        carried = carried_or_refused(act, wording.network)
        if not agreed(act.case.customer, wording.purpose, ways.way_in(act.plan, carried.way.names)):
            raise Refused("wording_not_agreed", purpose=Purpose(wording.purpose).label)
        return _write(act, wording, carried, filled)


def words_of(wording: Wording, values: Mapping[str, str]) -> str:
    """Return what the customer reads; of a text that the network does not tell, its name and what was filled in."""
    if wording.body:
        return finished(wording.body, values)
    return "\n".join([wording.name, *(f"{place}: {words}" for place, words in values.items())])


def _write(act: Act, wording: Wording, carried: Carried, filled: Filled) -> Message:
    assert act.person is not None
    values = _clean(wording, filled.values)
    body = words_of(wording, values)
    message = outbox.post(act, body, submission=filled.submission, purpose=wording.purpose, by=carried.way)
    Used.objects.create(message=message, wording=wording, address=carried.address, values=values)
    known = filling.known_of(act.case, act.person, act.plan)
    wording.fills = {**wording.fills, **filling.remembered(values, known)}
    wording.save(update_fields=["fills"])
    act.append("replied", message=message.pk, wording=str(wording.pk))
    own_if_free(act)
    keeping.keep_by(message, act)
    return message


def _clean(wording: Wording, values: Mapping[str, str]) -> dict[str, str]:
    """Return every place's words on one line. Raises Refused: wording_place_empty, wording_place_long."""
    found = {}
    for place in places_of(wording.places):
        words = " ".join(values.get(place.name, "").replace("\x00", "").split())
        if not words:
            raise Refused("wording_place_empty", place=place.name)
        if len(words) > place.most:
            raise Refused("wording_place_long", place=place.name, most=place.most)
        found[place.name] = words
    return found
