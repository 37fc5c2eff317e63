"""How a tag is known: as one word, with or without its sign, capitals and marks."""

from __future__ import annotations

from tantam.folding import folded

MOST_CHARACTERS = 40
MOST_FOLDED = 60  # without its mark a letter may become two


def bare(written: str) -> str:
    """Return a tag without the sign that some write before it."""
    return written.strip().lstrip("#")


def key(written: str) -> str:
    """Return what a tag is known by, however it is written."""
    return folded(bare(written))[:MOST_FOLDED]
