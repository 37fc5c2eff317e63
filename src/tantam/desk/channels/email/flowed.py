"""Joins the lines that a mail program broke so that others could show them (RFC 3676)."""

from __future__ import annotations

import re

_MARKS = re.compile(r"^>+")


def unflowed(text: str, *, joined: bool) -> str:
    """Return the text with its paragraphs on one line each. joined: the space before a break belongs to the break."""
    done: list[str] = []
    open_at = -1  # how deep the line is quoted that the next one continues
    for line in text.split("\n"):
        marks = _MARKS.match(line)
        depth = marks.end() if marks else 0
        words = line[depth:].removeprefix(" ")
        goes_on = words.endswith(" ") and words != "-- "
        if joined and goes_on:
            words = words[:-1]
        if open_at == depth and words != "-- ":
            done[-1] += words
        else:
            done.append(f"{'>' * depth} {words}" if depth else words)
        open_at = depth if goes_on else -1
    return "\n".join(done)
