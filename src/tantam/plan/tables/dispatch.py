"""Writes and compiles the Python of a table's fast ways: all facts known and given, one lookup a column.

A missing fact, a value outside its domain and cells that speak of other terms are left to the slow way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tantam.plan.tables.masks import ByMembers, ByOrder, ByValue, Column
from tantam.plan.tables.nodes import Expr, Fact
from tantam.plan.tables.types import Date, Duration, Money, Number, OneOf, Type, YesNo
from tantam.plan.tables.values import Key, order_key

MISSING = -1
# Columns of few values are looked up together, as long as there are no more combinations than this.
MOST_COMBINED = 1024
MOST_REMEMBERED = 1024


def given(value: Any) -> Any:
    """Return the value. Raises KeyError if it is None: a fact that is not known."""
    if value is None:
        raise KeyError
    return value


NAMES = {"by_left": bisect_left, "by_right": bisect_right, "order_key": order_key, "given": given}


@dataclass(frozen=True, slots=True)
class Fast:
    """What one case needs, as functions of its facts, values by term.

    rows: the bits of the rows that hold; MISSING where the slow way has to decide.
    first: what belongs to the lowest of these bits; what `slowly` returns where that is None or cannot be told.
    told: the same bits as `rows`, and for each of `terms` those that its columns admit."""

    rows: Callable[[Mapping[str, Any]], int]
    first: Callable[[Mapping[str, Any]], Any]
    told: Callable[[Mapping[str, Any]], tuple[int, tuple[int, ...]]]
    terms: tuple[str, ...]


def dispatch(
    columns: Sequence[Column], everything: int, firsts: Mapping[int, Any], slowly: Callable[[Mapping[str, Any]], Any]
) -> Fast | None:
    """Return the fast ways, None where a column needs more than the value of one term.

    everything: the bits of all rows. firsts: by the lowest bit, 0 for no row, what `first` returns for it, or None."""
    used = [column for column in columns if column.lookup is not None]
    if any(column.predicates for column in columns) or not all(isinstance(column.expr, Fact) for column in used):
        return None
    writer = _Writer({"firsts": dict(firsts), "slowly": slowly, **NAMES})
    together = " & ".join(writer.combined(used)) or str(everything)
    terms = tuple(dict.fromkeys(_path(column)[0] for column in used))
    apart = [" & ".join(writer.one(each) for each in used if _path(each)[0] == term) for term in terms]
    names = [f"term{place}" for place in range(len(terms))]
    both = f"return {' & '.join(names) or everything}, ({''.join(f'{name}, ' for name in names)})"
    compiled = writer.compiled(
        _guarded("rows", [f"return {together}"], str(MISSING))
        + _guarded("first", [f"mask = {together}", "return firsts[mask & -mask] or slowly(facts)"], "slowly(facts)")
        + _guarded("told", [*map("{} = {}".format, names, apart), both], f"({MISSING}, ())")
    )
    return Fast(compiled["rows"], compiled["first"], compiled["told"], terms)


def _guarded(name: str, body: Sequence[str], otherwise: str) -> list[str]:
    """Return a function that gives `otherwise` for a fact that is missing or not of its column's domain."""
    inside = [f"        {line}" for line in body]
    caught = ["    except (KeyError, AttributeError, TypeError):", f"        return {otherwise}"]
    return [f"def {name}(facts):", "    try:", *inside, *caught]


