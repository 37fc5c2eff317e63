"""The manifest: which files make up the history, where each comes from, and what must be true of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

NAME = "manifest.json"
FORMAT = 1


class HistoryDamaged(Exception):
    """A file of the history is missing, cut short or changed; the message names it and what to do."""


@dataclass(frozen=True, slots=True)
class File:
    """One Parquet file, never changed once it is named here.

    path: below the history's directory, `events/2026-02/desk-….parquet`. month: `2026-02`, where it is filed.
    first, last: the smallest and the largest id in it. since, until: its first and its last instant, UTC.
    size: in bytes. checksum: CRC-32 of the bytes, in hex.
    """

    source: str
    month: str
    path: str
    rows: int
    first: int
    last: int
    since: datetime
    until: datetime
    size: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where events come from. fingerprint: of the desk its database's identity, of an import its file and mapping.

    about: facts of an import, as it was told; plain JSON.
    """

    name: str
    fingerprint: str
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the history consists of at one moment. Empty where nothing was written yet."""

    sources: tuple[Source, ...] = ()
    files: tuple[File, ...] = ()

    def source(self, name: str) -> Source | None:
        """Return where events of this name come from; None if there are none."""
        return next((each for each in self.sources if each.name == name), None)

    def of(self, source: str) -> tuple[File, ...]:
        """Return the files of a source, by id."""
        return tuple(sorted((each for each in self.files if each.source == source), key=lambda each: each.first))

    def last(self, source: str) -> int:
        """Return the largest id that is written of a source, 0 if none is."""
        return max((each.last for each in self.of(source)), default=0)

    def rows(self, source: str) -> int:
        """Return how many events are written of a source."""
        return sum(each.rows for each in self.of(source))

    def without(self, source: str) -> Manifest:
        """Return the history without what comes from `source`."""
        return Manifest(
            tuple(each for each in self.sources if each.name != source),
            tuple(each for each in self.files if each.source != source),
        )

    def with_source(self, source: Source, files: tuple[File, ...] = ()) -> Manifest:
        """Return the history in which `source` has these files and no others."""
        others = self.without(source.name)
        return Manifest((*others.sources, source), (*others.files, *files))

    def with_files(self, added: tuple[File, ...], instead_of: tuple[File, ...] = ()) -> Manifest:
        """Return the history with these files, some of them instead of others."""
        kept = (each for each in self.files if each not in instead_of)
        return Manifest(self.sources, (*kept, *added))


def read(directory: Path) -> Manifest:
    """Return the manifest in `directory`, an empty one where there is none. Raises HistoryDamaged."""
    try:
        raw = (directory / NAME).read_bytes()
    except FileNotFoundError:
        return Manifest()
    except OSError as error:
        raise HistoryDamaged(f"{directory / NAME} cannot be read: {error.strerror or error}.") from error
    try:
        written = json.loads(raw.decode("utf-8"))
        if written["format"] != FORMAT:
            raise HistoryDamaged(
                f"{directory / NAME} has format {written['format']}, this version reads {FORMAT}. Move the directory "
                "away: the worker writes the desk's events anew; import the others again."
            )
        return Manifest(
            tuple(Source(**each) for each in written["sources"]), tuple(_file(each) for each in written["files"])
        )
    except (ValueError, KeyError, TypeError) as error:
        raise HistoryDamaged(
            f"{directory / NAME} cannot be read ({type(error).__name__}: {error}). Move the directory away: the worker "
            "writes the desk's events anew; import the others again."
        ) from error


def text(manifest: Manifest) -> str:
    """Return the manifest as it is written: JSON, one file a line."""
    sources = [json.dumps(asdict(each), ensure_ascii=False, sort_keys=True) for each in manifest.sources]
    files = [json.dumps(_written(each), ensure_ascii=False) for each in manifest.files]
    return (
        f'{{"format": {FORMAT},\n"sources": [\n'
        + ",\n".join(sources)
        + '\n],\n"files": [\n'
        + ",\n".join(files)
        + "\n]}\n"
    )


def _written(file: File) -> dict[str, Any]:
    return asdict(file) | {"since": file.since.isoformat(), "until": file.until.isoformat()}


def _file(written: Mapping[str, Any]) -> File:
    instants = {each: datetime.fromisoformat(written[each]) for each in ("since", "until")}
    return File(**{**written, **instants})
