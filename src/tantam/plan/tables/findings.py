"""Makes the findings of this room: a code, a place, what was got, what is allowed, the nearest right name."""

from __future__ import annotations

from collections.abc import Iterable

from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.nearest import listed, nearest


def finding(code: str, place: Place, **args: str) -> Finding:
    """Return an error with its arguments; sentences are in words/tables.toml."""
    return Finding(code, Severity.ERROR, place, args=args)


def unknown(code: str, place: Place, got: str, allowed: Iterable[str]) -> Finding:
    """Return an error about a name that is not among the allowed ones, with the nearest as its remedy."""
    names = list(allowed)
    near = nearest(got, names)
    args = {"got": got, "allowed": listed(names), "near": near}
    return Finding(code, Severity.ERROR, place, args=args, remedy="tables_near" if near else "")


def beyond(place: Place, characters: int) -> Place:
    """Return the place that many characters to the right."""
    return Place(place.file, place.line, place.column + characters)
