"""Conditions as formulas over axes: an atom bounds one axis, All and Some join them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

_OPPOSITE = {"<": ">=", ">=": "<", "<=": ">", ">": "<=", "=": "!=", "!=": "=", "in": "not in", "not in": "in"}


@dataclass(frozen=True, slots=True)
class Atom:
    """One axis is bounded. op: `in`, `not in` a set of its values, or < <= > >= = != a number."""

    axis: str
    op: str
    value: Fraction | frozenset[object]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Lit:
    """An atom of a cut space: the axis lies in one of the classes of `mask`, a bit each."""

    axis: int
    mask: int


Formula: TypeAlias = bool | Atom | Lit | All | Some


def all_of(parts: Iterable[Formula]) -> Formula:
    """Return the conjunction, flattened; True if there is no part."""
    flat: dict[Formula, None] = {}
    for part in parts:
        if part is False:
            return False
        if isinstance(part, All):
            flat.update(dict.fromkeys(part.parts))
        elif part is not True:
            flat[part] = None
    return All(tuple(flat)) if len(flat) > 1 else next(iter(flat), True)


def any_of(parts: Iterable[Formula]) -> Formula:
    """Return the disjunction, flattened; False if there is no part."""
    flat: dict[Formula, None] = {}
    for part in parts:
        if part is True:
            return True
        if isinstance(part, Some):
            flat.update(dict.fromkeys(part.parts))
        elif part is not False:
            flat[part] = None
    return Some(tuple(flat)) if len(flat) > 1 else next(iter(flat), False)


def opposite(formula: Formula) -> Formula:
    """Return what holds exactly when `formula` does not. Only for formulas that are not cut yet."""
    match formula:
        case bool():
            return not formula
        case Atom(axis=axis, op=op, value=value):
            return Atom(axis, _OPPOSITE[op], value)
        case All(parts=parts):
            return any_of(opposite(part) for part in parts)
        case Some(parts=parts):
            return all_of(opposite(part) for part in parts)
        case Lit():
            raise TypeError("a cut formula cannot be turned round")


def same(left: Formula, right: Formula) -> Formula:
    """Return what holds when both hold or both do not."""
    return any_of([all_of([left, right]), all_of([opposite(left), opposite(right)])])


def leaves(formula: Formula) -> Iterator[Atom | Lit]:
    """Yield every atom or literal, repeated as often as it stands there."""
    stack = [formula]
    while stack:
        each = stack.pop()
        match each:
            case Atom() | Lit():
                yield each
            case All(parts=parts) | Some(parts=parts):
                stack.extend(parts)


def bounds_of(formula: Formula) -> dict[int, int]:
    """Return the classes to which a cut formula confines single axes at first sight."""
    bounds: dict[int, int] = {}
    for part in formula.parts if isinstance(formula, All) else (formula,):
        if isinstance(part, Lit):
            bounds[part.axis] = bounds.get(part.axis, part.mask) & part.mask
    return bounds


def apart(one: dict[int, int], other: dict[int, int]) -> bool:
    """Return whether two confinements exclude each other."""
    return any(axis in other and not mask & other[axis] for axis, mask in one.items())


def under(formula: Formula, box: dict[int, int]) -> Formula:
    """Return a cut formula simplified inside a box. box: the mask of classes that each axis may still take."""
    match formula:
        case Lit(axis=axis, mask=mask):
            allowed = box[axis]
            if not allowed & ~mask:
                return True
            return formula if allowed & mask else False
        case All(parts=parts):
            kept = []
            for part in parts:
                inside = under(part, box)
                if inside is False:
                    return False
                if inside is not True:
                    kept.append(inside)
            return _joined(formula, kept, empty=True)
        case Some(parts=parts):
            kept = []
            for part in parts:
                inside = under(part, box)
                if inside is True:
                    return True
                if inside is not False:
                    kept.append(inside)
            return _joined(formula, kept, empty=False)
    return formula


def _joined(formula: All | Some, kept: Sequence[Formula], *, empty: bool) -> Formula:
    if not kept:
        return empty
    if len(kept) == 1:
        return kept[0]
    if len(kept) == len(formula.parts) and all(one is other for one, other in zip(kept, formula.parts)):
        return formula
    return all_of(kept) if isinstance(formula, All) else any_of(kept)
