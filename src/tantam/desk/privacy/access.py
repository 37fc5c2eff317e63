"""Who gives out all about a person, and who lets it be erased: managers of the house."""

from __future__ import annotations

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.plans.seeing import sees_house


def may_give_out(person: object) -> bool:
    """Whether they may give out or erase all that is known of somebody."""
    return isinstance(person, Person) and works_here(person) and person.manages and sees_house(person)


def refuse_unless_may(person: Person) -> None:
    """Raise Refused("not_allowed") for whoever may not."""
    if not may_give_out(person):
        raise Refused("not_allowed")
