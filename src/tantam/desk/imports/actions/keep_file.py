"""Keep an uploaded file, look at it, and note what it probably is. Nothing of it is taken in yet."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.imports import store
from tantam.desk.imports.access import may_import
from tantam.desk.imports.meaning.recognising import look, source_of, suggested
from tantam.desk.imports.models import Import
from tantam.desk.imports.reading.opening import sheets_of
from tantam.desk.imports.reading.sniffing import sniffed

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that came in. name: as it was called. path: where it lies; it is moved from there."""

    name: str
    path: Path


def keep_file(uploaded: Uploaded, person: Person) -> Import:
    """Return the import, with the mapping that fits what is seen. Raises Refused, Unreadable, NoPlan."""
    if not may_import(person):
        raise Refused("not_allowed")
    how = sniffed(uploaded.path, plans.in_force().languages[0])
    if how.kind == "xlsx" and (sheets := sheets_of(uploaded.path)):
        how = replace(how, sheet=sheets[0])
    looked = look(uploaded.path, how)
    mapping = suggested(looked, looked.rows, looked.form or source_of(uploaded.name))
    with transaction.atomic():
        held = Import.objects.create(
            rows=mapping.rows,
            source=mapping.source,
            name=" ".join(uploaded.name.replace("\x00", "").split())[:200] or "file",
            form=looked.form,
            kind=how.kind,
            how=asdict(how),
            mapping=mapping.plain(),
            size=uploaded.path.stat().st_size,
            fingerprint=fingerprint(uploaded.path),
            made_at=clock.now(),
            made_by=person,
        )
        store.keep(held.pk, uploaded.path)
    return held


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
