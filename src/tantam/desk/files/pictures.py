"""Looks whether a picture is one, and makes a small one of it; a picture too large to open is no picture to us."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from tantam.desk.files.kinds import PICTURES

MOST_PIXELS = 50_000_000  # 8660 × 5773; more is downloaded, not shown
SMALL = 480  # pixels of the longer side
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


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
                if width * height > MOST_PIXELS:
                    return None
                picture.verify()
    except Exception:  # whatever a broken picture does to its reader, it is only not shown
        return None
    return width, height


def small(path: Path) -> bytes | None:
    """Return a small picture as WebP: drawn anew from its pixels, without what else its file held; None if it fails."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                picture.draft("RGB", (SMALL, SMALL))
                upright = ImageOps.exif_transpose(picture).convert("RGBA")
                upright.thumbnail((SMALL, SMALL))
                drawn = io.BytesIO()
                upright.save(drawn, "WEBP", quality=80)
    except Exception:  # as above
        return None
    return drawn.getvalue()
