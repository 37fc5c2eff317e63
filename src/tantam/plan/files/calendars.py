"""The iCalendar files that a plan's hours name: they lie beside the file that names them, and are part of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from tantam.plan.errors import Place
from tantam.plan.files.nodes import Entry, Mapping, Scalar
from tantam.plan.files.sources import Source

CALENDAR = ".ics"
SECTION = "feeds"
_NAMED = re.compile(r"[^\s\"',:;/\\\[\]{}]+\.ics\b")


def named_calendars(source: Source) -> Iterator[Path]:
    """Yield the calendars that a file names and that lie beside it, each once."""
    if CALENDAR not in source.text or source.name.endswith(CALENDAR):
        return
    for name in sorted(set(_NAMED.findall(source.text))):
        beside = Path(source.name).parent / name
        if beside.is_file():
            yield beside


def with_calendars(root: Mapping, sources: tuple[Source, ...]) -> Mapping:
    """Return the document with the texts of the calendars among the sources, by name, as its section `feeds`."""
    texts: dict[str, Entry] = {}
    for source in sources:
        if source.name.endswith(CALENDAR):
            name, place = PurePath(source.name).name, Place(source.name, 1, 1)
            texts.setdefault(name, Entry(name, place, Scalar(place, source.text, quoted=True)))
    if not texts or not root.entries:
        return root
    written = root.entry(SECTION)
    if written is not None and isinstance(written.value, Mapping):
        texts = {each.key: each for each in written.value.entries} | texts
        place = written.key_place
    else:
        place = next(iter(texts.values())).key_place
    section = Entry(SECTION, place, Mapping(place, tuple(texts.values())))
    return replace(root, entries=(*(each for each in root.entries if each.key != SECTION), section))
