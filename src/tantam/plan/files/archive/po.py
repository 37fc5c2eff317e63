"""An archive as a gettext file, one for each language: the clause is the context of its text."""

from __future__ import annotations

from collections.abc import Sequence

import polib

from tantam.plan.errors import Finding, Place, PlanUnreadable
from tantam.plan.files.archive.rows import Archived, Cell, Row
from tantam.plan.files.sources import trouble


def written(rows: Sequence[Row], languages: Sequence[str]) -> bytes:
    """Return the file of one language, the last of `languages`. What is out of date is fuzzy, with its source then."""
    language = languages[-1]
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for row in rows:
        cell = row.cells.get(language)
        if cell is None:
            continue
        entry = polib.POEntry(msgctxt=row.clause, msgid=row.words, msgstr=cell.words)
        entry.occurrences = [(row.where.file, str(row.where.line))]
        if cell.stale:
            entry.flags = ["fuzzy"]
            entry.previous_msgid = cell.before or None
            entry.previous_msgctxt = row.clause if cell.before else None
        file.append(entry)
    return (str(file).rstrip("\n") + "\n").encode()


def read(name: str, raw: bytes, own: str) -> tuple[list[Archived], list[Finding]]:
    """Return what the file says, whatever `own` is, and no findings. Raises PlanUnreadable if it is none."""
    try:
        file = polib.pofile(raw.decode("utf-8-sig"), wrapwidth=0)
    except (OSError, ValueError, UnicodeDecodeError, IndexError, AttributeError) as problem:
        raise PlanUnreadable(
            [trouble("F43", name, problem=str(problem).strip() or type(problem).__name__)]
        ) from problem
    language = file.metadata.get("Language", "")
    if not language:
        raise PlanUnreadable([trouble("F43", name, problem="Language: ?")])
    archive = []
    for entry in file:
        if entry.obsolete or not entry.msgctxt:
            continue
        cell = Cell(entry.msgstr, entry.fuzzy, entry.previous_msgid or "")
        into = {language: (cell, Place(name, entry.linenum or 1, 1))}
        archive.append(Archived(entry.msgctxt, entry.msgid, into, doubtful=True))
    return archive, []
