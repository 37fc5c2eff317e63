"""Looks whether a picture is one, and makes a small one of it; a picture too large to open is no picture to us."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from threading import Lock

from tantam.desk.files.kinds import PICTURES

MOST_PIXELS = 50_000_000  # 8660 × 5773 of a photo, which is read at the size that is drawn
MOST_WHOLE = 25_000_000  # 5000 × 5000 of any other, which is unpacked whole; more is downloaded, not shown
SMALL = 480  # pixels of the longer side
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_JPEG = "image/jpeg"
_one_is_drawn = Lock()  # a few kilobytes unpack to a hundred megabytes: not several of them at once


def size_of(path: Path, media_type: str) -> tuple[int, int] | None:
    """Return width and height of a picture that browsers may be shown; None for anything else, broken ones included."""
    if media_type not in PICTURES:
        return None
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as picture:
                width, height = picture.size
                if width * height > (MOST_PIXELS if media_type == _JPEG else MOST_WHOLE):
                    return None
                picture.verify()
    except Exception:  # whatever a broken picture does to its reader, it is only not shown
        return None
    return width, height


def small(path: Path) -> bytes | None:
    """Return a small picture as WebP: drawn anew from its pixels, without what else its file held; None if it fails."""
    with _one_is_drawn:
        return _drawn(path)


def _drawn(path: Path) -> bytes | None:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as picture:
                if picture.width * picture.height > (MOST_PIXELS if picture.format == "JPEG" else MOST_WHOLE):
                    return None
                picture.draft("RGB", (SMALL, SMALL))
                full = picture.convert("RGBA") if picture.mode in ("1", "P") else picture
                full.thumbnail((SMALL, SMALL))
                upright = ImageOps.exif_transpose(full).convert("RGBA")
                drawn = io.BytesIO()
                upright.save(drawn, "WEBP", quality=80)
    except Exception:  # as above
        return None
    return drawn.getvalue()
