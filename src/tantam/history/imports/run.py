"""An import from first byte to last: staged, sorted, written, swapped in, told; stopped anywhere, it goes on."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from tantam.history.imports import opened, staging, written
from tantam.history.imports.cases import Cases
from tantam.history.imports.form import Sign
from tantam.history.imports.mapping import Mapped, checked
from tantam.history.imports.opened import unreadable
from tantam.history.imports.reading import log
from tantam.history.imports.rejected import merged, reasons, write_rejected
from tantam.history.imports.rows import Rows
from tantam.history.imports.sales import Sales
from tantam.history.imports.slots import Slot
from tantam.history.imports.staging import Count
from tantam.history.imports.written import Tally
from tantam.history.store import Busy, HistoryDamaged, Store, damages
from tantam.history.store.files import locked_at_once

# Every event that an import makes, as people read them.
CODES = (
    *("opened", "taken", "handed_over", "escalated", "replied", "asked", "received", "resolved", "reopened"),
    *("promised", "kept", "broken", "bought", "granted", "renewed", "lapsed"),
)
SYSTEM_ERROR = re.compile(r'"errno":"?(\d+)')
FORM = 1  # of what is made of a log; another number imports it anew
Told = Callable[[str, float], None]  # the step (reading, sorting, writing), and how much of it is done, 0 to 1


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to. changed: False if history held the same already.

    events, rejected: how many by code (0: no row has a value that the mapping waits for) and by reason.
    facts: how many cases know each term of the mapping.
    rejects: the file of the rejected rows, "" if there is none. unknown: terms of the plan that the log does not know.
    """

    source: str
    rows: int
    dropped: int
    cases: int
    events: Mapping[str, int]
    rejected: Mapping[str, int]
    facts: Mapping[str, int]
    unknown: tuple[str, ...]
    rejects: str = ""
    changed: bool = True

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def import_history(file: Path, mapping: Mapped, to: Path, *, told: Told, lang: str = "en") -> Imported:
    """Let history in `to` hold the log `file` as its mapping reads it, in place of what it held of that source.

    Raises PlanUnreadable for what is wrong with the file or the mapping; history is then as it was.
    """
    source = mapping.form.source
    stamp = opened.fingerprint(file)
    fingerprint = hashlib.sha256(f"{FORM}\0{stamp}\0{mapping.digest}".encode()).hexdigest()
    store = Store(to)
    try:
        held = store.manifest()
        known = held.source(source)
        if known is not None and known.fingerprint == fingerprint and not damages(to, held.of(source)):
            return _told_before(known.about, mapping)
        folder = store.staging(source)
        with locked_at_once(to / f"importing-{source}.lock"):
            return _imported(_Run(file, mapping, store, told, lang), folder / fingerprint[:16], fingerprint)
    except Busy as busy:
        raise unreadable("M36", file, source=source) from busy
    except HistoryDamaged as damaged:
        raise unreadable("M37", to, problem=str(damaged)) from damaged
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as problem:
        raise unreadable("M35", to, problem=_problem(problem)) from problem


def _problem(error: OSError | duckdb.Error) -> str:
    """Return what stopped the writing, in a few words; DuckDB says in many what the system says in few."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    found = SYSTEM_ERROR.search(str(error))
    return os.strerror(int(found[1])) if found else str(error).split("\n")[0]


@dataclass(frozen=True, slots=True)
class _Run:
    file: Path
    mapping: Mapped
    store: Store
    told: Told
    lang: str


def _imported(run: _Run, directory: Path, fingerprint: str) -> Imported:
    for other in directory.parent.iterdir():
        if other != directory:  # of another file, or another mapping
            shutil.rmtree(other) if other.is_dir() else other.unlink()
    directory.mkdir(exist_ok=True)
    form, source = run.mapping.form, run.mapping.form.source
    slots, counts = _staged(run, directory)
    run.told("sorting", 0.0)
    rows = staging.sort(directory, counts, len(form.order) if form.instant else 0)
    run.told("sorting", 1.0)
    count = sum(each.staged for each in counts)
    made = Sales if form.sales else Cases
    cases = made(run.mapping, slots, lambda rejection: None)
    tallies = written.write_events(directory, (rows, count), cases, partial(run.told, "writing")) if count else []
    files = [*staging.rejection_files(directory, len(counts)), *written.rejection_files(directory, len(tallies))]
    rejects = _write_rejects(run, files)
    imported = _summary(run.mapping, counts, tallies, rejected=reasons(files), rejects=rejects)
    events = written.event_files(directory, len(tallies))
    if not events:
        first = next(merged(files), None)
        reason = first.sentence(run.lang) if first else "–"
        raise unreadable("M32", run.file, rows=imported.rows, reason=reason, rejected=rejects)
    run.store.replace(source, events, fingerprint=fingerprint, about=imported.plain())
    return imported


def _staged(run: _Run, directory: Path) -> tuple[Sequence[Slot], list[Count]]:
    """Return what is asked of each row, and what became of the rows, all of which are staged now."""
    form = run.mapping.form
    before = opened.stamp(run.file)
    with log(run.file, form.file) as found:
        slots = checked(run.mapping, found.columns)
        counts = staging.stage(directory, found, Rows(form, found.columns, slots), partial(run.told, "reading"))
    if opened.stamp(run.file) != before:
        shutil.rmtree(directory)
        raise unreadable("M30", run.file)
    if not sum(each.rows for each in counts):
        raise unreadable("M33", run.file)
    return slots, counts


def _write_rejects(run: _Run, files: Sequence[Path]) -> str:
    path = run.store.directory / f"rejected-{run.mapping.form.source}.csv"
    if next(merged(files), None) is None:
        path.unlink(missing_ok=True)
        return ""
    with log(run.file, run.mapping.form.file) as found:
        write_rejected(path, merged(files), found, run.lang)
    return str(path)


def _summary(
    mapping: Mapped,
    counts: Sequence[Count],
    tallies: Sequence[Tally],
    *,
    rejected: Mapping[str, int],
    rejects: str,
) -> Imported:
    events: Counter[str] = Counter()
    facts: Counter[str] = Counter()
    for each in tallies:
        events.update(each.events)
        facts.update(each.facts)
    given, signs = mapping.form.facts, mapping.form.events
    waited_for = {code for code in CODES if isinstance(sign := getattr(signs, code, None), Sign) and sign.values}
    return Imported(
        source=mapping.form.source,
        rows=sum(each.rows for each in counts),
        dropped=sum(each.dropped for each in counts),
        cases=sum(each.cases for each in tallies),
        events={code: events[code] for code in CODES if events[code] or code in waited_for},
        rejected=rejected,
        facts={term: facts.get(term, 0) for term in given if not given[term].unknown},
        unknown=tuple(term for term, each in given.items() if each.unknown),
        rejects=rejects,
    )


def _told_before(about: Mapping[str, Any], mapping: Mapped) -> Imported:
    """Return what was told when the same was imported; the manifest keeps its keys by the alphabet."""
    before = {field.name: about[field.name] for field in fields(Imported)}
    before |= {
        "events": {code: about["events"][code] for code in CODES if code in about["events"]},
        "rejected": dict(sorted(about["rejected"].items(), key=lambda each: (-each[1], each[0]))),
        "facts": {term: about["facts"][term] for term in mapping.form.facts if term in about["facts"]},
        "unknown": tuple(about["unknown"]),
        "changed": False,
    }
    return Imported(**before)
