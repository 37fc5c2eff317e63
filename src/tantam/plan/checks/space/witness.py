"""Turns a case found in the space into facts that a table decides, and into words that a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tantam.plan.checks.space.axes import Axis, Choice, Order, Stretch, Variable
from tantam.plan.checks.space.grid import run_around
from tantam.plan.checks.space.linear import picture
from tantam.plan.checks.space.search import Model, Space
from tantam.plan.checks.space.shown import value_text
from tantam.plan.checks.space.translate import ANOTHER
from tantam.plan.tables.cells import value_at
from tantam.plan.tables.types import Date, Duration, Moment, Money, SomeOf, Time, Type
from tantam.plan.tables.values import plain_number

MISSING = "~"


def facts_of(model: Model, space: Space, types: Mapping[tuple[str, ...], Type]) -> dict[str, Any]:
    """Return the case as facts by term, records as mappings. types: of every given fact, by path."""
    missing: set[str] = set()
    members: dict[tuple[str, ...], set[str]] = {path: set() for path, kind in types.items() if isinstance(kind, SomeOf)}
    flat: dict[tuple[str, ...], Any] = {}
    for n, axis in enumerate(space.axes):
        if not isinstance(axis, Choice) or not axis.path:
            continue
        value = _value(axis, model.chosen[n])
        if axis.known:
            missing |= set() if value else {axis.path[0]}
        elif not axis.member:
            flat[axis.path] = "another" if value == ANOTHER else value
        elif value:
            members.setdefault(axis.path, set()).add(axis.member)
    flat |= {path: frozenset(found) for path, found in members.items()}
    for name, variable in space.variables.items():
        if variable.path in types:
            # A number that cancelled out of every comparison is on no axis: any will do, but it must be there.
            number = model.numbers.get(name, picture(variable, Stretch(variable.low, variable.high)))
            flat[variable.path] = value_of(types[variable.path], number)
    return _nested({path: value for path, value in flat.items() if path[0] not in missing})


def words_of(model: Model, space: Space) -> dict[str, str]:
    """Return what matters of the case: {term: value as a cell would write it}; a fact that is missing is `~`."""
    words: dict[str, str] = {}
    members: dict[str, dict[str, bool]] = {}
    for n in mattering(model, space):
        axis = space.axes[n]
        if isinstance(axis, Order):
            for name, _ in axis.terms:
                words[name] = _number_text(space.variables[name], model.numbers[name])
            continue
        value, name = _value(axis, model.chosen[n]), ".".join(axis.path) or axis.key
        if axis.member:
            members.setdefault(name, {})[axis.member] = bool(value)
        elif axis.known:
            words |= {} if value else {name: MISSING}
        else:
            words[name] = value_text(value)
    return words | {name: _set_text(each) for name, each in members.items()}


def box_text(model: Model, space: Space) -> str:
    """Return all cases of a box in one line: `fault = ours, owned > 365 days`; sums and missing facts are left out."""
    told: dict[str, str] = {}
    members: dict[str, dict[str, bool]] = {}
    for n in mattering(model, space):
        axis, mask = space.axes[n], model.box[n]
        name = ".".join(axis.path) or axis.key if isinstance(axis, Choice) else axis.key
        if isinstance(axis, Order):
            if len(axis.terms) == 1:
                told[name] = _stretch_text(space.variables[name], space.hull(n, run_around(mask, model.chosen[n])))
        elif axis.member:
            members.setdefault(name, {})[axis.member] = bool(_value(axis, model.chosen[n]))
        elif not axis.known:
            values = [value for bit, value in enumerate(axis.values) if mask >> bit & 1]
            told[name] = f"= {', '.join(map(value_text, values))}"
    told |= {name: f"= {_set_text(each)}" for name, each in members.items()}
    return ", ".join(f"{name} {text}" for name, text in told.items())


def _stretch_text(variable: Variable, stretch: Stretch) -> str:
    """Return a stretch of numbers as a cell would write it; the ends of the domain are not said."""
    low = None if stretch.low is None or stretch.low == variable.low else _number_text(variable, stretch.low)
    high = None if stretch.high is None or stretch.high == variable.high else _number_text(variable, stretch.high)
    if low == high and low is not None:
        return f"= {low}"
    if low is None or high is None:
        over, under = (">" if stretch.low_open else ">="), ("<" if stretch.high_open else "<=")
        return f"{over} {low}" if low is not None else f"{under} {high}"
    opens, closes = "(" if stretch.low_open else "[", ")" if stretch.high_open else "]"
    return f"in {opens}{low}..{high}{closes}" if (opens, closes) != ("[", "]") else f"= {low}..{high}"


def mattering(model: Model, space: Space) -> list[int]:
    """Return the axes on which a case rests: not those that may be anything, nor what compares a missing fact."""
    missing = {
        axis.path[0]
        for n, axis in enumerate(space.axes)
        if isinstance(axis, Choice) and axis.known and not _value(axis, model.chosen[n])
    }
    return [
        n
        for n, axis in enumerate(space.axes)
        if model.box[n] != space.whole[n] and not (missing and _rests_on(axis, missing, space))
    ]


def value_of(kind: Type, number: Fraction) -> Any:
    """Return the value of a type at a place in its order; the reverse of `values.order_key`."""
    if isinstance(kind, Money | Duration | Date | Time | Moment):
        return value_at(round(number), kind)
    return plain_number(number)


def _rests_on(axis: Axis, names: set[str], space: Space) -> bool:
    if isinstance(axis, Order):
        return any(space.variables[name].path[:1] == (each,) for name, _ in axis.terms for each in names)
    return not axis.known and axis.path[:1] != () and axis.path[0] in names


def _value(axis: Choice, chosen: int) -> object:
    return axis.values[chosen.bit_length() - 1]


def _set_text(members: Mapping[str, bool]) -> str:
    """Return the members that are there; if none is, `not` and those that are not, as a cell would write it."""
    there = [member for member, inside in members.items() if inside]
    return ", ".join(there) or f"not {', '.join(members)}"


def _number_text(variable: Variable, number: Fraction) -> str:
    return value_text(value_of(variable.kind, number) if variable.kind is not None else plain_number(number))


def _nested(flat: Mapping[tuple[str, ...], Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for path, value in flat.items():
        inner = nested
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
        inner[path[-1]] = value
    return nested
