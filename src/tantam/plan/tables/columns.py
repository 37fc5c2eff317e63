"""Decides a column of cases at once: bit sets over NumPy arrays, one AND for each input of the table.

Method: docs/algorithms/tables.md. What one case cannot answer from a single term is worked out case by case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tantam.plan.tables.cells import value_at
from tantam.plan.tables.form import Table
from tantam.plan.tables.masks import ByOrder, Column, columns_of
from tantam.plan.tables.nodes import Expr, Fact
from tantam.plan.tables.program import Program, program_of
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.steps import Env
from tantam.plan.tables.values import Key, Span, order_key

Bits = NDArray[np.unsignedinteger[Any]]
Numbers = NDArray[np.integer[Any]]
WORD = 64
HALF = 32
LARGEST_KEY = 2**61
SMALL_RANGE = 2**18
CHUNK = 2**15  # cases at a time: what they need stays in the cache nearest to the core


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of values as numbers, made once by `code` and used for many tables.

    distinct: values by number, or None where the numbers are order keys. known: False where missing.
    Numbers of few bits (uint8 for words, int16 for days) are faster."""

    numbers: Numbers
    known: NDArray[np.bool_]
    distinct: tuple[Any, ...] | None

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class DecidedColumns:
    """rows: position in `table.rows` of the row that counts in each case, -1 for none or undecided.

    overlaps: how many further rows hold for sure (where one row counts). undecided: a fact is missing.
    holds: the bits of all rows that hold for sure, one line for each 64 rows, one column a case; of at most 32 rows
    32 bits."""

    rows: Numbers
    overlaps: Numbers
    undecided: NDArray[np.bool_]
    holds: Bits

    def holding(self, position: int) -> NDArray[np.bool_]:
        """Return in which cases the row at that position holds for sure."""
        word, bit = divmod(position, WORD)
        one = self.holds.dtype.type(1)
        held: NDArray[np.bool_] = (self.holds[word] >> self.holds.dtype.type(bit)) & one == one
        return held


