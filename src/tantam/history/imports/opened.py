"""A log's file as a stream of bytes: plain, .gz or the one file inside a .zip, and how far it was read."""

from __future__ import annotations

import gzip
import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from tantam.plan.errors import Finding, Place, PlanUnreadable, Severity
from tantam.plan.nearest import listed
from tantam.plan.words import Key

CHUNK = 1 << 20
KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".xes", ".parquet")
BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class Opened:
    """The file's bytes. kind: `.csv`, `.xes` …. read: returns the share of the file that was read, 0 to 1."""

    stream: IO[bytes]
    kind: str
    read: Callable[[], float]


def unreadable(code: str, file: Path, row: int = 1, /, **args: object) -> PlanUnreadable:
    """Return the exception that says what is wrong with a log, at its row."""
    return PlanUnreadable([Finding(code, Severity.ERROR, Place(str(file), row, 1), args={"file": str(file), **args})])


def kind_of(file: Path) -> str:
    """Return the ending that says how the file is written, `.csv`; of `log.csv.gz` and `log.zip` what is inside."""
    ending = file.suffix.lower()
    if ending == ".gz":
        ending = Path(file.stem).suffix.lower()
    elif ending == ".zip":
        with _failing(file), zipfile.ZipFile(file) as archive:
            ending = PurePosixPath(_member(file, archive)).suffix.lower()
    if ending not in KINDS or (ending in (".xlsx", ".parquet") and file.suffix.lower() != ending):
        raise unreadable("M28", file, ending=ending or file.name)
    return ending


def fingerprint(file: Path) -> str:
    """Return the SHA-256 of the file's bytes. Raises PlanUnreadable where it cannot be read."""
    if file.is_dir():
        raise unreadable("M09", file)
    digest = hashlib.sha256()
    with _failing(file), file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def stamp(file: Path) -> tuple[int, int, int]:
    """Return what changes when somebody writes to the file."""
    seen = os.stat(file)
    return seen.st_size, seen.st_mtime_ns, seen.st_ino


@contextmanager
def opened(file: Path) -> Iterator[Opened]:
    """Yield the file's bytes, unpacked. Raises PlanUnreadable."""
    kind = kind_of(file)
    with _failing(file), file.open("rb") as raw:
        size = max(1, os.fstat(raw.fileno()).st_size)

        def read() -> float:
            return min(1.0, raw.tell() / size)

        match file.suffix.lower():
            case ".gz":
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield Opened(cast("IO[bytes]", unpacked), kind, read)
            case ".zip":
                with zipfile.ZipFile(raw) as archive, archive.open(_member(file, archive)) as stream:
                    yield Opened(stream, kind, read)
            case _:
                yield Opened(raw, kind, read)


def _member(file: Path, archive: zipfile.ZipFile) -> str:
    names = [
        each.filename for each in archive.infolist() if not each.is_dir() and not each.filename.startswith("__MACOSX/")
    ]
    if len(names) != 1:
        raise unreadable("M29", file, count=len(names), allowed=listed(names))
    if archive.getinfo(names[0]).flag_bits & 1:
        raise unreadable("M20", file, problem=Key("A_encrypted"))
    return names[0]


@contextmanager
def _failing(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if isinstance(problem, BROKEN):
            raise unreadable("M20", file, problem=str(problem)) from problem
        raise unreadable("M20", file, problem=problem.strerror or type(problem).__name__) from problem
    except BROKEN as problem:
        raise unreadable("M20", file, problem=str(problem) or type(problem).__name__) from problem
