"""Keeps files under the hash of what they hold: the same bytes once, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.recurring import recurs
from tantam.desk.common.tidying import in_portions
from tantam.desk.common.work import handles
from tantam.desk.files import kinds, pictures
from tantam.desk.files.models import Blob

MEGABYTE = 1_000_000
MOST_BYTES = 20 * MEGABYTE  # of one file
MOST_TOGETHER = 25 * MEGABYTE  # of one message
TIDY = "tidy_files"
LONE_FOR = timedelta(days=1)  # a file that nothing names is thrown away after so long
MOST_TIDIED = 500

_before_tidying: list[Callable[[], None]] = []


@dataclass(frozen=True, slots=True)
class _Written:
    path: Path
    digest: str
    size: int
    head: bytes


def keep(chunks: Iterable[bytes], name: str) -> Blob:
    """Return what holds these bytes; the same bytes again give the same. name: only said when it is refused.

    At most one chunk more than MOST_BYTES is read. Raises Refused: file_empty, file_too_large, file_type.
    """
    written = _write(chunks, name)
    try:
        if not written.size:
            raise Refused("file_empty", name=name)
        media_type = kinds.media_type(written.head)
        if media_type in kinds.NOT_TAKEN:
            raise Refused("file_type", name=name)
        return _put(written, media_type)
    finally:
        written.path.unlink(missing_ok=True)


def read(blob: Blob) -> BinaryIO:
    """Return the open file. Raises FileNotFoundError if it is gone."""
    return default_storage.open(place(blob.sha256))


def path_of(blob: Blob) -> Path:
    """Return where the bytes lie."""
    return Path(default_storage.path(place(blob.sha256)))


def place(sha256: str) -> str:
    """Return the name under which the store keeps a file: `ab/cd/abcd…`."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def touch(digests: Iterable[str]) -> None:
    """Let these files count as kept just now: something that is no attachment yet still needs them."""
    Blob.objects.filter(pk__in=list(digests)).update(kept_at=clock.now())


def tidy() -> int:
    """Throw away files that nothing names for LONE_FOR, and what was never written to its end; return how many."""
    before = clock.now() - LONE_FOR
    gone = 0
    for blob in Blob.objects.filter(attachments=None, kept_at__lt=before).order_by("kept_at")[:MOST_TIDIED]:
        with transaction.atomic():
            lone = Blob.objects.select_for_update().filter(pk=blob.pk, attachments=None).delete()[0]
            if lone:
                path_of(blob).unlink(missing_ok=True)
                gone += 1
    for left in _unfinished().glob("*"):
        if left.stat().st_mtime < before.timestamp():
            left.unlink(missing_ok=True)
            gone += 1
    return gone


def tidied_after(touches: Callable[[], None]) -> Callable[[], None]:
    """Register what touches the files that a room still needs: it is done before the worker tidies, however late."""
    if touches not in _before_tidying:
        _before_tidying.append(touches)
    return touches


@handles(TIDY)
def tidy_files(_payload: object) -> None:
    """Tidy, for the worker."""
    for touches in _before_tidying:
        touches()
    in_portions(tidy)


recurs(TIDY, timedelta(hours=6))


def _write(chunks: Iterable[bytes], name: str) -> _Written:
    """Write the bytes beside their place, down to the disk; what is too large is not read to its end."""
    digest, size, head = hashlib.sha256(), 0, b""
    with tempfile.NamedTemporaryFile(dir=_unfinished(), delete=False) as file:
        path = Path(file.name)
        try:
            for chunk in chunks:
                size += len(chunk)
                if size > MOST_BYTES:
                    raise Refused("file_too_large", name=name, most=MOST_BYTES // MEGABYTE)
                digest.update(chunk)
                if len(head) < kinds.HEAD:
                    head += chunk[: kinds.HEAD - len(head)]
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return _Written(path, digest.hexdigest(), size, head)


def _put(written: _Written, media_type: str) -> Blob:
    """Move the bytes to their place and note them; both are harmless twice, in whatever order a crash leaves them."""
    target = Path(default_storage.path(place(written.digest)))
    size = pictures.size_of(written.path, media_type)
    target.parent.mkdir(parents=True, exist_ok=True)
    written.path.chmod(0o640)
    os.replace(written.path, target)
    _to_disk(target.parent)
    width, height = size or (None, None)
    told = {"bytes": written.size, "media_type": media_type, "width": width, "height": height}
    blob, new = Blob.objects.get_or_create(sha256=written.digest, defaults=told)
    if not new:
        Blob.objects.filter(pk=blob.pk).update(kept_at=clock.now())  # not tidied while it is being attached
    return blob


def _to_disk(folder: Path) -> None:
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)


def _unfinished() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "unfinished"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
