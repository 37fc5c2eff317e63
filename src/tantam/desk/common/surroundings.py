"""What the surroundings of a process say, read as numbers; what is none is named before anything begins."""

from __future__ import annotations

import os


def whole(name: str, usual: int) -> int:
    """Return the whole number >= 0 of a variable, `usual` where it is not set or empty. Raises ValueError naming it."""
    written = os.environ.get(name, "").strip() or str(usual)
    if not (written.isascii() and written.isdigit()):
        raise ValueError(f"{name} is {written!r}; write a whole number, such as {usual}.")
    return int(written)
