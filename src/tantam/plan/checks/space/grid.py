"""Boxes in a space of cut axes: which of many meet or hold another one, and what all of them leave open.

Sets of boxes are bit sets, so that a thousand boxes are compared in one AND."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import accumulate
from operator import or_

from tantam.plan.checks.space.search import OutOfSteps

Box = tuple[int, ...]  # for each axis its classes, a bit each
# Of so few boxes, one is taken out of the space at a time; of more, the space is cut in two where it parts them best.
FEW = 6
AXES_A_STEP = 4


class Budget:
    """How many looks a search may still take."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def spend(self, cost: int) -> None:
        """Take one look at a box. cost: a wide one takes longer. Raises OutOfSteps if there is none left."""
        self.steps -= cost
        if self.steps < 0:
            raise OutOfSteps


class Grid:
    """Many boxes of one space. boxes: each with a mask of classes an axis; inside: the box that is looked at at all.

    ordered: for each axis whether its classes have an order, so that boxes are told by stretches of them."""

    def __init__(self, boxes: Sequence[Box], inside: Box, ordered: Sequence[bool]) -> None:
        self.boxes = [tuple(map(int.__and__, box, inside)) for box in boxes]
        self.inside = inside
        self._ordered = tuple(ordered)
        self.everything = (1 << len(boxes)) - 1
        columns = ([box[axis] for box in self.boxes] for axis in range(len(inside)))
        self._axes = tuple(map(_axis, columns, inside, ordered))

    def meeting(self, box: Box, among: int) -> int:
        """Return which of the boxes `among`, a bit each, have a case in common with `box`."""
        for axis, mask in zip(self._axes, box):
            among &= axis.meeting(mask)
            if not among:
                break
        return among

    def holding(self, box: Box, among: int) -> int:
        """Return which of the boxes `among`, a bit each, hold the whole of `box`."""
        for axis, mask in zip(self._axes, box):
            among &= axis.holding(mask)
            if not among:
                break
        return among

    def uncovered(self, box: Box, among: int, budget: Budget) -> Iterator[Box]:
        """Yield disjoint boxes: what of `box` is left by the boxes `among`, a bit each. Raises OutOfSteps."""
        if not all(box):
            return
        stack = [(box, self.meeting(box, among))]
        cost = max(1, len(box) // AXES_A_STEP)
        while stack:
            budget.spend(cost)
            box, left = stack.pop()
            if not left:
                yield box
            elif not self.holding(box, left):
                few = left.bit_count() <= FEW
                stack += self._without_one(box, left) if few else self._parted(box, left)

    def widened(self, box: Box) -> Box:
        """Return a largest box around an uncovered one that no box meets, axis after axis."""
        wide = list(box)
        for place, axis in enumerate(self._axes):
            others = self.everything
            for other, mask in zip(self._axes, wide):
                if other is not axis:
                    others &= reduce(or_, map(other.meeting, _runs(mask)), 0)
            taken = 0
            for number in _numbers(others):
                taken |= self.boxes[number][place]
            free = self.inside[place] & ~taken
            wide[place] = run_around(free, box[place] & -box[place]) if self._ordered[place] else free
        return tuple(wide)

    def merged(self, boxes: Sequence[Box]) -> list[Box]:
        """Return disjoint boxes joined where two that differ on one axis only lie beside each other, until none do."""
        left, before = list(boxes), len(boxes) + 1
        while len(left) < before:
            before = len(left)
            for place, ordered in enumerate(self._ordered):
                joined: dict[Box, int] = {}
                for box in left:
                    rest = (*box[:place], *box[place + 1 :])
                    joined[rest] = joined.get(rest, 0) | box[place]
                left = [
                    (*rest[:place], part, *rest[place:])
                    for rest, mask in joined.items()
                    for part in (_runs(mask) if ordered else (mask,))
                ]
        return left

    def _without_one(self, box: Box, left: int) -> Iterator[tuple[Box, int]]:
        """Yield what of `box` lies outside one of the boxes that are left, each part with the others that it meets."""
        low = left & -left
        one, left = self.boxes[low.bit_length() - 1], left ^ low
        for place, mask in enumerate(box):
            inside = mask & one[place]
            outsides = _runs(mask & ~inside) if self._ordered[place] else (mask & ~inside,)
            for outside in filter(None, outsides):
                part = (*box[:place], outside, *box[place + 1 :])
                yield part, self.meeting(part, left)
            box = (*box[:place], inside, *box[place + 1 :])

    def _parted(self, box: Box, left: int) -> Iterator[tuple[Box, int]]:
        """Yield two halves of `box`, each with those that are left in it: cut where few are cut and both get many."""
        best: tuple[int, int, int, int, int, int] | None = None
        for place, axis in enumerate(self._axes):
            for first, second in axis.cuts(box[place], left, self.boxes, place):
                here, there = left & axis.meeting(first), left & axis.meeting(second)
                one, other = here.bit_count(), there.bit_count()
                weight = 3 * (one + other) + max(one, other)
                if best is None or weight < best[0]:
                    best = (weight, place, first, second, here, there)
        assert best is not None  # some box meets this one and does not hold it: its bound is a cut
        _, place, first, second, here, there = best
        yield (*box[:place], first, *box[place + 1 :]), here
        yield (*box[:place], second, *box[place + 1 :]), there


class _Runs:
    """An axis on which every box takes neighbouring classes. Masks asked about are runs of such, too."""

    def __init__(self, masks: Sequence[int], size: int) -> None:
        begin, end = [0] * size, [0] * size
        for number, mask in enumerate(masks):
            if mask:
                first, last = _ends(mask)
                begin[first] |= 1 << number
                end[last] |= 1 << number
        # The boxes that begin at a class or before it, and those that end at it or after it.
        self.begun: list[int] = list(accumulate(begin, or_))
        self.unended: list[int] = list(accumulate(reversed(end), or_))[::-1]

    def meeting(self, mask: int) -> int:
        first, last = _ends(mask)
        return self.begun[last] & self.unended[first]

    def holding(self, mask: int) -> int:
        first, last = _ends(mask)
        return self.begun[first] & self.unended[last]

    def cuts(self, mask: int, left: int, boxes: Sequence[Box], place: int) -> Iterator[tuple[int, int]]:
        """Yield the two sides of each place where a box that is left begins or has ended."""
        first, last = _ends(mask)
        if left.bit_count() > last - first:
            edges = set(range(first + 1, last + 1))
        else:
            ends = [_ends(boxes[number][place]) for number in _numbers(left)]
            edges = {edge for low, high in ends for edge in (low, high + 1) if first < edge <= last}
        for edge in edges:
            below = mask & ((1 << edge) - 1)
            yield below, mask ^ below


class _Sets:
    """An axis on which boxes take any classes."""

    def __init__(self, masks: Sequence[int], size: int) -> None:
        self.admitting = [sum(1 << n for n, mask in enumerate(masks) if mask >> each & 1) for each in range(size)]
        self._meeting: dict[int, int] = {}
        self._holding: dict[int, int] = {}

    def meeting(self, mask: int) -> int:
        found = self._meeting.get(mask)
        if found is None:
            found = 0
            for number in _numbers(mask):
                found |= self.admitting[number]
            self._meeting[mask] = found
        return found

    def holding(self, mask: int) -> int:
        found = self._holding.get(mask)
        if found is None:
            found = -1
            for number in _numbers(mask):
                found &= self.admitting[number]
            self._holding[mask] = found
        return found

    def cuts(self, mask: int, left: int, boxes: Sequence[Box], place: int) -> Iterator[tuple[int, int]]:
        """Yield what a box that is left takes, and the rest."""
        taken = {boxes[number][place] & mask for number in _numbers(left)}
        yield from ((each, mask ^ each) for each in taken if each != mask)


def within(box: Box, other: Box) -> bool:
    """Return whether `other` holds the whole of `box`."""
    return not any(mask & ~wide for mask, wide in zip(box, other))


def size_of(box: Box, inside: Box) -> float:
    """Return the share of all cases that a box holds, every class of an axis weighing the same."""
    share = 1.0
    for mask, whole in zip(box, inside):
        share *= mask.bit_count() / whole.bit_count()
    return share


def run_around(mask: int, bit: int) -> int:
    """Return the run of neighbouring classes of `mask` that `bit` is in."""
    return next((run for run in _runs(mask) if run & bit), bit)


def _axis(masks: Sequence[int], inside: int, ordered: bool) -> _Runs | _Sets:
    size = inside.bit_length()
    runs = ordered and all(_is_run(mask) for mask in (inside, *masks))
    return _Runs(masks, size) if runs and inside else _Sets(masks, size)


def _lowest_run(mask: int) -> int:
    return mask & ~(mask + (mask & -mask))  # adding the lowest bit carries through its run


def _runs(mask: int) -> Iterator[int]:
    """Yield the runs of neighbouring classes."""
    while mask:
        run = _lowest_run(mask)
        yield run
        mask ^= run


def _is_run(mask: int) -> bool:
    return not mask & (mask + (mask & -mask))


def _ends(mask: int) -> tuple[int, int]:
    return (mask & -mask).bit_length() - 1, mask.bit_length() - 1


def _numbers(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
