"""One measure over a stretch of time: its value, how sure that is, what it was before, and week by week."""

from __future__ import annotations

from tantam.history.measures.answers import Behind, Measured, Past, Slice, Within
from tantam.history.measures.definition import Definition
from tantam.history.measures.part import EVERYTHING, Part


def measure(
    past: Past, definition: Definition, within: Within, *, weeks: int = 8, part: Part = EVERYTHING
) -> Measured:
    """Return the measure of what counted in [since, until). Raises ValueError.

    weeks: how many whole weeks before `until` are shown, 0..60.
    """
    raise NotImplementedError


def sliced(
    past: Past, definition: Definition, within: Within, by: str, *, part: Part = EVERYTHING, most: int = 50
) -> list[Slice]:
    """Return the slices with the most counted, at most `most`. by: one of definition.slices. Raises ValueError."""
    raise NotImplementedError


def behind(
    past: Past,
    definition: Definition,
    within: Within,
    *,
    part: Part = EVERYTHING,
    only: int | None = None,
    most: int = 200,
) -> list[Behind]:
    """Return what was counted: of a share the newest first, of minutes the longest first.

    only: 1 or 0, those that made the share or those that did not; None for all.
    """
    raise NotImplementedError
