"""Ways among names that lead to each other: all of them from above, and the shortest round. It knows no plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Following: TypeAlias = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Edge:
    """From a name to one that follows it. circle: where that lies on the way already, from it round to it, else ()."""

    source: str
    target: str
    circle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A name all of whose followers were settled before it, but for those that closed a circle."""

    name: str


def depth_first(starts: Iterable[str], following: Following) -> Iterator[Edge | Settled]:
    """Yield each edge that can be reached once, and each name once, as a walk in depth meets them. However deep."""
    settled: set[str] = set()
    for start in starts:
        way = {} if start in settled else {start: iter(following(start))}
        while way:
            name, rest = next(reversed(way.items()))
            target = next(rest, None)
            if target is None:
                way.popitem()
                settled.add(name)
                yield Settled(name)
                continue
            yield Edge(name, target, _round([*way], target) if target in way else ())
            if target not in way and target not in settled:
                way[target] = iter(following(target))


def way_back(start: str, following: Following) -> tuple[str, ...]:
    """Return the shortest way from `start` to itself, both ends in it; () if there is none.

    Finitely many names can be reached."""
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


def _round(way: list[str], target: str) -> tuple[str, ...]:
    return (*way[way.index(target) :], target)
