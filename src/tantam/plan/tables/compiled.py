"""A table ready to decide one case: which row fires, with which results; a missing fact is unknown, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from tantam.plan.tables.dispatch import MISSING, dispatch
from tantam.plan.tables.fired import Fired, FiredRows, Known, Ruling, shown
from tantam.plan.tables.form import Row, Table
from tantam.plan.tables.grounds import rests_on, to_ask, value_in
from tantam.plan.tables.masks import Column, bits, columns_of
from tantam.plan.tables.nodes import Expr, Fact, Literal
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.steps import Env, Facts, Prepared, Step, compile_expr


class _Tests(NamedTuple):
    """The terms that a row tests, their places among the fast way's terms, and the bits of the rows before it."""

    terms: tuple[str, ...]
    places: tuple[int, ...]
    before: int


class CompiledTable:
    """A table ready to decide; `table` is what it was made from. Safe to share between threads."""

    def __init__(self, table: Table, program: Prepared) -> None:
        self.table = table
        self.program = program
        self.columns = columns_of(table)
        self._everything = sum(1 << number for number, row in enumerate(table.rows) if not row.otherwise)
        self._otherwise = next((number for number, row in enumerate(table.rows) if row.otherwise), -1)
        self._inputs = tuple(_step(column.expr, program.scope) for column in self.columns)
        self._predicates = tuple(_predicates(column, program.scope) for column in self.columns)
        self._outputs = tuple(_outputs(row, program.scope) for row in table.rows)
        self._constant = tuple(_constant(row) for row in table.rows)
        self._rulings = self._all_rulings()
        self._fast = dispatch(self.columns, self._everything, self._rulings, self._ruled)
        self._terms = self._fast.terms if self._fast else ()
        self._tests = {low: _tests(self.columns, self._terms, low, self._everything) for low in self._rulings}
        self._first_only = table.hit.single
        # The row that fires with its results, and no more; None where `self(facts)` has more to say:
        # no row fires, a fact is to ask, several rows count, an output is unknown.
        self.ruling: Callable[[Facts], Ruling | None]
        self.ruling = self._fast.first if self._fast and self._first_only else self._ruled

    def __call__(self, facts: Facts) -> Fired:
        """Return what fires. facts: values by term (see plain.read_facts); absent or None is unknown."""
        if self._fast is not None and self._first_only:
            mask, admitted = self._fast.told(facts)
            if mask != MISSING:
                ruling = self._rulings[mask & -mask]
                if ruling is not None:
                    return _FiredBits(self, ruling, mask, admitted)
        return self.decide(Env(self.program, facts))

    def _ruled(self, facts: Facts) -> Ruling | None:
        """Return the same as `ruling`, by the slow way."""
        fired = self.decide(Env(self.program, facts))
        row = fired.row
        stands = row is not None and not fired.unknown and not fired.missing and self._first_only
        return Ruling(row, fired.outputs) if row is not None and stands else None

    @property
    def is_constant(self) -> bool:
        """Whether it is a row without conditions whose results no fact can change."""
        return not self.columns and len(self._constant) == 1 and self._constant[0] is not None

    def index(self, facts: Facts) -> int:
        """Return the position in `table.rows` of the row that fires, -1 if none does or a fact is still to ask."""
        if self._fast is not None and self._first_only:
            mask = self._fast.rows(facts)
            if mask != MISSING:
                return (mask & -mask).bit_length() - 1 if mask else self._otherwise
        fired, undecided = self._fired(Env(self.program, facts))
        return fired[0] if fired and (self._first_only or undecided < 0) else -1

    def states(self, facts: Facts) -> tuple[Known, ...]:
        """Return for each row whether its conditions hold; for `must` tables, whose failures are told all at once."""
        env = Env(self.program, facts)
        return tuple(self._state(row, env) for row in self.table.rows)

    def decide(self, env: Env) -> Fired:
        """Return what fires in a case that is already being decided."""
        fired, undecided = self._fired(env)
        rows = tuple(self.table.rows[number] for number in fired)
        counting = fired[:1] if self._first_only else fired
        results, missing = [], dict[str, None]()
        for number in counting:
            found = {}
            for name, step in self._outputs[number]:
                value = step(env)
                if value is None:
                    missing[to_ask(self.table.rows[number].outputs[name].expr, env)] = None
                else:
                    found[name] = value
            results.append(found)
        unknown = self._ask_row(self.table.rows[undecided], env) if undecided >= 0 else ""
        return FiredRows(rows, tuple(results), _Trace(self, env.facts), unknown=unknown, missing=tuple(missing))

    def result(self, env: Env, name: str) -> Any:
        """Return the output `name` of the row that fires, None if unknown."""
        fired, _ = self._fired(env)
        if fired:
            for output, step in self._outputs[fired[0]]:
                if output == name:
                    return step(env)
        return None

    def asks(self, env: Env, name: str) -> str:
        """Return the term to ask so that output `name` becomes known, "" if no fact would help."""
        fired, undecided = self._fired(env)
        if undecided >= 0:
            return self._ask_row(self.table.rows[undecided], env)
        out = self.table.rows[fired[0]].outputs.get(name) if fired else None
        return to_ask(out.expr, env) if out else ""

    def used(self, env: Env) -> tuple[str, ...]:
        """Return the given terms that the answer rests on: why its rows hold, its results, why others do not."""
        fired, _ = self._fired(env)
        counting = fired[:1] if self._first_only else fired
        found: dict[str, None] = {}
        for number in counting:
            found |= _why(self.table.rows[number], env)
            for out in self.table.rows[number].outputs.values():
                found |= rests_on(out.expr, env)
        decided_here = counting and self._first_only and counting[0] != self._otherwise
        others = self.table.rows[: counting[0]] if decided_here else self.table.rows
        for row in others:
            found |= _why_not(row, env, found)
        return tuple(found)

    def used_by_bits(self, mask: int, admitted: Sequence[int]) -> tuple[str, ...]:
        """Return the same as `used` for rows found by the fast way. admitted: the bits that each of its terms admits.

        There every input is the value of one term that is given, so that no condition has to be walked."""
        low = mask & -mask
        tests = self._tests[low]
        before = tests.before
        for place in tests.places:
            before &= admitted[place]
        if not before:
            return tests.terms
        found, terms, all_tests = tests.terms, self._terms, self._tests
        while before:  # the first of these rows is ruled out by a term that it tests, not found so far
            lowest = before & -before
            for place in all_tests[lowest].places:
                rows = admitted[place]
                if not rows & lowest:
                    found += (terms[place],)
                    before &= rows
                    break
        return found

    def overlapping(self, mask: int) -> tuple[Row, ...]:
        """Return the rows of these bits, `otherwise` if there is none; the table has one then."""
        return tuple([self.table.rows[number] for number in bits(mask) or [self._otherwise]])

    def _all_rulings(self) -> dict[int, Ruling | None]:
        """Return by a row's bit, 0 for `otherwise`, what its firing means; None where facts can change its results."""
        found: dict[int, Ruling | None] = {0: None}
        for number, row in enumerate(self.table.rows):
            constant = self._constant[number]
            found[0 if row.otherwise else 1 << number] = None if constant is None else Ruling(row, constant[0])
        return found

    def _fired(self, env: Env) -> tuple[list[int], int]:
        """Return the positions of the rows that fire, and of the first row that a fact is missing for (-1 if none)."""
        sure, maybe = self._scan(env)
        open_rows = maybe & ~sure
        if self._first_only:
            if open_rows and (not sure or (open_rows & -open_rows) < (sure & -sure)):
                return [], (open_rows & -open_rows).bit_length() - 1
            open_rows = 0
        if sure:
            return bits(sure), (open_rows & -open_rows).bit_length() - 1
        if open_rows:
            return [], (open_rows & -open_rows).bit_length() - 1
        return ([self._otherwise] if self._otherwise >= 0 else []), -1

    def _scan(self, env: Env) -> tuple[int, int]:
        """Return the bits of the rows that hold for sure, and of those that may hold."""
        sure = maybe = self._everything
        for column, value_of, predicates in zip(self.columns, self._inputs, self._predicates, strict=True):
            if column.lookup is not None and value_of is not None:
                value = value_of(env)
                if value is None:
                    sure &= column.fallback
                else:
                    admitted = column.lookup.of(value)
                    sure &= admitted
                    maybe &= admitted
            for bit, holds in predicates:
                if maybe & bit:
                    answer = holds(env)
                    if answer is not True:
                        sure &= ~bit
                    if answer is False:
                        maybe &= ~bit
            if not maybe:
                break
        return sure, maybe

    def _state(self, row: Row, env: Env) -> Known:
        answer: bool | None = True
        for condition in row.conditions:
            value = True if condition is None else value_in(condition.expr, env)
            if value is False:
                return Known(False, "", lambda: tuple(_why_not(row, env, {})))
            answer = None if value is None else answer
        unknown = "" if answer else self._ask_row(row, env)
        return Known(answer, unknown, lambda: tuple(_why(row, env)))

    def _ask_row(self, row: Row, env: Env) -> str:
        for condition in row.conditions:
            if condition is not None and (asked := to_ask(condition.expr, env)):
                return asked
        return ""


