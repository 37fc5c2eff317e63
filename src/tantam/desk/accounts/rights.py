"""Who may change whose account: managers their people, administrators everybody, and one administrator always stays."""

from __future__ import annotations

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person, Role
from tantam.desk.common.errors import Refused


def may_make(by: Person, role: str) -> bool:
    """Whether `by` may give this role."""
    return works_here(by) and by.manages and (role != Role.ADMINISTRATOR or by.role == Role.ADMINISTRATOR)


def refuse_unless_may_change(by: Person, person: Person | None, role: str) -> None:
    """Raise Refused unless `by` may give `person` (None for a new one) this role.

    Raises Refused: not_allowed, makes_no_administrator.
    """
    if not (works_here(by) and by.manages):
        raise Refused("not_allowed")
    if not may_make(by, role) or (person is not None and not may_make(by, person.role)):
        raise Refused("makes_no_administrator")


def refuse_if_last_administrator(person: Person) -> None:
    """Raise Refused("last_administrator") if nobody else runs the desk; inside a transaction, which locks them all."""
    if person.role != Role.ADMINISTRATOR or not person.is_active:
        return
    running = Person.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    if not [each for each in running if each.pk != person.pk]:
        raise Refused("last_administrator")
