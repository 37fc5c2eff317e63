"""Finds a case that a formula admits: splits the space axis by axis, forced steps first, within a budget of steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tantam.plan.checks.space.axes import Axis, Order, Stretch, Variable
from tantam.plan.checks.space.formula import All, Atom, Formula, Lit, Some, all_of, any_of, leaves, under
from tantam.plan.checks.space.linear import Bound, TooManyBounds, between, numbers, picture, whole_numbers

Box = dict[int, int]
PARTS_A_STEP = 100


class OutOfSteps(Exception):
    """The budget is spent before the space was searched in full."""


@dataclass(frozen=True, slots=True)
class Model:
    """A case. box: for each axis the classes that all serve as well; chosen: the class taken; numbers: by variable."""

    box: Mapping[int, int]
    chosen: Mapping[int, int]
    numbers: Mapping[str, Fraction]


class Space:
    """Axes cut so that every atom of the given formulas is wholly true or false in each class."""

    def __init__(
        self, axes: Mapping[str, Axis], variables: Mapping[str, Variable], formulas: Iterable[Formula], steps: int
    ) -> None:
        atoms: dict[str, list[Atom]] = {key: [] for key in axes}
        for formula in formulas:
            for atom in leaves(formula):
                assert isinstance(atom, Atom)
                atoms[atom.axis].append(atom)
        self.axes: tuple[Axis, ...] = tuple(axes.values())
        self.variables = variables
        self.steps = steps
        self.classes: tuple[tuple[object, ...], ...] = tuple(axis.classes(atoms[axis.key]) for axis in self.axes)
        self.whole: Box = {n: (1 << len(classes)) - 1 for n, classes in enumerate(self.classes)}
        self._number = {axis.key: n for n, axis in enumerate(self.axes)}
        self._tied = _tied(self.axes)

    @classmethod
    def ready(cls, axes: Sequence[Axis], variables: Mapping[str, Variable], steps: int) -> Space:
        """Return the space of axes that are cut already."""
        space = cls({}, variables, (), steps)
        space.axes = tuple(axes)
        space.classes = tuple(axis.stretches if isinstance(axis, Order) else axis.values for axis in axes)
        space.whole = {n: (1 << len(classes)) - 1 for n, classes in enumerate(space.classes)}
        return space

    def cut(self, formula: Formula) -> Formula:
        """Return the formula over classes instead of values. Its atoms must be among those the space was cut by."""
        match formula:
            case Atom(axis=axis):
                number = self._number[axis]
                mask = self.axes[number].mask(formula)
                if not mask & self.whole[number]:
                    return False
                return True if mask == self.whole[number] else Lit(number, mask)
            case All(parts=parts):
                return all_of(self.cut(part) for part in parts)
            case Some(parts=parts):
                return any_of(self.cut(part) for part in parts)
        return formula

    def possible(self, formula: Formula) -> bool:
        """Return whether some case meets the cut formula. Raises OutOfSteps."""
        return next(self.models(formula), None) is not None

    def models(self, formula: Formula) -> Iterator[Model]:
        """Yield cases that meet the cut formula, from different boxes. Raises OutOfSteps."""
        for box in self._boxes(formula, dict(self.whole)):
            for chosen, found in self._cases(box):
                yield Model(self._widened(formula, box), chosen, found)

    def _boxes(self, formula: Formula, box: Box) -> Iterator[Box]:
        """Yield disjoint boxes inside `box` in which the formula holds throughout."""
        self._spend(formula)
        formula, forced = _forced(formula, box)
        if formula is False or not self._may_hold(forced):
            return
        if formula is True:
            yield forced
            return
        axis = Counter(leaf.axis for leaf in leaves(formula)).most_common(1)[0][0]
        assert isinstance(axis, int)
        for part in _parts(formula, axis, forced[axis]):
            yield from self._boxes(formula, forced | {axis: part})

    def _spend(self, formula: Formula) -> None:
        """Take one look at the formula from the budget; a look at a long one takes longer, so it costs more."""
        self.steps -= _cost(formula)
        if self.steps < 0:
            raise OutOfSteps

    def _may_hold(self, box: Box) -> bool:
        """Return False only if the tied orders cannot lie in their hulls all at once."""
        if any(not mask for mask in box.values()):
            return False
        if all(box[n] == self.whole[n] for n in self._tied):
            return True
        try:
            return numbers(self._bounds({n: self.hull(n, box[n]) for n in self._tied}), self.variables) is not None
        except TooManyBounds:
            return True

    def _cases(self, box: Box) -> Iterator[tuple[dict[int, int], dict[str, Fraction]]]:
        """Yield a class of each axis, and numbers for all variables, as they fit together in the box."""
        free = {n: mask & -mask for n, mask in box.items() if n not in self._tied}
        single = {}
        for n, mask in free.items():
            axis = self.axes[n]
            if isinstance(axis, Order):
                name = axis.terms[0][0]
                single[name] = picture(self.variables[name], self._stretch(n, mask))
        for tied, found in self._tied_cases(box, list(self._tied), {}):
            yield free | tied, single | found

    def _tied_cases(
        self, box: Box, left: list[int], taken: dict[int, int]
    ) -> Iterator[tuple[dict[int, int], dict[str, Fraction]]]:
        self.steps -= 1
        if self.steps < 0:
            raise OutOfSteps
        hulls = {n: self.hull(n, taken.get(n, box[n])) for n in self._tied}
        try:
            fit = numbers if left else whole_numbers
            found = fit(self._bounds(hulls), self.variables)
        except TooManyBounds:
            return
        if found is None:
            return
        if not left:
            yield taken, found
            return
        for bit in sorted(_bits(box[left[0]]), key=lambda bit: self._oddity(left[0], bit)):
            yield from self._tied_cases(box, left[1:], taken | {left[0]: bit})

    def _bounds(self, hulls: Mapping[int, Stretch]) -> list[Bound]:
        bounds: list[Bound] = []
        for n, hull in hulls.items():
            axis = self.axes[n]
            assert isinstance(axis, Order)
            bounds += between(axis.terms, (hull.low, hull.low_open), (hull.high, hull.high_open))
            for name, _ in axis.terms:
                one, own = ((name, Fraction(1)),), self.variables[name]
                bounds += between(one, (own.low, False), (own.high, False))
        return bounds

    def hull(self, n: int, mask: int) -> Stretch:
        """Return the stretch of an ordered axis from the first to the last of these classes."""
        classes = [self._stretch(n, bit) for bit in _bits(mask)]
        first, last = classes[0], classes[-1]
        return Stretch(first.low, last.high, first.low_open, last.high_open)

    def _stretch(self, n: int, bit: int) -> Stretch:
        stretch = self.classes[n][bit.bit_length() - 1]
        assert isinstance(stretch, Stretch)
        return stretch

    def _oddity(self, n: int, bit: int) -> Fraction:
        """Return how far a class lies from what people would think of first: usual numbers, small differences."""
        axis = self.axes[n]
        assert isinstance(axis, Order)
        single = self.variables[axis.terms[0][0]] if len(axis.terms) == 1 else None
        usual = single.usual if single is not None and single.usual is not None else Fraction(0)
        return abs(self._stretch(n, bit).inside - usual)

    def _widened(self, formula: Formula, box: Box) -> Box:
        """Return the box with all classes taken in that serve as well, so that one case stands for all of them.

        It takes at most half of what is left of the budget: a case that was found is told, however wide it is."""
        cost = _cost(formula)
        looks = self.steps // (2 * cost)
        wide = dict(box)
        for n in box:
            if under(formula, wide | {n: self.whole[n]}) is True:
                wide[n] = self.whole[n]
                continue
            if n in self._tied:
                continue  # its classes hang together with those of other axes: all serve, or only the one taken
            for bit in _bits(self.whole[n] & ~wide[n]):
                looks -= 1
                if looks < 0:
                    return wide
                self.steps -= cost
                if under(formula, wide | {n: wide[n] | bit}) is True:
                    wide[n] |= bit
        return wide


def _cost(formula: Formula) -> int:
    return 1 + (len(formula.parts) // PARTS_A_STEP if isinstance(formula, All | Some) else 0)


def _tied(axes: tuple[Axis, ...]) -> tuple[int, ...]:
    """Return the orders that share variables with a sum of several, so that their classes hang together."""
    orders = {n: {name for name, _ in axis.terms} for n, axis in enumerate(axes) if isinstance(axis, Order)}
    tied = {n for n, names in orders.items() if len(names) > 1}
    names = {name for n in tied for name in orders[n]}
    return tuple(n for n, own in orders.items() if n in tied or own & names)


def _forced(formula: Formula, box: Box) -> tuple[Formula, Box]:
    """Return formula and box after all steps that leave no choice."""
    while True:
        formula = under(formula, box)
        parts = formula.parts if isinstance(formula, All) else (formula,)
        forced = [part for part in parts if isinstance(part, Lit)]
        if not forced:
            return formula, box
        box = dict(box)
        for each in forced:
            box[each.axis] &= each.mask
            if not box[each.axis]:
                return False, box


def _parts(formula: Formula, axis: int, allowed: int) -> Iterator[int]:
    """Yield the classes of an axis in as few groups as the formula tells apart."""
    masks = {leaf.mask for leaf in leaves(formula) if isinstance(leaf, Lit) and leaf.axis == axis}
    groups: dict[tuple[bool, ...], int] = {}
    for bit in _bits(allowed):
        told = tuple(bool(mask & bit) for mask in masks)
        groups[told] = groups.get(told, 0) | bit
    yield from groups.values()


def _bits(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit
