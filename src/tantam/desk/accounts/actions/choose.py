"""Keep how somebody wants their pages."""

from __future__ import annotations

from tantam.desk.accounts.models import Person


def choose(person: Person, *, language: str, theme: str, density: str, undo_seconds: int) -> Person:
    """Return the person with their pages' language, theme and density, and how long a reply is held for them.

    undo_seconds: 0..30, 0 sends at once. Each was checked by the form.
    """
    person.language, person.theme, person.density, person.undo_seconds = language, theme, density, undo_seconds
    person.save(update_fields=["language", "theme", "density", "undo_seconds"])
    return person
