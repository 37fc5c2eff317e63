"""What the surroundings of a process say, read as numbers and choices; what is none is named before anything begins."""

from __future__ import annotations

import os


def whole(name: str, usual: int) -> int:
    """Return the whole number >= 0 of a variable, `usual` where it is not set or empty. Raises ValueError naming it."""
    written = os.environ.get(name, "").strip() or str(usual)
    if not (written.isascii() and written.isdigit()):
        raise ValueError(f"{name} is {written!r}; write a whole number, such as {usual}.")
    return int(written)


def one_of(name: str, usual: str, *others: str) -> str:
    """Return the word of a variable, `usual` where it is not set or empty. Raises ValueError naming any other."""
    written = os.environ.get(name, "").strip() or usual
    if written not in (usual, *others):
        raise ValueError(f"{name} is {written!r}; write one of {', '.join((usual, *others))}.")
    return written


def pattern(name: str, like: str) -> str:
    """Return the mail address of a variable, "" where it is not set. like: one with its place in braces.

    Raises ValueError naming it where the address has not that place, once, before the @.
    """
    written, place = os.environ.get(name, "").strip(), like[like.index("{") : like.index("}") + 1]
    if written and not (written.count(place) == 1 and place in written.partition("@")[0] and written.count("@") == 1):
        raise ValueError(f"{name} is {written!r}; write an address with {place} before the @, such as {like}.")
    return written
