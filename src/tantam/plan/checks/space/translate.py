"""Turns a plan's typed conditions into formulas: computed terms written in, comparisons as bounds on sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tantam.plan.checks.space.axes import Axis, Choice, Order, Variable
from tantam.plan.checks.space.formula import All, Atom, Formula, Some, all_of, any_of, opposite, same
from tantam.plan.checks.space.shown import shown
from tantam.plan.checks.space.sums import Cases, Sum, TooManyCases, plus, times, variable_of
from tantam.plan.tables.nodes import (
    Arithmetic,
    Between,
    Both,
    Call,
    Compare,
    Either,
    Expr,
    Fact,
    Has,
    Literal,
    Negative,
    Not,
    Within,
    terms_in,
)
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Row, Table
from tantam.plan.tables.types import (
    Duration,
    ListOf,
    Moment,
    Number,
    OneOf,
    Ordering,
    SomeOf,
    Text,
    Type,
    Word,
    YesNo,
    ordering,
)
from tantam.plan.tables.values import Family, Span, order_key

_MOST_CASES = 48
_DEEPEST = 24
_MICROSECONDS = Fraction(1_000_000)
ANOTHER = "…"  # any text that no condition names


class Translator:
    """Gathers the axes that conditions speak of. facts: the given terms met, by path.

    start: the day from which months count, None for months of average length.
    """

    def __init__(self, scope: Scope, start: date | None = None) -> None:
        self.scope = scope
        self._start = start
        self.axes: dict[str, Axis] = {}
        self.variables: dict[str, Variable] = {}
        self.facts: dict[tuple[str, ...], Type] = {}
        self.side: dict[str, Formula] = {}
        self._texts: dict[str, set[object]] = {}
        self._depth = 0

    # Conditions

    def truth(self, expr: Expr) -> Formula:
        """Return the formula that holds exactly when a checked yes/no expression does."""
        match expr:
            case Literal(value=value):
                return bool(value)
            case Fact():
                return any_of(all_of([guard, self._yes(leaf)]) for guard, leaf in self._leaves(expr))
            case Not(operand=operand):
                return opposite(self.truth(operand))
            case Both(parts=parts):
                return all_of(self.truth(part) for part in parts)
            case Either(parts=parts):
                return any_of(self.truth(part) for part in parts)
            case Compare(op=op, left=left, right=right):
                return self._compared(expr, op, left, right)
            case Within(subject=subject, members=members) if isinstance(subject.type, SomeOf):
                return any_of(self._has(subject, member) for member in members)
            case Within(subject=subject, members=members):
                return any_of(self._compared(expr, "=", subject, member) for member in members)
            case Between(subject=subject, low=low, high=high, low_open=low_open, high_open=high_open):
                lower = low is None or self._ordered(">" if low_open else ">=", subject, low)
                upper = high is None or self._ordered("<" if high_open else "<=", subject, high)
                return all_of([lower, upper])
            case Has(subject=subject, value=value):
                return self._has(subject, value)
            case Call(name="known", args=(subject, *_)):
                return all_of(self._known(name) for name in terms_in(subject))
            case Call(name="if", args=(condition, yes, no)):
                asked = self.truth(condition)
                return any_of([all_of([asked, self.truth(yes)]), all_of([opposite(asked), self.truth(no)])])
            case Call(name="every" | "some" as name, args=(items, *_)):
                return self._over_list(expr, name, items)
        return self._unexplored(expr)

    def row(self, row: Row) -> Formula:
        """Return when a row's own conditions hold; `otherwise` holds always."""
        return all_of(self.truth(cell.expr) for cell in row.conditions if cell is not None)

    def fires(self, table: Table) -> list[Formula]:
        """Return for each row when it is the one that fires: its conditions hold, and none's before it."""
        found: dict[int, Formula] = {}
        before: list[Formula] = []
        for position, row in sorted(enumerate(table.rows), key=lambda each: each[1].otherwise):
            condition = self.row(row)
            found[position] = all_of([condition, *before])
            if not table.hit.gathers:
                before.append(opposite(condition))
        return [found[position] for position in range(len(table.rows))]

    def finish(self) -> None:
        """Give texts their axes, once every text that a condition names is known."""
        for key, values in self._texts.items():
            axis = self.axes[key]
            assert isinstance(axis, Choice)
            self.axes[key] = Choice(key, (*sorted(map(str, values)), ANOTHER), axis.path)

    # Comparisons

    def _compared(self, expr: Expr, op: str, left: Expr, right: Expr) -> Formula:
        if ordering(left.type) is Ordering.ORDERED:
            return self._ordered(op, left, right)
        if op not in ("=", "!="):
            return self._unexplored(expr)
        if isinstance(left.type, YesNo):
            alike = same(self.truth(left), self.truth(right))
        elif isinstance(left.type, (OneOf, Text, Word)):
            alike = any_of(
                all_of([guard, other_guard, self._alike(leaf, other)])
                for guard, leaf in self._leaves(left)
                for other_guard, other in self._leaves(right)
            )
        else:
            alike = self._unexplored(Compare("=", left, right, left.place, expr.type))
        return alike if op == "=" else opposite(alike)

    def _alike(self, left: Expr, right: Expr) -> Formula:
        match left, right:
            case Literal(value=value), Literal(value=other):
                return value == other
            case Fact(), Literal(value=value):
                return self._is(left, value)
            case Literal(value=value), Fact():
                return self._is(right, value)
            case Fact(path=path, type=OneOf(values=values)), Fact(path=other_path, type=OneOf(values=others)):
                if path == other_path:
                    return True
                common = [value for value in values if value in others]
                return any_of(all_of([self._is(left, value), self._is(right, value)]) for value in common)
        return self._unexplored(Compare("=", left, right, left.place))

    def _is(self, fact: Fact, value: object) -> Formula:
        """Return that a given fact has the value."""
        key = ".".join(fact.path)
        self.facts[fact.path] = fact.type
        if isinstance(fact.type, OneOf):
            self.axes.setdefault(key, Choice(key, fact.type.values, fact.path))
        else:
            self.axes.setdefault(key, Choice(key, (ANOTHER,), fact.path))
            self._texts.setdefault(key, set()).add(value)
        return Atom(key, "in", frozenset([value]))

    def _yes(self, leaf: Expr) -> Formula:
        if not isinstance(leaf, Fact):
            return self.truth(leaf)
        key = ".".join(leaf.path)
        self.facts[leaf.path] = leaf.type
        self.axes.setdefault(key, Choice(key, (False, True), leaf.path))
        return Atom(key, "in", frozenset([True]))

    def _has(self, subject: Expr, value: Expr) -> Formula:
        if not isinstance(value, Literal):
            return self._unexplored(Has(subject, value, subject.place))
        found = []
        for guard, leaf in self._leaves(subject):
            if isinstance(leaf, Fact):
                key = f"{'.'.join(leaf.path)} has {value.value}"
                self.facts[leaf.path] = leaf.type
                self.axes.setdefault(key, Choice(key, (False, True), leaf.path, member=str(value.value)))
                found.append(all_of([guard, Atom(key, "in", frozenset([True]))]))
            else:
                found.append(all_of([guard, self._unexplored(Has(leaf, value, subject.place))]))
        return any_of(found)

    def _known(self, name: str) -> Formula:
        term = self.scope.terms.get(name)
        if term is not None and term.computed is not None:
            return all_of(self._known(each) for each in terms_in(term.computed))
        key = f"known({name})"
        # Known first: a case with all its facts shows more than one where something is missing.
        self.axes.setdefault(key, Choice(key, (True, False), (name,), known=True))
        return Atom(key, "in", frozenset([True]))

    def _over_list(self, expr: Expr, name: str, items: Expr) -> Formula:
        """`every` is true of an empty list and `some` is not: tie both to the list's count."""
        holds = self._unexplored(expr)
        if isinstance(items.type, ListOf) and not items.type.low:
            empty = self._ordered("=", Call("count", (items,), items.place), Literal(0, items.place))
            self.side[shown(expr)] = any_of([opposite(empty), holds if name == "every" else opposite(holds)])
        return holds

    def _unexplored(self, expr: Expr) -> Formula:
        """Return an axis of its own for what is not looked into; the same text is the same axis."""
        key = shown(expr)
        self.axes.setdefault(key, Choice(key, (False, True)))
        return Atom(key, "in", frozenset([True]))

    # Numbers

    def _ordered(self, op: str, left: Expr, right: Expr) -> Formula:
        if op == "!=":
            return opposite(self._ordered("=", left, right))
        try:
            return any_of(
                all_of([guard, other_guard, self._bounded(plus(one, times(other, Fraction(-1))), op)])
                for guard, one in self.sums(left)
                for other_guard, other in self.sums(right)
            )
        except TooManyCases:
            return self._unexplored(Compare(op, left, right, left.place))

    def _bounded(self, total: Sum, op: str) -> Formula:
        """Return that a sum compares so with zero."""
        if not total.terms:
            return _compares(total.rest, op)
        (first, factor), *_ = total.terms
        scaled = times(total, 1 / factor)
        if factor < 0:
            op = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op)
        if len(scaled.terms) == 1:
            own = self._halved(first) if scaled.rest.denominator > 1 else self.variables[first]
            axis = Order(first, scaled.terms, own.low, own.high, own.whole)
        else:
            key = " + ".join(f"{number} * {name}" for name, number in scaled.terms)
            whole = all(self.variables[name].whole and number.denominator == 1 for name, number in scaled.terms)
            axis = Order(key, scaled.terms, None, None, whole)
        self.axes.setdefault(axis.key, axis)
        return Atom(axis.key, op, -scaled.rest)

    def _halved(self, name: str) -> Variable:
        """Return the variable after a comparison with a broken number: if only so written, it is no count."""
        own = self.variables[name]
        if isinstance(own.kind, Number) and not own.kind.whole and own.whole:
            self.variables[name] = own = replace(own, whole=False)
            self.axes.pop(name, None)
        return own

    def sums(self, expr: Expr) -> Cases:
        """Return what an ordered expression amounts to: sums, each with the condition under which it counts.

        Raises TooManyCases beyond a bound; the caller leaves such an expression unexplored.
        """
        cases: Cases = []
        for guard, leaf in self._leaves(expr):
            cases += [(all_of([guard, inner]), total) for inner, total in self._leaf_sums(leaf)]
            if len(cases) > _MOST_CASES:
                raise TooManyCases
        return cases

    def _place(self, value: object) -> Fraction:
        if self._start is not None and isinstance(value, Span) and value.family is Family.CALENDAR:
            return Fraction(value.days_from(self._start))
        return Fraction(order_key(value))

    def _leaf_sums(self, expr: Expr) -> Cases:
        match expr:
            case Literal(value=value):
                return [(True, Sum((), self._place(value)))]
            case Fact(path=path):
                self.facts[path] = expr.type
                return [(True, self._variable(".".join(path), path, expr.type))]
            case Negative(operand=operand):
                return [(guard, times(total, Fraction(-1))) for guard, total in self.sums(operand)]
            case Arithmetic(op="+" | "-" as op, left=left, right=right):
                sign = Fraction(1 if op == "+" else -1)
                scale, other_scale = _scales(expr, left, right)
                return [
                    (all_of([guard, other_guard]), plus(times(one, scale), times(other, sign * other_scale)))
                    for guard, one in self.sums(left)
                    for other_guard, other in self.sums(right)
                ]
            case Arithmetic(op="*", left=left, right=Literal(value=int() | Fraction() as factor)):
                return [(guard, times(total, Fraction(factor))) for guard, total in self.sums(left)]
            case Arithmetic(op="*", left=Literal(value=int() | Fraction() as factor), right=right):
                return [(guard, times(total, Fraction(factor))) for guard, total in self.sums(right)]
            case Arithmetic(op="/", left=left, right=Literal(value=int() | Fraction() as factor)) if factor:
                return [(guard, times(total, 1 / Fraction(factor))) for guard, total in self.sums(left)]
            case Call(name="min" | "max" as name, args=args):
                return self._extreme(name, args)
            case Call(name="abs", args=(operand, *_)):
                return self._absolute(operand)
        return [(True, self._variable(shown(expr), (), expr.type))]

    def _extreme(self, name: str, args: Sequence[Expr]) -> Cases:
        """Return the smallest or largest of several, one case for each that can be it."""
        every = [self.sums(arg) for arg in args]
        chosen = every[0]
        for others in every[1:]:
            cases: Cases = []
            for guard, one in chosen:
                for other_guard, other in others:
                    first = self._bounded(plus(one, times(other, Fraction(-1))), "<=" if name == "min" else ">=")
                    cases.append((all_of([guard, other_guard, first]), one))
                    cases.append((all_of([guard, other_guard, opposite(first)]), other))
            chosen = [case for case in cases if case[0] is not False]
            if len(chosen) > _MOST_CASES:
                raise TooManyCases
        return chosen

    def _absolute(self, operand: Expr) -> Cases:
        cases: Cases = []
        for guard, total in self.sums(operand):
            positive = self._bounded(total, ">=")
            cases.append((all_of([guard, positive]), total))
            cases.append((all_of([guard, opposite(positive)]), times(total, Fraction(-1))))
        return [case for case in cases if case[0] is not False]

    def _variable(self, key: str, path: tuple[str, ...], kind: Type) -> Sum:
        self.variables.setdefault(key, variable_of(key, path, kind))
        return Sum(((key, Fraction(1)),), Fraction(0))

    # Computed terms

    def _leaves(self, expr: Expr) -> list[tuple[Formula, Expr]]:
        """Return what an expression comes down to, each with its condition: computed terms and `if` are written in."""
        match expr:
            case Fact(path=(name,)):
                term = self.scope.terms.get(name)
                if term is not None and term.computed is not None:
                    return self._deeper(term.computed)
                if term is not None and term.table is not None:
                    return self._decided(expr, term.table)
            case Call(name="if", args=(condition, yes, no)) if not isinstance(expr.type, YesNo):
                asked = self.truth(condition)
                cases = [(all_of([asked, guard]), leaf) for guard, leaf in self._leaves(yes)]
                cases += [(all_of([opposite(asked), guard]), leaf) for guard, leaf in self._leaves(no)]
                return [case for case in cases if case[0] is not False]
        return [(True, expr)]

    def _decided(self, expr: Fact, table: Table) -> list[tuple[Formula, Expr]]:
        name = expr.path[0]
        cases: list[tuple[Formula, Expr]] = []
        if len(table.rows) > _MOST_CASES:
            return [(True, expr)]
        for fires, row in zip(self.fires(table), table.rows):
            if fires is not False and name in row.outputs:
                cases += [(all_of([fires, guard]), leaf) for guard, leaf in self._deeper(row.outputs[name].expr)]
        return cases

    def _deeper(self, expr: Expr) -> list[tuple[Formula, Expr]]:
        self._depth += 1
        try:
            # Terms that need each other in a circle have a finding of their own; do not follow them for ever.
            return [(True, expr)] if self._depth > _DEEPEST else self._leaves(expr)
        finally:
            self._depth -= 1


