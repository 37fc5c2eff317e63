"""Pin a highlight or an open question on top of a case."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import act_on, refuse_if_merged
from tantam.desk.cases.models import Actor, Case, Message, Pin
from tantam.desk.common.errors import Refused

MOST = 20  # unsettled ones a case
MOST_CHARACTERS = 300


def pin(
    case: Case, person: Person, words: str, *, kind: str = Pin.Kind.HIGHLIGHT, message: Message | None = None
) -> Pin:
    """Return the pin. message: where it was said, if anywhere.

    Raises Refused: says_nothing, too_long, too_many, is_merged, not_allowed.
    """
    text = said.clean_short(words, MOST_CHARACTERS)
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_merged(act)
        if act.case.pins.filter(settled_at=None).count() >= MOST:
            raise Refused("too_many", most=MOST)
        made = Pin.objects.create(
            case=act.case, kind=Pin.Kind(kind), words=text, message=message, person=person, at=act.now
        )
        act.append("pinned", pin=made.pk, sort=made.kind)
        return made
