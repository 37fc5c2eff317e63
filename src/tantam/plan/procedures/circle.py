"""The shortest way round: of steps that lead to each other, of procedures that run each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def way_back(start: str, following: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Return the shortest way from `start` to itself, both ends in it; () if there is none.

    following: where it may go on from a name; finitely many names can be reached."""
    todo: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in todo:  # which grows
        for each in following(way[-1]):
            if each == start:
                return (*way, start)
            if each not in seen:
                seen.add(each)
                todo.append((*way, each))
    return ()
