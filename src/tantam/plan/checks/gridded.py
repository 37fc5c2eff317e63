"""A table of boxes: the same questions as explored.Explored, answered exactly for a thousand rows and more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from tantam.plan.checks.case import Case, told
from tantam.plan.checks.questions import MOST_GAPS, Gap, Overlap, Share
from tantam.plan.checks.space.axes import Order, Stretch
from tantam.plan.checks.space.grid import Box, Budget, Grid, size_of, within
from tantam.plan.checks.space.linear import picture
from tantam.plan.checks.space.plain import Plain
from tantam.plan.checks.space.search import Model, OutOfSteps
from tantam.plan.checks.space.witness import box_text, facts_of, words_of
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Row, Table


class Gridded:
    """One table with what is assumed of its cases. Every question may raise OutOfSteps; each has all the steps."""

    def __init__(self, table: Table, scope: Scope, plain: Plain, steps: int) -> None:
        self.table, self.scope, self.plain = table, scope, plain
        self.space = plain.space
        self._steps = steps
        self._grid = Grid(plain.boxes, plain.assumed, [isinstance(axis, Order) for axis in plain.space.axes])
        self._boxes = self._grid.boxes
        self._asked = [n for n, row in enumerate(table.rows) if not row.otherwise]
        self.further_gaps = 0

    def gaps(self) -> Iterator[Gap]:
        """Yield the largest boxes of cases that no row answers, a few at most; `further_gaps` counts the rest then."""
        grid, found, unfinished = self._grid, list[Box](), None
        try:
            found.extend(grid.uncovered(grid.inside, grid.everything, Budget(self._steps)))
        except OutOfSteps as problem:  # what was found until then is told first
            unfinished = problem
        left = grid.merged(found)
        left.sort(key=lambda box: size_of(box, grid.inside), reverse=True)
        shown: list[Box] = []
        while left and len(shown) < MOST_GAPS:
            shown.append(grid.widened(left[0]))
            yield self._gap(shown[-1])
            left = [box for box in left if not within(box, shown[-1])]
        if unfinished is not None:
            raise unfinished
        self.further_gaps = len(left)

    def overlaps(self, matter: Callable[[Row, Row], bool]) -> Iterator[Overlap]:
        """Yield pairs of rows that some case meets both, under `first` none before them; only pairs that `matter`."""
        rows, hides, budget = self.table.rows, self.table.hit.hides, Budget(self._steps)
        alive = [n for n in self._asked if (self._fires(n, budget) if hides else self._matches(n))]
        living = sum(1 << n for n in alive)
        for one in alive:
            after = living >> (one + 1) << (one + 1)
            for other in _numbers(self._grid.meeting(self._boxes[one], after)):
                if not matter(rows[one], rows[other]):
                    continue
                both: Box | None = tuple(map(int.__and__, self._boxes[one], self._boxes[other]))
                if hides and both is not None:
                    both = next(self._grid.uncovered(both, (1 << one) - 1, budget), None)
                if both is not None:
                    yield Overlap(rows[one], rows[other], self._share(one, other), _Shown(self, both))

    def is_void(self) -> bool:
        """Return whether what is assumed leaves no case at all."""
        return not all(self._grid.inside)

    def impossible(self) -> Iterator[tuple[Row, bool]]:
        """Yield the rows that no case meets, and whether that is due to what is assumed rather than to the row."""
        for n in self._asked:
            if not self._matches(n):
                yield self.table.rows[n], all(self.plain.boxes[n])

    def shadowed(self) -> Iterator[tuple[Row, tuple[Row, ...]]]:
        """Yield the rows that some case meets but that never fire, with the earlier rows that take all their cases."""
        budget = Budget(self._steps)
        for n in self._asked:
            if self._matches(n) and not self._fires(n, budget):
                yield self.table.rows[n], tuple(self.table.rows[each] for each in self._takers(n, budget))

    def needless_otherwise(self) -> Row | None:
        """Return the `otherwise` row if the other rows leave it nothing."""
        budget = Budget(self._steps)
        for n, row in enumerate(self.table.rows):
            if row.otherwise:
                others = self._grid.everything & ~(1 << n)
                return None if self._is_open(self._grid.inside, others, budget) else row
        return None

    def redundant(self, same: Callable[[Row, Row], bool]) -> Iterator[tuple[Row, tuple[Row, ...]]]:
        """Yield the rows that fire, but whose cases would all come to later rows that give the same; with those.

        Rows that never fire are not among those: they are told by themselves.
        """
        rows, grid, budget = self.table.rows, self._grid, Budget(self._steps)
        fires = cache(lambda m: self._fires(m, budget))
        for n in self._asked:
            later = list(_numbers(grid.meeting(self._boxes[n], grid.everything >> (n + 1) << (n + 1))))
            alike = sum(1 << m for m in later if same(rows[n], rows[m]) and fires(m))
            if not alike or not fires(n):
                continue
            if self._is_open(self._boxes[n], (1 << n) - 1 | alike, budget):
                continue
            if takers := self._successors(n, later, alike, budget):
                yield rows[n], tuple(rows[m] for m in takers)

    def _successors(self, n: int, later: Sequence[int], alike: int, budget: Budget) -> list[int]:
        """Return the later rows that would take all cases of row `n`, [] if one that is not `alike` would take some."""
        parts = list(self._grid.uncovered(self._boxes[n], (1 << n) - 1, budget))
        takers = []
        for m in later:
            if not any(self._grid.meeting(part, 1 << m) for part in parts):
                continue
            if not alike >> m & 1:
                return []
            takers.append(m)
            parts = [each for part in parts for each in self._grid.uncovered(part, 1 << m, budget)]
        return takers

    def _matches(self, n: int) -> bool:
        return all(self._boxes[n])

    def _fires(self, n: int, budget: Budget) -> bool:
        return self._is_open(self._boxes[n], (1 << n) - 1, budget)

    def _is_open(self, box: Box, among: int, budget: Budget) -> bool:
        return next(self._grid.uncovered(box, among, budget), None) is not None

    def _takers(self, n: int, budget: Budget) -> Sequence[int]:
        """Return as few earlier rows as already take all cases of row `n`."""
        takers = self._grid.meeting(self._boxes[n], (1 << n) - 1)
        for each in _numbers(takers):
            fewer = takers & ~(1 << each)
            if not self._is_open(self._boxes[n], fewer, budget):
                takers = fewer
        return list(_numbers(takers))

    def _share(self, one: int, other: int) -> Share:
        inside, around = within(self._boxes[one], self._boxes[other]), within(self._boxes[other], self._boxes[one])
        if inside and around:
            return Share.ALL
        return Share.ONE_WHOLLY if inside or around else Share.SOME

    def _gap(self, box: Box) -> Gap:
        model = self._model(box)
        return Gap(self.case_in(box), box_text(model, self.space))

    def case_in(self, box: Box) -> Case:
        """Return a case of the box for people."""
        model = self._model(box)
        facts = facts_of(model, self.space, self.plain.types)
        return told(self.table, self.scope, words_of(model, self.space), facts)

    def _model(self, box: Box) -> Model:
        boxed = dict(enumerate(box))
        chosen = {n: mask & -mask for n, mask in boxed.items()}
        numbers = {}
        for n, axis in enumerate(self.space.axes):
            if isinstance(axis, Order):
                stretch = self.space.classes[n][chosen[n].bit_length() - 1]
                assert isinstance(stretch, Stretch)
                numbers[axis.key] = picture(self.space.variables[axis.key], stretch)
        return Model(boxed, chosen, numbers)


class _Shown:
    """A case of a box, found when somebody asks."""

    __slots__ = ("box", "gridded")

    def __init__(self, gridded: Gridded, box: Box) -> None:
        self.gridded = gridded
        self.box = box

    def __call__(self) -> Case:
        return self.gridded.case_in(self.box)


def _numbers(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
