"""Acknowledge what changed: a directive that binds one, or a new version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tantam.desk.accounts.access import works_here
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans.models import Acknowledgement, Directive, PlanVersion

if TYPE_CHECKING:
    from tantam.desk.accounts.models import Person


def acknowledge(what: Directive | PlanVersion, person: Person) -> None:
    """Note that the person read it; a second time changes nothing. Raises Refused("not_allowed") for an outsider."""
    if not works_here(person):
        raise Refused("not_allowed")
    which = {"directive": what} if isinstance(what, Directive) else {"version": what}
    Acknowledgement.objects.get_or_create(person=person, **which, defaults={"at": clock.now()})
