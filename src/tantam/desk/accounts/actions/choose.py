"""Keep how somebody wants their pages."""

from __future__ import annotations

from tantam.desk.accounts.models import Person


def choose(person: Person, *, language: str, theme: str, density: str) -> Person:
    """Return the person with their pages' language, theme and density; each was checked by the form."""
    person.language, person.theme, person.density = language, theme, density
    person.save(update_fields=["language", "theme", "density"])
    return person