def code(values: Sequence[Any] | NDArray[Any]) -> Coded:
    """Return the values as numbers; None is unknown. All of one type. NumPy integers are taken as order keys."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "iu":
        return Coded(values, np.ones(len(values), np.bool_), None)
    plain: list[Any] = values.tolist() if isinstance(values, np.ndarray) else list(values)
    known = np.fromiter((value is not None for value in plain), np.bool_, len(plain))
    keys = _keys(plain)
    if keys is not None:
        return Coded(np.array(keys, np.int64), known, None)
    try:
        numbers: dict[Any, int] = {}
        coded = [0 if value is None else numbers.setdefault(value, len(numbers)) for value in plain]
        return Coded(np.array(coded, np.int64), known, tuple(numbers) or (None,))
    except TypeError:
        # Records and lists do not hash: each case has its own value.
        return Coded(np.arange(len(plain), dtype=np.int64), known, tuple(plain))


def _keys(values: Sequence[Any]) -> list[int] | None:
    """Return the order keys of ordered values that fit a machine word, None for all others.

    A span has more than its key: family, months, the day it counts from."""
    if any(isinstance(value, Span) for value in values) or all(value is None for value in values):
        return None
    try:
        keys = [0 if value is None else order_key(value) for value in values]
    except TypeError:
        return None
    fits = all(isinstance(key, int) and abs(key) < LARGEST_KEY for key in keys)
    return [int(key) for key in keys] if fits else None


def decide_columns(
    table: Table, scope: Scope, facts: Mapping[str, Sequence[Any] | NDArray[Any] | Coded]
) -> DecidedColumns:
    """Decide all cases. facts: one column a term, all of one length, at least one; None is unknown."""
    cases = _Cases(program_of(scope), {name: _coded(values) for name, values in facts.items()})
    columns = columns_of(table)
    bits, words = (np.uint32, 1) if len(table.rows) <= HALF else (np.uint64, -(-len(table.rows) // WORD))
    everything = _words(sum(1 << k for k, row in enumerate(table.rows) if not row.otherwise), words, bits)
    admits = [
        _admits(cases.column(column.expr), column, words, bits)
        for column in columns
        if column.lookup is not None and column.expr is not None
    ]
    tests = any(column.predicates for column in columns)
    answers = _Answers(table, len(cases), words, bits)
    # What a condition needs of other columns is worked out for all cases at once.
    size = max(len(cases), 1) if tests else CHUNK
    for start in range(0, len(cases), size):
        stop = min(start + size, len(cases))
        sure = answers.holds[:, start:stop]
        sure[:] = everything[:, None]
        sets = _Sets(sure)
        for each in admits:
            each.narrow(sets, slice(start, stop))
        for column in columns if tests else ():
            for bit, condition in column.predicates:
                _test(bit, cases.column_of(condition.expr, _holds(sets.maybe, bit)), sets)
        answers.take(sets, slice(start, stop))
    return answers.decided()


class _Sets:
    """The rows that hold for sure and those that may hold; the same array until a fact is missing."""

    def __init__(self, sure: Bits) -> None:
        self.sure = self.maybe = sure

    def part(self) -> None:
        """Let the two sets differ from now on."""
        if self.maybe is self.sure:
            self.maybe = self.sure.copy()


def _coded(values: Sequence[Any] | NDArray[Any] | Coded) -> Coded:
    return values if isinstance(values, Coded) else code(values)


class _Cases:
    """The columns of facts, and single cases where columns do not suffice."""

    def __init__(self, program: Program, facts: Mapping[str, Coded]) -> None:
        self.program = program
        self.facts = facts
        lengths = {len(coded) for coded in facts.values()}
        if len(lengths) != 1:
            raise ValueError(f"columns of {sorted(lengths)} cases; all must be of one length, and there must be one")
        self.length = lengths.pop()
        self.values = {name: _decoder(coded, program.scope, name) for name, coded in facts.items()}

    def __len__(self) -> int:
        return self.length

    def column(self, expr: Expr) -> Coded:
        """Return the values of an input: a given column as it is, anything else worked out."""
        if isinstance(expr, Fact) and len(expr.path) == 1 and expr.path[0] in self.facts:
            coded = self.facts[expr.path[0]]
            term = self.program.scope.terms.get(expr.path[0])
            given = term is None or (term.computed is None and term.table is None and term.default is None)
            if given or coded.known.all():
                return coded
        return self.column_of(expr, np.ones(self.length, np.bool_))

    def column_of(self, expr: Expr, where: NDArray[np.bool_]) -> Coded:
        """Return the values of an expression in the cases `where`; elsewhere it stays unknown."""
        step, found = self.program.step(expr), [None] * self.length
        for number in np.flatnonzero(where):
            found[number] = step(Env(self.program, {name: value(number) for name, value in self.values.items()}))
        return code(found)


def _decoder(coded: Coded, scope: Scope, name: str) -> Callable[[Any], Any]:
    """Return a function from the number of a case to its value."""
    distinct, kind = coded.distinct, scope.terms[name].type
    if distinct is not None:
        return lambda number: distinct[coded.numbers[number]] if coded.known[number] else None
    return lambda number: value_at(int(coded.numbers[number]), kind) if coded.known[number] else None


def _words(mask: int, words: int, bits: type[np.unsignedinteger[Any]]) -> Bits:
    found: Bits = np.array([mask >> (WORD * word) & (2**WORD - 1) for word in range(words)], bits)
    return found


@dataclass(frozen=True, slots=True)
class _Admits:
    """What the values of one input admit. masks: one line a word, one column a place that `place` finds.

    low: the number of the first place, where numbers are places; points: between which they lie, where they are not.
    fallback: what an unknown value leaves sure. complete: no value is missing."""

    coded: Coded
    masks: Bits
    low: int
    points: NDArray[np.int64] | None
    fallback: Bits
    complete: bool

    def narrow(self, sets: _Sets, part: slice) -> None:
        """AND the rows that each value admits into both sets; an unknown value leaves `-` sure and all possible."""
        numbers, known = self.coded.numbers[part], self.coded.known[part]
        if self.points is not None:
            numbers = _places(self.points, 2 * numbers.astype(np.int64))
        elif self.low:
            numbers = numbers.astype(np.intp) - self.low
        admitted = np.empty_like(sets.sure)
        for word, masks in enumerate(self.masks):
            masks.take(numbers, out=admitted[word], mode="clip")
        if not (self.complete or known.all()):
            sets.part()
            unknown = ~known
            sets.maybe &= np.where(unknown, ~admitted.dtype.type(0), admitted)
            admitted[:, unknown] = self.fallback[:, None]
        elif sets.maybe is not sets.sure:
            sets.maybe &= admitted
        sets.sure &= admitted


def _admits(coded: Coded, column: Column, words: int, bits: type[np.unsignedinteger[Any]]) -> _Admits:
    """Return the column's lookup as arrays, found once for all cases."""
    lookup = column.lookup
    assert lookup is not None
    fallback, complete = _words(column.fallback, words, bits), bool(coded.known.all())
    if coded.distinct is not None:
        masks = [0 if each is None else lookup.of(each) for each in coded.distinct]
        return _Admits(coded, _table(masks, words, bits), 0, None, fallback, complete)
    assert isinstance(lookup, ByOrder)
    # Keys are doubled, so that a point between two whole numbers has a place between them.
    points = np.array([_doubled(point) for point in lookup.points], np.int64)
    table = _table(lookup.masks, words, bits)
    low, high = _bounds(coded.numbers)
    if high - low < min(max(len(coded), 1), SMALL_RANGE):
        # Few distinct numbers: the mask of each is found once.
        places = _places(points, 2 * np.arange(low, high + 1))
        return _Admits(coded, np.ascontiguousarray(table[:, places]), low, None, fallback, complete)
    return _Admits(coded, table, 0, points, fallback, complete)


