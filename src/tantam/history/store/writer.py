"""Changes the history, for whoever holds its lock: new files first, then the manifest, old files last of all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from tantam.history.events import COLUMNS
from tantam.history.store import files, parts
from tantam.history.store import manifest as manifests
from tantam.history.store.engine import connect
from tantam.history.store.manifest import File, HistoryDamaged, Manifest, Source

LOCK = "writing.lock"
SMALL = 100_000  # rows; a file with fewer is merged with its like
MOST_SMALL = 8  # small files of a month and source, before they become one
GRACE_SECONDS = 15 * 60  # a reader with the manifest of before may still open an old file


@contextmanager
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a DuckDB of its own to write with, closed at the end."""
    own = connect()
    try:
        yield own
    finally:
        own.close()


class Writer:
    """Changes the manifest in `directory` one step at a time. Only whoever holds the lock may have one."""

    def __init__(self, directory: Path, own: duckdb.DuckDBPyConnection) -> None:
        self.directory, self.connection = directory, own
        self.manifest = manifests.read(directory)

    def begin(self, source: Source) -> None:
        """Let a source be known, without any event; what was written under its name is dropped."""
        self._become(self.manifest.with_source(source))

    def append(self, source: str, month: str, select: str) -> File | None:
        """Add the events of a query of this writer's connection; None if there is none. The source must be known."""
        added = self._write(source, month, select)
        if added is not None:
            self._become(self.manifest.with_files((added,)))
        return added

    def rewrite(self, source: str, month: str, selects: Iterable[str]) -> None:
        """Let a month of a source consist of the events of these queries, asked for one after the other."""
        written = tuple(each for select in selects if (each := self._write(source, month, select)) is not None)
        self._become(self.manifest.with_files(written, self.of(source, month)))

    def replace(self, source: Source, staged: Iterable[Path]) -> Manifest:
        """Let a source consist of the staged files alone; they are left where they are. Raises HistoryDamaged."""
        moved = []
        for path in staged:
            found = parts.describe(self.connection, path)
            if found.source != source.name:
                raise HistoryDamaged(f"{path} holds events of {found.source!r}, not of {source.name!r}.")
            self._refuse_other_columns(path)
            target = self._new_path(source.name, found.month)
            os.link(path, target)
            files.sync_directory(target.parent)
            moved.append(parts.filed(found, found.month, str(target.relative_to(self.directory))))
        self._become(self.manifest.with_source(source, tuple(moved)))
        self.tidy()
        return self.manifest

    def remove(self, source: str) -> bool:
        """Take a source out; return whether it was in."""
        if self.manifest.source(source) is None:
            return False
        self._become(self.manifest.without(source))
        self.tidy()
        return True

    def merge(self, source: str, *, most: int = MOST_SMALL) -> None:
        """Make one file of a month's small ones where they are more than `most`, or where a later month has begun."""
        months = sorted({each.month for each in self.manifest.of(source)})
        for month in months:
            small = [each for each in self.of(source, month) if each.rows < SMALL]
            if len(small) > (1 if month != months[-1] else most):
                listed = ", ".join(parts.quoted(self.directory / each.path) for each in small)
                merged = self._write(source, month, f"read_parquet([{listed}])")
                assert merged is not None and merged.rows == sum(each.rows for each in small)
                self._become(self.manifest.with_files((merged,), tuple(small)))

    def tidy(self) -> int:
        """Delete files that no manifest names and that no reader can still want; return how many."""
        named = {self.directory / each.path for each in self.manifest.files}
        found = [*self.directory.glob("events/*/*"), *self.directory.glob("*.new")]
        unnamed = [each for each in found if each not in named]
        if not unnamed:
            return 0
        old = self._now() - GRACE_SECONDS
        lost = [each for each in unnamed if each.stat().st_mtime < old]
        for each in lost:
            each.unlink(missing_ok=True)
        return len(lost)

    def of(self, source: str, month: str) -> tuple[File, ...]:
        """Return the files of a source's month."""
        return tuple(each for each in self.manifest.of(source) if each.month == month)

    def _write(self, source: str, month: str, select: str) -> File | None:
        path = self._new_path(source, month)
        if not parts.write(self.connection, select, path):
            return None
        found = parts.describe(self.connection, path)
        return parts.filed(found, month, str(path.relative_to(self.directory)))

    def _new_path(self, source: str, month: str) -> Path:
        folder = self.directory / "events" / month
        folder.mkdir(parents=True, exist_ok=True)
        files.sync_directory(folder.parent)
        return folder / f"{source}-{secrets.token_hex(6)}.parquet"

    def _become(self, manifest: Manifest) -> None:
        files.replace_text(self.directory / manifests.NAME, manifests.text(manifest))
        for each in {*self.manifest.files} - {*manifest.files}:
            with suppress(FileNotFoundError):
                os.utime(self.directory / each.path)  # from now on it is lost: the grace begins
        self.manifest = manifest

    def _now(self) -> float:
        """Return the present as the disk tells it, in seconds."""
        lock = self.directory / LOCK
        lock.touch()
        return lock.stat().st_mtime

    def _refuse_other_columns(self, path: Path) -> None:
        rows = self.connection.execute(f"DESCRIBE SELECT * FROM read_parquet({parts.quoted(path)})").fetchall()
        found = {name: kind for name, kind, *_ in rows}
        if found != COLUMNS:
            wrong = sorted({*found.items()} ^ {*COLUMNS.items()})
            raise HistoryDamaged(f"{path} has other columns than events have: {wrong}.")
