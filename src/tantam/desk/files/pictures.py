"""Looks whether a picture is one, and makes a small one of it; a picture too large to open is no picture to us."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tantam.desk.files.kinds import PICTURES

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

MOST_PIXELS = 50_000_000  # 8660 × 5773 of a photo, which is read at the size that is drawn
MOST_WHOLE = 25_000_000  # 5000 × 5000 of any other, which is unpacked whole; more is downloaded, not shown
SMALL = 480  # pixels of the longer side
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_one_is_drawn = Lock()  # a few kilobytes unpack to a hundred megabytes: not several of them at once


def size_of(path: Path, media_type: str) -> tuple[int, int] | None:
    """Return width and height of a picture that browsers may be shown; None for anything else, broken ones included."""
    if media_type not in PICTURES:
        return None
    try:
        with _opened(path) as picture:
            size = (picture.width, picture.height)
            picture.verify()
    except Exception:  # whatever a broken picture does to its reader, it is only not shown
        return None
    return size


def small(path: Path) -> bytes | None:
    """Return a small picture as WebP: drawn anew from its pixels, without what else its file held; None if it fails."""
    try:
        with _one_is_drawn, _opened(path) as picture:
            return _drawn(picture)
    except Exception:  # as above
        return None


@contextmanager
def _opened(path: Path) -> Iterator[ImageFile]:
    """Open a picture and read its head. Raises ValueError for one of more pixels than are unpacked, and much else."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(path, formats=_FORMATS) as picture:
            most = MOST_PIXELS if picture.format == "JPEG" else MOST_WHOLE
            if picture.width * picture.height > most:
                raise ValueError(f"The picture has more than {most} pixels.")
            yield picture


def _drawn(picture: ImageFile) -> bytes:
    from PIL import ImageOps

    picture.draft("RGB", (SMALL, SMALL))
    full = picture.convert("RGBA") if picture.mode in ("1", "P") else picture
    full.thumbnail((SMALL, SMALL))
    upright = ImageOps.exif_transpose(full).convert("RGBA")
    drawn = io.BytesIO()
    upright.save(drawn, "WEBP", quality=80)
    return drawn.getvalue()
