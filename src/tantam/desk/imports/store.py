"""Where the file of an import lies, and the file of its rejected rows, until they are tidied away."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from tantam.desk.imports.meaning.wrong import Rejection
from tantam.desk.imports.models import Import

FILE = "file"
REJECTS = "rejected.jsonl"
MOST_CELL = 2_000  # letters of a cell that are kept of a rejected row


def folder(pk: int) -> Path:
    """Return the folder of an import; it may not be there."""
    return Path(settings.MEDIA_ROOT) / "imports" / str(pk)


def file_of(held: Import) -> Path:
    """Return where its file lies."""
    return folder(held.pk) / FILE


def unfinished() -> Path:
    """Return the folder for what is being uploaded; what stays there is tidied away with other unfinished files."""
    place = Path(settings.MEDIA_ROOT) / "unfinished"
    place.mkdir(parents=True, exist_ok=True)
    return place


def keep(pk: int, uploaded: Path) -> None:
    """Move an uploaded file to its place."""
    place = folder(pk)
    place.mkdir(parents=True, exist_ok=True)
    uploaded.chmod(0o640)
    shutil.move(uploaded, place / FILE)


def forget(pk: int) -> None:
    """Throw away the file and its rejected rows."""
    shutil.rmtree(folder(pk), ignore_errors=True)


class Rejected:
    """The rejected rows of an import, one JSON list a line: row, code, field, arguments, cells.

    What is written counts once the import says so (`reject_bytes`); what a killed worker wrote beyond is cut off.
    """

    def __init__(self, held: Import) -> None:
        self.path, self.counts = folder(held.pk) / REJECTS, held.reject_bytes

    def write(self, found: Sequence[tuple[Rejection, Sequence[str]]]) -> int:
        """Append rows, down to the disk; return how many bytes count now."""
        if not found:
            return self.counts
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path, "ab") as file:
            file.truncate(self.counts)
            file.seek(self.counts)
            for wrong, cells in found:
                line = [wrong.row, wrong.code, wrong.field, dict(wrong.args), [each[:MOST_CELL] for each in cells]]
                file.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            file.flush()
            os.fsync(file.fileno())
            self.counts = file.tell()
        return self.counts

    def read(self) -> Iterator[tuple[Rejection, list[str]]]:
        """Yield the rows that count, in the order of the file."""
        for line in self._lines():
            row, code, field, args, cells = _loaded(line)
            yield Rejection(row, code, field, args), cells

    def telling(self, of_them: Callable[[Sequence[str]], bool]) -> Iterator[Sequence[str]]:
        """Yield the cells of those rows that tell of somebody."""
        return (cells for _wrong, cells in self.read() if of_them(cells))

    def without(self, of_them: Callable[[Sequence[str]], bool]) -> int:
        """Take the rows out that tell of somebody, down to the disk; return how many bytes count now."""
        if not self.path.exists():
            return 0
        aside, kept = self.path.with_suffix(".new"), 0
        with open(aside, "wb") as file:
            for line in self._lines():
                if not of_them(_loaded(line)[4]):
                    kept += file.write(line)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.path)
        self.counts = kept
        return kept

    def _lines(self) -> Iterator[bytes]:
        if not self.counts or not self.path.exists():
            return
        left = self.counts
        with open(self.path, "rb") as file:
            for line in file:
                left -= len(line)
                if left < 0:
                    return
                yield line


def _loaded(line: bytes) -> tuple[int, str, str, dict[str, str], list[str]]:
    found: Any = json.loads(line)
    return found[0], found[1], found[2], found[3], found[4]