class _FiredBits:
    """A `Fired` found by the fast way; overlaps and what it rests on are worked out only when asked for.

    admitted: the bits that each of the fast way's terms admits."""

    __slots__ = ("_admitted", "_compiled", "_mask", "outputs", "row")
    fixed = True
    unknown = ""
    missing: tuple[str, ...] = ()

    def __init__(self, compiled: CompiledTable, ruling: Ruling, mask: int, admitted: tuple[int, ...]) -> None:
        self.row, self.outputs = ruling
        self._compiled = compiled
        self._mask = mask
        self._admitted = admitted

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._compiled.overlapping(self._mask)

    @property
    def results(self) -> tuple[Mapping[str, Any], ...]:
        return (self.outputs,)

    @property
    def used(self) -> tuple[str, ...]:
        return self._compiled.used_by_bits(self._mask, self._admitted)

    def __repr__(self) -> str:
        return shown(self)


class _Trace:
    """What the answer rests on, worked out only when somebody asks."""

    __slots__ = ("compiled", "facts")

    def __init__(self, compiled: CompiledTable, facts: Facts) -> None:
        self.compiled = compiled
        self.facts = facts

    def __call__(self) -> tuple[str, ...]:
        return self.compiled.used(Env(self.compiled.program, self.facts))


def _step(expr: Expr | None, scope: Scope) -> Step | None:
    return None if expr is None else compile_expr(expr, scope)


