"""Reads whole numbers as a page sends them back, whatever somebody wrote into its address."""

from __future__ import annotations

MOST_DIGITS = 19  # of a 64-bit id


def whole(text: str) -> int | None:
    """Return the number, >= 0; None for what is none, is written in other digits than 0-9, or is too long."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