def _compares(number: Fraction, op: str) -> bool:
    match op:
        case "<":
            return number < 0
        case "<=":
            return number <= 0
        case ">":
            return number > 0
        case ">=":
            return number >= 0
        case _:
            return number == 0


def _scales(expr: Expr, left: Expr, right: Expr) -> tuple[Fraction, Fraction]:
    """Return factors that bring both sides to one unit: moments are microseconds, exact spans seconds."""
    moments = isinstance(left.type, Moment), isinstance(right.type, Moment)
    if moments == (True, True) and isinstance(expr.type, Duration):
        return 1 / _MICROSECONDS, 1 / _MICROSECONDS
    return (
        _MICROSECONDS if moments == (False, True) else Fraction(1),
        _MICROSECONDS if moments == (True, False) else Fraction(1),
    )


def connected(wanted: Iterable[Formula], offered: Iterable[Formula], translator: Translator) -> list[Formula]:
    """Return those of the offered formulas that share an axis or variable with the wanted ones, however remotely."""
    touched = {name for formula in wanted for name in _touches(formula, translator)}
    left = [(formula, _touches(formula, translator)) for formula in offered]
    found: list[Formula] = []
    while near := [each for each in left if each[1] & touched]:
        found += [formula for formula, _ in near]
        touched |= {name for _, names in near for name in names}
        left = [each for each in left if each not in near]
    return found


def _touches(formula: Formula, translator: Translator) -> frozenset[str]:
    match formula:
        case Atom(axis=key):
            axis = translator.axes[key]
            names = [name for name, _ in axis.terms] if isinstance(axis, Order) else [".".join(axis.path)]
            return frozenset([key, *(name for name in names if name)])
        case All(parts=parts) | Some(parts=parts):
            return frozenset().union(*(_touches(part, translator) for part in parts))
    return frozenset()