def _predicates(column: Column, scope: Scope) -> tuple[tuple[int, Step], ...]:
    return tuple((bit, compile_expr(condition.expr, scope)) for bit, condition in column.predicates)


def _outputs(row: Row, scope: Scope) -> tuple[tuple[str, Step], ...]:
    return tuple((name, compile_expr(out.expr, scope)) for name, out in row.outputs.items())


def _constant(row: Row) -> tuple[Mapping[str, Any], ...] | None:
    """Return the row's results if no fact can change them."""
    values = {name: out.expr.value for name, out in row.outputs.items() if isinstance(out.expr, Literal)}
    return (values,) if len(values) == len(row.outputs) else None


def _tests(columns: Sequence[Column], terms: Sequence[str], low: int, everything: int) -> _Tests:
    """Return what the row of this bit tests, in the order of the columns; 0 is `otherwise`, which tests nothing."""
    tested = [each.expr.path[0] for each in columns if isinstance(each.expr, Fact) and low and not each.free & low]
    named = tuple(dict.fromkeys(term for term in tested if term in terms))
    return _Tests(named, tuple(terms.index(term) for term in named), (low - 1 if low else -1) & everything)


def _why(row: Row, env: Env) -> dict[str, None]:
    found: dict[str, None] = {}
    for condition in row.conditions:
        found |= rests_on(condition.expr, env) if condition else {}
    return found


def _why_not(row: Row, env: Env, found: Mapping[str, None]) -> dict[str, None]:
    """Return what a failing condition of the row rests on, one that needs nothing beyond `found` if there is one."""
    failing = (
        rests_on(condition.expr, env)
        for condition in row.conditions
        if condition is not None and value_in(condition.expr, env) is False
    )
    reasons = list(failing)
    return next((reason for reason in reasons if reason.keys() <= found.keys()), reasons[0] if reasons else {})
