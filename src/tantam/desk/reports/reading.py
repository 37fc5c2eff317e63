"""The past as this process reads it: the written history, and beside it what only the database knows yet."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from tantam.desk import plans
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan
from tantam.desk.reports.kept_rows import deliveries, handed_over, purchases, rows_after, tally

if TYPE_CHECKING:
    from tantam.history.past import Past
    from tantam.history.store import Manifest

DIRECTORY = "history"  # below TANTAM_HOME
EVERY_IMPORT = ""  # in place of a name: all that was imported, because the manifest cannot be read

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_held: _Held | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The past, and its state: what differs as soon as anything in it does, its clocks too.

    lost: imported sources that are damaged and so not in it; EVERY_IMPORT alone where nobody can say which there are.
    """

    past: Past
    state: Hashable
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Written:
    """What is written. whole: the manifest as it is, empty if it cannot be read. lost: as in Opened."""

    whole: Manifest
    lost: tuple[str, ...]


@dataclass
class _Held:
    """The past that this process opened last. after: the id of the last written event, 0 for none.

    tail: how many events have that id or a larger one, the smallest and the largest of these ids. That the last written
    event counts too tells when the database under this process is put back to an earlier state, or made anew.
    """

    key: Hashable
    past: Past
    after: int
    tail: tuple[int, int, int]
    written: _Written


def past() -> Past:
    """Return the past up to this moment, as `opened` does."""
    return opened().past


def opened() -> Opened:
    """Return the past up to this moment, never behind the database; DuckDB is loaded at the first call of a process.

    Clocks are those of the plan in force. Ask for it anew for every page. Files that are hurt, also under an open past,
    are left out: the desk's own events come from the database then, and imported ones are told in `lost`. Raises
    NoPlan.
    """
    global _held
    plan, directory = plans.in_force(clock.now()), history()
    with _lock:
        key = _key(directory, plan)
        if _held is None or _held.key != key or not _sound(directory, _held) or not _caught_up(_held):
            _held = _open(directory, plan, key)
        return Opened(_held.past, (key, _held.tail, _held.written.lost), _held.written.lost)


def damaged(source: str) -> Refused:
    """Return why there are no figures of an imported source that was lost, as in Opened."""
    return Refused("histories_damaged" if source == EVERY_IMPORT else "history_damaged", source=source)


def history() -> Path:
    """Return the directory of the written history."""
    return Path(settings.HOME) / DIRECTORY


def forget() -> None:
    """Let the next call open the past anew."""
    global _held
    with _lock:
        _held = None


def _key(directory: Path, plan: RunningPlan) -> Hashable:
    """Return what must be the same for an open past to be used again; after a fork or midnight it never is."""
    return os.getpid(), directory, _written_when(directory), plan.name, clock.now().date(), handed_over()


def _written_when(directory: Path) -> Hashable:
    try:
        seen = (directory / "manifest.json").stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_mtime_ns, seen.st_size


def _sound(directory: Path, held: _Held) -> bool:
    """Return whether the files that are read are unhurt, and those that were hurt still are. Only asks their sizes."""
    from tantam.history.events import DESK
    from tantam.history.store import damages

    if held.written.lost != (EVERY_IMPORT,) and _hurt(directory, held.written.whole) != held.written.lost:
        return False
    return not damages(directory, held.past.manifest.of(DESK))


def _caught_up(held: _Held) -> bool:
    """Add what was written to the database since; False if that is not all, because something committed late."""
    now = tally(after=held.after - 1)
    if now == held.tail:
        return True
    if now[0] < held.tail[0] or now[2] < held.tail[2] or (held.tail[0] and now[1] != held.tail[1]):
        return False
    new = list(rows_after(max(held.after, held.tail[2])))
    expected = held.tail[0] + len(new)
    last = new[-1][0] if new else held.tail[2]
    if tally(after=held.after - 1, before=last + 1)[0] != expected:
        return False
    held.past.add(new)
    held.tail = (expected, held.tail[1] or now[1], last)
    return True


def _open(directory: Path, plan: RunningPlan, key: Hashable) -> _Held:
    from tantam.history.events import DESK
    from tantam.history.past import Tail, open_past

    written = _written(directory)
    manifest = written.whole
    for each in written.lost:
        manifest = manifest.without(each)
    manifest = _believed(directory, manifest)
    after = manifest.last(DESK)
    tail = Tail(manifest, rows_after(after), purchases(), deliveries())
    found = open_past(directory, tail=tail, clocks=plan.hours(), until=clock.now())
    count, first, last = found.read_beside()
    return _Held(key, found, after, (count + 1, after, max(after, last)) if after else (count, first, last), written)


def _written(directory: Path) -> _Written:
    from tantam.history.store import HistoryDamaged, Manifest, Store

    try:
        whole = Store(directory).manifest()
    except HistoryDamaged as damaged:
        _log.warning("Imported histories are left out: %s", damaged)
        return _Written(Manifest(), (EVERY_IMPORT,))
    return _Written(whole, _hurt(directory, whole))


def _hurt(directory: Path, manifest: Manifest) -> tuple[str, ...]:
    """Return the imported sources of which a file is missing or changed."""
    from tantam.history.events import DESK
    from tantam.history.store import damages

    imported = (each.name for each in manifest.sources if each.name != DESK)
    return tuple(name for name in imported if any(damages(directory, manifest.of(name))))


def _believed(directory: Path, manifest: Manifest) -> Manifest:
    """Return the manifest, without the desk's files if they are another database's, hurt, or not what it holds."""
    from tantam.desk.common.identity import identity  # models are not ready while Django loads its apps
    from tantam.history.events import DESK
    from tantam.history.store import damages

    source = manifest.source(DESK)
    if source is None:
        return manifest
    wrong = "; ".join(damages(directory, manifest.of(DESK)))
    if not wrong and source.fingerprint != identity():
        wrong = "they were written from another database"
    if not wrong and not holds(manifest):
        wrong = "the database holds other events than they do"
    if wrong:
        _log.warning("Events come from the database until the worker has written them anew: %s.", wrong)
        return manifest.without(DESK)
    return manifest


def holds(manifest: Manifest) -> bool:
    """Return whether the desk's files have as many events as the database has up to their last one."""
    from tantam.history.events import DESK

    last = manifest.last(DESK)
    count, _, largest = tally(before=last + 1)
    return (count, largest) == (manifest.rows(DESK), last)
