"""Files to take in, and the way from a file to what became of it, without a worker."""

from __future__ import annotations

from pathlib import Path

from tantam.desk.accounts.models import Person
from tantam.desk.imports import store
from tantam.desk.imports.actions import Uploaded, keep_file
from tantam.desk.imports.meaning.form import Mapping
from tantam.desk.imports.models import Import
from tantam.desk.imports.running import begin, run


def written(folder: Path, text: str | bytes, name: str = "customers.csv") -> Uploaded:
    """Return a file that was uploaded."""
    path = folder / f"uploaded-{name}"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Uploaded(name, path)


def brought(uploaded: Uploaded, person: Person, **mapping: object) -> Import:
    """Return the import of a file; mapping: what is said otherwise than recognised."""
    held = keep_file(uploaded, person)
    if mapping:
        form = Mapping.model_validate(held.mapping | mapping)
        Import.objects.filter(pk=held.pk).update(mapping=form.plain(), source=form.source, rows=form.rows)
        held.refresh_from_db()
    return held


def taken(uploaded: Uploaded, person: Person, **mapping: object) -> Import:
    """Return the import of a file that was taken in to its end."""
    held = brought(uploaded, person, **mapping)
    Import.objects.filter(pk=held.pk).update(state=Import.State.WAITING)
    begun = begin(held.pk)
    assert begun is not None
    run(begun, store.file_of(begun), lambda share: None)
    held.refresh_from_db()
    return held


def counts(held: Import) -> dict[str, int]:
    """Return how many rows became what, without those that none became."""
    names = ("new", "matched", "changed", "same", "rejected")
    return {name: number for name in names if (number := getattr(held, name))}


def why(held: Import) -> list[tuple[int, str]]:
    """Return the rejected rows with the codes of the reasons."""
    return [(wrong.row, wrong.code) for wrong, _cells in store.Rejected(held).read()]
