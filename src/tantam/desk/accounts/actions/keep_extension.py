"""Keep at which telephone somebody sits."""

from __future__ import annotations

from tantam.desk.accounts.models import MOST_EXTENSION, Person


def keep_extension(person: Person, extension: str) -> Person:
    """Return the person with the extension of their telephone, one word as the system names it; "" for none."""
    person.extension = next(iter(extension.replace("\x00", "").split()), "")[:MOST_EXTENSION]
    person.save(update_fields=["extension"])
    return person
