"""Names that are too long to be kept: a name stands in every clause's address, and in every case."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.files import Mapping
from tantam.plan.files.nodes import walk
from tantam.plan.sections.plan import Plan

MOST_NAME = 80  # characters
LONGEST_SAID = 40


def too_long(plan: Plan) -> list[Finding]:
    """Return a finding for every key, and every name of a table's row, of more than MOST_NAME characters."""
    return [
        Finding("S16", Severity.ERROR, place, args={"name": f"{name[:LONGEST_SAID]}…", "most": str(MOST_NAME)})
        for name, place in _names(plan)
        if len(name) > MOST_NAME
    ]


def _names(plan: Plan) -> Iterator[tuple[str, Place]]:
    for _, node in walk(plan.root):
        if isinstance(node, Mapping):
            yield from ((entry.key, entry.key_place) for entry in node.entries)
    for table in plan.tables().values():
        yield from ((row.name, row.place) for row in table.rows)