def _table(masks: Sequence[int], words: int, bits: type[np.unsignedinteger[Any]]) -> Bits:
    table: Bits = np.stack([_words(mask, words, bits) for mask in masks], axis=1)
    return table


def _bounds(numbers: Numbers) -> tuple[int, int]:
    """Return between which numbers all lie; those of a byte's type need no look at them."""
    if numbers.dtype.itemsize == 1 and numbers.dtype.kind == "u":
        return 0, 255
    return (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)


def _places(points: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.intp]:
    return np.searchsorted(points, numbers, "left") + np.searchsorted(points, numbers, "right")


def _doubled(point: Key) -> int:
    if isinstance(point, Fraction):
        doubled = 2 * (point.numerator // point.denominator) + (point.denominator != 1)
    else:
        doubled = 2 * point
    return max(-2 * LARGEST_KEY, min(doubled, 2 * LARGEST_KEY))


def _holds(bits: Bits, bit: int) -> NDArray[np.bool_]:
    word, place = divmod(bit.bit_length() - 1, WORD)
    held: NDArray[np.bool_] = bits[word] >> bits.dtype.type(place) & bits.dtype.type(1) == 1
    return held


def _test(bit: int, answers: Coded, sets: _Sets) -> None:
    """Take the row's bit away where its condition fails, and from `sure` where it is unknown."""
    word, place = divmod(bit.bit_length() - 1, WORD)
    assert answers.distinct is not None
    sets.part()
    yes = np.array([value is True for value in answers.distinct])[answers.numbers] & answers.known
    no = np.array([value is False for value in answers.distinct])[answers.numbers] & answers.known
    clear = ~sets.sure.dtype.type(1 << place)
    sets.sure[word, ~yes] &= clear
    sets.maybe[word, no] &= clear


class _Answers:
    """The answers of all cases, filled part by part."""

    def __init__(self, table: Table, cases: int, words: int, bits: type[np.unsignedinteger[Any]]) -> None:
        self.single = table.hit.single
        self.otherwise = next((position for position, row in enumerate(table.rows) if row.otherwise), -1)
        # Most of the time goes into fetching memory: as few bytes as the numbers of the rows need.
        size = np.int16 if len(table.rows) < 2**15 else np.int32
        self.rows: Numbers = np.empty(cases, size)
        self.overlaps: Numbers = np.empty(cases, size)
        self.undecided = np.zeros(cases, np.bool_)
        self.holds: Bits = np.empty((words, cases), bits)

    def take(self, sets: _Sets, part: slice) -> None:
        """Work out the answers of these cases."""
        sure = sets.sure
        beyond = sure.shape[0] * sure.dtype.itemsize * 8
        first = _lowest(sure)
        count = np.bitwise_count(sure[0]) if len(sure) == 1 else np.bitwise_count(sure).sum(axis=0, dtype=np.int64)
        rows, overlaps = self.rows[part], self.overlaps[part]
        rows[:] = first
        rows[count == 0] = self.otherwise
        np.subtract(count, count > 0, out=overlaps, casting="unsafe")
        if sets.maybe is not sure:
            undecided = _lowest(sets.maybe & ~sure) < (first if self.single else beyond)
            rows[undecided] = -1
            overlaps[undecided] = 0
            self.undecided[part] = undecided

    def decided(self) -> DecidedColumns:
        """Return all answers."""
        return DecidedColumns(self.rows, self.overlaps, self.undecided, self.holds)


def _lowest(bits: Bits) -> NDArray[np.int64]:
    """Return the position of the lowest bit that is set, or one beyond the last where none is."""
    words, cases = bits.shape
    wide = bits.dtype.itemsize * 8
    one = bits.dtype.type(1)
    # All bits below the lowest: as many as its position. Of no bit all are below.
    if words == 1:
        places: NDArray[np.int64] = np.bitwise_count((bits[0] & (~bits[0] + one)) - one)
        return places
    found = np.full(cases, words * wide, np.int64)
    for number in reversed(range(words)):
        word = bits[number]
        below = np.bitwise_count((word & (~word + one)) - one)
        found = np.where(word > 0, below + np.int64(number * wide), found)
    return found
