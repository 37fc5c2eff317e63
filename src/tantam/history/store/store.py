"""The directory of the history: read by its manifest, written under a lock, every change seen whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from tantam.history.events import DESK
from tantam.history.store import files
from tantam.history.store import manifest as manifests
from tantam.history.store.manifest import Manifest, Source
from tantam.history.store.writer import LOCK, Writer, connection

STAGING = "staging"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class Store:
    """A directory of events as Parquet. Any number may read; whoever writes holds the lock."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def manifest(self) -> Manifest:
        """Return what the history consists of now. Raises HistoryDamaged if the manifest cannot be read."""
        return manifests.read(self.directory)

    def lock(self) -> AbstractContextManager[None]:
        """Keep every other writer out, waiting for one that is at it; readers go on."""
        return files.locked(self.directory / LOCK)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Yield what changes the history, with the lock held. Raises Busy at once if another process writes."""
        with files.locked_at_once(self.directory / LOCK), connection() as own:
            yield Writer(self.directory, own)

    def staging(self, source: str) -> Path:
        """Return the directory in which files of a source are prepared, made if there is none.

        What lies there stays until `replace` or `discard`, so that an import may go on where it was stopped. Write
        files with `parts.write`, under any names. Raises ValueError for a name that is none.
        """
        if not _NAME.fullmatch(source) or source == DESK:
            raise ValueError(
                f"A source cannot be called {source!r}: take a-z, 0-9, _ and -, at most 40 characters, not {DESK!r}."
            )
        path = self.directory / STAGING / source
        path.mkdir(parents=True, exist_ok=True)
        return path

    def discard(self, source: str) -> None:
        """Throw away what was prepared of a source."""
        shutil.rmtree(self.staging(source))

    def replace(
        self, source: str, staged: Iterable[Path], *, fingerprint: str, about: Mapping[str, Any] | None = None
    ) -> Manifest:
        """Let a source consist of the staged files and nothing else, in one step; its staging directory goes.

        Each file is filed under the month of its first event. fingerprint: of what was imported and how; about: plain
        JSON told to whoever asks where the events come from. Returns the new manifest. Raises HistoryDamaged for a file
        that is not of this source or has other columns.
        """
        with self.lock(), connection() as own:
            manifest = Writer(self.directory, own).replace(Source(source, fingerprint, dict(about or {})), staged)
        self.discard(source)
        return manifest

    def remove(self, source: str) -> bool:
        """Take a source out of the history; return whether it was in it."""
        with self.lock(), connection() as own:
            return Writer(self.directory, own).remove(source)
