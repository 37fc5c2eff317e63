"""Which directives are laid over which version, and when: the stretches that versions and directives make of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

Layers = tuple[int, tuple[int, ...]]  # a version's number, and those of the directives over it, the topmost last


@dataclass(frozen=True, slots=True)
class Begun:
    """A version is in force from then on, until one that begins later."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Counting:
    """A directive counts in [begins, ends)."""

    number: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """In [begins, ends) these directives are laid over this version."""

    begins: datetime
    ends: datetime
    layers: Layers


def stretches(versions: Sequence[Begun], directives: Sequence[Counting]) -> tuple[Stretch, ...]:
    """Return the stretches in which any directive counts, by their beginning. What was directed later lies on top."""
    counting = [each for each in directives if each.ends > each.begins]
    points = sorted(
        {each.begins for each in counting} | {each.ends for each in counting} | {each.at for each in versions}
    )
    return tuple(_joined(_cut(versions, counting, points)))


def _cut(versions: Sequence[Begun], directives: Sequence[Counting], points: Sequence[datetime]) -> Iterator[Stretch]:
    for begins, ends in zip(points, points[1:]):
        begun = [each for each in versions if each.at <= begins]
        base = max(begun, key=lambda each: (each.at, each.number), default=None)
        over = sorted(each.number for each in directives if each.begins <= begins < each.ends)
        if base is not None and over:
            yield Stretch(begins, ends, (base.number, tuple(over)))


def _joined(cut: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield the stretches, one for several that follow each other and are alike."""
    last: Stretch | None = None
    for each in cut:
        if last is not None and (last.ends, last.layers) == (each.begins, each.layers):
            last = Stretch(last.begins, each.ends, each.layers)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last
