"""FEEL's functions over lists. A list may also be given as the arguments themselves where FEEL allows it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from tantam.plan.dmn.feel.functions.registry import Registry, builtin
from tantam.plan.dmn.feel.operations import arithmetic, both, compared, either, equal
from tantam.plan.dmn.feel.values import DECIMALS, Function, whole

FUNCTIONS: Registry = {}


def listed(*args: Any) -> list[Any] | None:
    """Return one list argument, or the arguments as a list; None for null alone."""
    if len(args) == 1:
        return args[0] if isinstance(args[0], list) else None if args[0] is None else [args[0]]
    return list(args)


def over_list(name: str) -> Callable[[Callable[[list[Any]], Any]], Callable[[list[Any]], Any]]:
    """Register a function that takes a list or its elements."""

    def register(function: Callable[[list[Any]], Any]) -> Callable[[list[Any]], Any]:
        def call(*args: Any) -> Any:
            values = listed(*args)
            return None if values is None else function(values)

        builtin(FUNCTIONS, f"{name}(list*)")(call)
        return function

    return register


def fold(op: str, values: list[Any]) -> Any:
    """Return the values put together by + or *; None if there is none or one does not fit."""
    if not values:
        return None
    total = values[0]
    for each in values[1:]:
        total = arithmetic(op, total, each)
    return None if isinstance(total, str) or arithmetic("+", total, total) is None else total


def _extreme(op: str) -> Callable[[list[Any]], Any]:
    def find(values: list[Any]) -> Any:
        best = values[0] if values else None
        for each in values:
            order = compared(op, each, best)
            if order is None and compared("=", each, best) is not True:
                return None
            best = each if order else best
        return best if values and compared("<=", best, best) is not None else None

    return find


smallest = over_list("min")(_extreme("<"))
largest = over_list("max")(_extreme(">"))
total = over_list("sum")(lambda values: fold("+", values))


@over_list("mean")
def _mean(values: list[Any]) -> Any:
    return arithmetic("/", fold("+", values), Decimal(len(values)))


@over_list("product")
def _product(values: list[Any]) -> Any:
    return fold("*", values) if all(isinstance(each, Decimal) for each in values) else None


@over_list("median")
def _median(values: list[Any]) -> Any:
    if not values or not all(isinstance(each, Decimal) for each in values):
        return None
    ordered, middle = sorted(values), len(values) // 2
    if len(values) % 2:
        return ordered[middle]
    return DECIMALS.divide(DECIMALS.add(ordered[middle - 1], ordered[middle]), Decimal(2))


@over_list("stddev")
def _stddev(values: list[Any]) -> Any:
    if len(values) < 2 or not all(isinstance(each, Decimal) for each in values):
        return None
    mean = DECIMALS.divide(fold("+", values), Decimal(len(values)))
    squares = [DECIMALS.power(DECIMALS.subtract(each, mean), Decimal(2)) for each in values]
    return DECIMALS.sqrt(DECIMALS.divide(fold("+", squares), Decimal(len(values) - 1)))


@over_list("mode")
def _mode(values: list[Any]) -> Any:
    if not all(isinstance(each, Decimal) for each in values):
        return None
    most = max(map(values.count, values), default=0)
    return sorted(each for each in _distinct(values) if values.count(each) == most)


over_list("all")(both)
over_list("any")(either)
builtin(FUNCTIONS, "count(list: list)")(lambda values: Decimal(len(values)))
builtin(FUNCTIONS, "reverse(list: list)")(lambda values: values[::-1])


def _is(one: Any, other: Any) -> bool:
    return equal(one, other) is True


def _has(values: list[Any], wanted: Any) -> bool:
    return any(_is(each, wanted) for each in values)


def _distinct(values: list[Any]) -> list[Any]:
    found: list[Any] = []
    for each in values:
        if not _has(found, each):
            found.append(each)
    return found


builtin(FUNCTIONS, "list contains(list: list, element)")(_has)
builtin(FUNCTIONS, "distinct values(list: list)")(_distinct)
builtin(FUNCTIONS, "append(list: list, item*)")(lambda values, *items: [*values, *items])
builtin(FUNCTIONS, "concatenate(list*: list)")(lambda *lists: [each for values in lists for each in values])
builtin(FUNCTIONS, "union(list*: list)")(lambda *lists: _distinct([each for values in lists for each in values]))


@builtin(FUNCTIONS, "index of(list: list, match)")
def _index_of(values: list[Any], match: Any) -> list[Decimal]:
    return [Decimal(place) for place, each in enumerate(values, 1) if _is(each, match)]


@builtin(FUNCTIONS, "sublist(list: list, start position: number, length?: number)")
def _sublist(values: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any] | None:
    first = _place(values, start)
    count = len(values) if length is None else whole(length)
    if first is None or count is None or count < 0 or (length is not None and first + count > len(values)):
        return None
    return values[first : first + count]


def _place(values: list[Any], position: Decimal) -> int | None:
    place = whole(position)
    if not place or abs(place) > len(values):
        return None
    return place - 1 if place > 0 else len(values) + place


@builtin(FUNCTIONS, "insert before(list: list, position: number, newItem)")
def _insert(values: list[Any], position: Decimal, item: Any) -> list[Any] | None:
    place = _place(values, position)
    return None if place is None else [*values[:place], item, *values[place:]]


@builtin(FUNCTIONS, "remove(list: list, position: number)")
def _remove(values: list[Any], position: Decimal) -> list[Any] | None:
    place = _place(values, position)
    return None if place is None else [*values[:place], *values[place + 1 :]]


@builtin(FUNCTIONS, "list replace(list: list, position: number, newItem)")
def _replace(values: list[Any], position: Decimal, item: Any) -> list[Any] | None:
    place = _place(values, position)
    return None if place is None else [*values[:place], item, *values[place + 1 :]]


@builtin(FUNCTIONS, "list replace(list: list, match: function, newItem)")
def _replace_matching(values: list[Any], match: Function, item: Any) -> list[Any] | None:
    if not match.fits(2):
        return None
    answers = [match.call(each, item) for each in values]
    if not all(isinstance(each, bool) for each in answers):
        return None
    return [item if answer else each for each, answer in zip(values, answers, strict=True)]


@builtin(FUNCTIONS, "flatten(list: list)")
def flatten(values: list[Any]) -> list[Any]:
    """Return the elements of all lists within."""
    found: list[Any] = []
    for each in values:
        found.extend(flatten(each) if isinstance(each, list) else [each])
    return found


@builtin(FUNCTIONS, "sort(list: list, precedes?: function)")
def _sort(values: list[Any], precedes: Function | None = None) -> list[Any] | None:
    if precedes is not None and not precedes.fits(2):
        return None

    def before(one: Any, other: Any) -> bool | None:
        return precedes.call(one, other) if precedes else compared("<", one, other)

    def order(one: Any, other: Any) -> int:
        first = before(one, other)
        if first is None:
            raise ValueError("no order")
        return -1 if first is True else 1 if before(other, one) is True else 0

    return sorted(values, key=cmp_to_key(order))
