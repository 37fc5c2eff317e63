"""An archive as a gettext file, one for each language: the clause is the context of its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polib

from tantam.plan.errors import Place, PlanUnreadable
from tantam.plan.files.archive.rows import Archived, Cell, Row
from tantam.plan.files.sources import trouble

LARGEST = 20_000_000  # bytes


def written(rows: Sequence[Row], language: str) -> bytes:
    """Return the file of one language. What is out of date is fuzzy, with the words it was made from."""
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


def read(name: str, raw: bytes) -> Iterator[Archived]:
    """Yield what the file says. Raises PlanUnreadable if it is none."""
    try:
        file = polib.pofile(raw.decode("utf-8-sig"), wrapwidth=0)
    except (OSError, ValueError, UnicodeDecodeError, IndexError, AttributeError) as problem:
        raise PlanUnreadable(
            [trouble("F43", name, problem=str(problem).strip() or type(problem).__name__)]
        ) from problem
    language = file.metadata.get("Language", "")
    if not language:
        raise PlanUnreadable([trouble("F43", name, problem="Language: ?")])
    for entry in file:
        if entry.obsolete or not entry.msgctxt:
            continue
        cell = Cell(entry.msgstr, entry.fuzzy, entry.previous_msgid or "")
        into = {language: (cell, Place(name, entry.linenum or 1, 1))}
        yield Archived(entry.msgctxt, entry.msgid, into, doubtful=True)
