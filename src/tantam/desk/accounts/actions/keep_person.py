"""Make an account for a colleague, or change what they are here."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from tantam.desk.accounts.models import Person, Role
from tantam.desk.accounts.rights import refuse_if_last_administrator, refuse_unless_may_change
from tantam.desk.common.errors import Refused


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a colleague is here; each field as in `Person`, checked by the form."""

    name: str
    role: str
    level: str = ""
    team: str = ""
    provider: str = ""
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    most_cases: int = 0

    @property
    def fields(self) -> dict[str, object]:
        """The same as a person's row keeps it."""
        return asdict(self) | {"languages": list(self.languages), "skills": list(self.skills)}


def invite(by: Person, email: str, wanted: Wanted, *, language: str) -> Person:
    """Return a new person without a password; a link by mail lets them set it.

    Raises Refused: not_allowed, makes_no_administrator, has_account.
    """
    refuse_unless_may_change(by, None, wanted.role)
    try:
        with transaction.atomic():
            return Person.objects.create_user(email, None, language=language, **wanted.fields)
    except IntegrityError as taken:
        raise Refused("has_account", got=email) from taken


def change_person(person: Person, by: Person, wanted: Wanted) -> Person:
    """Return the person as they are wanted; an administrator no more is no operator either.

    Raises Refused: not_allowed, makes_no_administrator, last_administrator.
    """
    with transaction.atomic():
        known = Person.objects.select_for_update().get(pk=person.pk)
        refuse_unless_may_change(by, known, wanted.role)
        fields = wanted.fields
        if wanted.role != known.role:
            refuse_if_last_administrator(known)
            if known.role == Role.ADMINISTRATOR:
                fields |= {"is_staff": False, "is_superuser": False}
        for field, value in fields.items():
            setattr(known, field, value)
        known.save(update_fields=list(fields))
    return known


def deactivate(person: Person, by: Person) -> Person:
    """Return the person, who can sign in no more.

    Raises Refused: not_allowed, makes_no_administrator, last_administrator, not_yourself.
    """
    if person.pk == by.pk:
        raise Refused("not_yourself")
    with transaction.atomic():
        known = Person.objects.select_for_update().get(pk=person.pk)
        refuse_unless_may_change(by, known, known.role)
        refuse_if_last_administrator(known)
        return _active(known, False)


def reactivate(person: Person, by: Person) -> Person:
    """Return the person, who may sign in again. Raises Refused: not_allowed, makes_no_administrator."""
    refuse_unless_may_change(by, person, person.role)
    return _active(person, True)


def _active(person: Person, active: bool) -> Person:
    person.is_active = active
    person.save(update_fields=["is_active"])
    return person