class _Writer:
    """Writes the lookups of columns as expressions over `facts`, and keeps the names that they use."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names

    def compiled(self, lines: Sequence[str]) -> Mapping[str, Any]:
        # The source holds only names given here, numbers and quoted names of terms.
        exec(compile("\n".join(lines), "<table>", "exec"), self.names)
        return self.names

    def combined(self, columns: Sequence[Column]) -> list[str]:
        """Return the lookups of all columns; those of few values first and together, as one nested mapping."""
        few = [column for column in columns if _finite(column) is not None]
        return [*self._nested(few), *(self.one(column) for column in columns if _finite(column) is None)]

    def _nested(self, columns: Sequence[Column]) -> list[str]:
        group: list[Column] = []
        size, found = 1, list[str]()
        for column in columns:
            count = len(_finite(column) or ())
            if group and size * count > MOST_COMBINED:
                found.append(self._together(group))
                group, size = [], 1
            group.append(column)
            size *= count
        return [*found, self._together(group)] if group else found

    def _together(self, columns: Sequence[Column]) -> str:
        name = self._keep(_combinations(columns))
        return name + "".join(f"[{_value(column)}]" for column in columns)

    def one(self, column: Column) -> str:
        """Return the expression for the bits that one column admits."""
        value = _value(column)
        match column.lookup:
            case ByValue(masks=masks, other=other):
                finite = _finite(column)
                if finite is not None:
                    return f"{self._keep({each: masks.get(each, other) for each in finite})}[{value}]"
                return f"{self._keep(dict(masks))}.get(given({value}), {other})"
            case ByOrder() as by_order:
                assert column.expr is not None
                return self._by_order(by_order, column.expr, value)
            case ByMembers() as members:
                return f"{self._keep(_Remembered(members.of, {}))}[{value}]"
        raise TypeError("a column without a lookup admits every value")

    def _by_order(self, lookup: ByOrder, expr: Expr, value: str) -> str:
        key = _key(expr.type, value if lookup.points else f"given({value})")
        if _is_narrow(expr.type, lookup):
            first, last = int(lookup.points[0]) - 1, int(lookup.points[-1]) + 1
            near = {number: lookup.at(number) for number in range(first, last + 1)}
            return f"{self._keep(_Remembered(lookup.at, near))}[{key}]"
        if not _is_whole(expr.type, lookup):
            points, masks = self._keep(lookup.points), self._keep(lookup.masks)
            return f"{masks}[by_left({points}, key := {key}) + by_right({points}, key)]"
        starts, admitted = _stretches(lookup)
        return f"{self._keep(admitted)}[by_right({self._keep(starts)}, {key})]"

    def _keep(self, value: object) -> str:
        name = f"kept{len(self.names)}"
        self.names[name] = value
        return name


class _Remembered(dict[Any, int]):
    """The bits that a value admits, found once for each of those that occur most. near: what is known already."""

    def __init__(self, find: Callable[[Any], int], near: Mapping[Any, int]) -> None:
        super().__init__(near)
        self.find = find
        self.most = len(near) + MOST_REMEMBERED

    def __missing__(self, value: Any) -> int:
        mask = self.find(value)
        if len(self) < self.most:
            self[value] = mask
        return mask


def _stretches(lookup: ByOrder) -> tuple[tuple[Key, ...], tuple[int, ...]]:
    """Return where stretches of one mask start, and the masks: one more, as the first stretch has no start.

    Where only whole numbers occur, a stretch ends where the next starts, so that one bisection finds it."""
    starts, masks = list[Key](), [lookup.masks[0]]
    for place, point in enumerate(lookup.points):
        for start, mask in ((point, lookup.masks[2 * place + 1]), (point + 1, lookup.masks[2 * place + 2])):
            if starts and starts[-1] == start:
                masks[-1] = mask
            elif mask != masks[-1]:
                starts.append(start)
                masks.append(mask)
    return tuple(starts), tuple(masks)


def _combinations(columns: Sequence[Column], admitted: int = -1) -> Mapping[Any, Any] | int:
    """Return the bits that values of several columns admit together, nested by column."""
    if not columns:
        return admitted
    first, rest = columns[0], columns[1:]
    assert isinstance(first.lookup, ByValue)
    lookup = first.lookup
    return {value: _combinations(rest, admitted & lookup.of(value)) for value in _finite(first) or ()}


def _path(column: Column) -> tuple[str, ...]:
    assert isinstance(column.expr, Fact)
    return column.expr.path


def _value(column: Column) -> str:
    return "facts" + "".join(f"[{step!r}]" for step in _path(column))


def _finite(column: Column) -> tuple[Any, ...] | None:
    """Return all values that the column's input can have, None where they cannot be counted."""
    kind = column.expr.type if column.expr is not None else None
    match kind:
        case OneOf(values=values) if isinstance(column.lookup, ByValue):
            return values
        case YesNo() if isinstance(column.lookup, ByValue):
            return (False, True)
        case _:
            return None


def _is_narrow(kind: Type, lookup: ByOrder) -> bool:
    """Return whether all bounds lie near each other, in an order in which the same numbers come again and again."""
    points = lookup.points
    return isinstance(kind, Number | Duration) and bool(points) and points[-1] - points[0] < MOST_REMEMBERED


def _is_whole(kind: Type, lookup: ByOrder) -> bool:
    """Return whether only whole numbers occur: everything ordered but numbers that may be broken."""
    return (not isinstance(kind, Number) or kind.whole) and all(isinstance(point, int) for point in lookup.points)


def _key(kind: Type, value: str) -> str:
    """Return the source for values.order_key of a value whose type is known."""
    match kind:
        case Number():
            return value
        case Money():
            return f"{value}.minor"
        case Duration():
            return f"(span.amount if not (span := {value}).months else span.key)"
        case Date():
            return f"{value}.toordinal()"
        case _:
            return f"order_key({value})"
