"""Turns checked expressions into Python closures over one case's facts; None is unknown, and/or may still decide.

A `Program` is a scope made ready: its computed terms and tables are compiled when first asked for.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tantam.plan.tables import nodes
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.scope import Scope, Term
from tantam.plan.tables.types import Duration, Money, SomeOf, Type, YesNo
from tantam.plan.tables.values import Amount, Every, Family, Range, Span, add_months, plain_number, rounded

if TYPE_CHECKING:
    from tantam.plan.tables.evaluate import CompiledTable

Facts = Mapping[str, Any]
COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
# Durations are equal where neither is longer, as an age of 29 days and a month from 31 January to 29 February.
COMPARE_SPANS: Mapping[str, Callable[[Any, Any], Any]] = {
    **COMPARE,
    "=": lambda left, right: operator.eq(*left.keys_against(right)),
    "!=": lambda left, right: operator.ne(*left.keys_against(right)),
}
# What makes a result unknown rather than an error: a division by nothing, a day after the year 9999.
UNDEFINED = (ZeroDivisionError, OverflowError)


class Env:
    """One case while it is decided: facts as given, terms worked out so far, list elements being walked."""

    __slots__ = ("elements", "facts", "memo", "program")

    def __init__(self, program: Program, facts: Facts) -> None:
        self.program = program
        self.facts = facts
        self.memo: dict[str, Any] = {}
        self.elements: list[Mapping[str, Any]] = []

    def term(self, name: str) -> Any:
        """Return the term's value: as given, worked out, or its default; None if unknown."""
        given = self.facts.get(name)
        if given is not None:
            return given
        if name in self.memo:
            return self.memo[name]
        elements, self.elements = self.elements, []
        value = self.memo[name] = self.program.work_out(name, self)
        self.elements = elements
        return value


Step = Callable[[Env], Any]


class Program:
    """A scope made ready to evaluate. Safe to share between threads: it only ever adds what it compiled."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.tables: dict[str, CompiledTable] = {}
        self._compiled: dict[int, tuple[Expr, Step]] = {}

    def step(self, expr: Expr) -> Step:
        """Return the compiled expression; the same tree is compiled once."""
        held = self._compiled.get(id(expr))
        if held is None:
            held = self._compiled[id(expr)] = (expr, compile_expr(expr, self.scope))
        return held[1]

    def work_out(self, name: str, env: Env) -> Any:
        """Return what a term is when it was not given."""
        term = self.scope.terms.get(name)
        if term is None:
            return None
        value: Any = None
        if term.computed is not None:
            value = self.step(term.computed)(env)
        elif term.table is not None:
            value = self.table_of(term).result(env, name)
        return term.default if value is None else value

    def table_of(self, term: Term) -> CompiledTable:
        """Return the compiled table that decides the term. The term has one."""
        from tantam.plan.tables.evaluate import CompiledTable

        if term.name not in self.tables:
            assert term.table is not None
            self.tables[term.name] = CompiledTable(term.table, self)
        return self.tables[term.name]


def program_of(scope: Scope) -> Program:
    """Return the scope's program, the same one each time."""
    program: Program | None = scope.prepared.get("program")
    if program is None:
        program = scope.prepared.setdefault("program", Program(scope))
    return program


def compile_expr(expr: Expr, scope: Scope) -> Step:
    """Return a function from Env to the value, None if unknown. The expression is checked and has no findings."""
    match expr:
        case nodes.Literal(value=value):
            return lambda env: value
        case nodes.Fact(path=path):
            return _fact(path)
        case nodes.Element(depth=depth, path=path):
            return _element(depth, path)
        case nodes.Not(operand=operand):
            return _strict(operator.not_, [operand], scope)
        case nodes.Negative(operand=operand):
            return _strict(operator.neg, [operand], scope)
        case nodes.Both(parts=parts):
            return _kleene([compile_expr(part, scope) for part in parts], False)
        case nodes.Either(parts=parts):
            return _kleene([compile_expr(part, scope) for part in parts], True)
        case nodes.Compare(op=op, left=left, right=right):
            spans = isinstance(left.type, Duration) and isinstance(right.type, Duration)
            return _strict((COMPARE_SPANS if spans else COMPARE)[op], [left, right], scope)
        case nodes.Arithmetic(op=op, left=left, right=right):
            return _strict(ARITHMETIC[op], [left, right], scope)
        case nodes.Within(subject=subject, members=members):
            return _within(subject, members, scope)
        case nodes.Between():
            return _between(expr, scope)
        case nodes.Has(subject=subject, value=value):
            return _strict(lambda values, one: one in values, [subject, value], scope)
        case nodes.Call():
            return _call(expr, scope)
        case nodes.Bounds(low=low, high=high):
            return _bounds(low, high, scope)
        case nodes.Repeat(span=span):
            return _strict(Every, [span], scope)
        case nodes.Name():
            raise TypeError(f"{expr.text} was never checked")


def _fact(path: tuple[str, ...]) -> Step:
    name, fields = path[0], path[1:]
    if not fields:
        return lambda env: env.term(name)
    return lambda env: _follow(env.term(name), fields)


def _element(depth: int, path: tuple[str, ...]) -> Step:
    return lambda env: _follow(env.elements[-1 - depth], path)


def _follow(value: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        if value is None:
            return None
        value = value.get(step)
    return value


def _strict(function: Callable[..., Any], operands: Sequence[Expr], scope: Scope) -> Step:
    """Return a step that is unknown as soon as one operand is."""
    steps = [compile_expr(operand, scope) for operand in operands]
    if len(steps) == 1:
        only = steps[0]
        return lambda env: None if (value := only(env)) is None else function(value)
    if len(steps) == 2:
        return _binary(function, *steps)

    def step(env: Env) -> Any:
        values = [each(env) for each in steps]
        return None if None in values else function(*values)

    return step


def _binary(function: Callable[..., Any], left: Step, right: Step) -> Step:
    def step(env: Env) -> Any:
        one = left(env)
        if one is None:
            return None
        two = right(env)
        if two is None:
            return None
        try:
            return function(one, two)
        except UNDEFINED:
            return None

    return step


def _kleene(steps: Sequence[Step], decisive: bool) -> Step:
    """Return `and` (decisive is False) or `or` (True): one decisive part decides, whatever is unknown."""

    def step(env: Env) -> bool | None:
        answer: bool | None = not decisive
        for each in steps:
            value: bool | None = each(env)
            if value is decisive:
                return value
            if value is None:
                answer = None
        return answer

    return step


def _within(subject: Expr, members: Sequence[Expr], scope: Scope) -> Step:
    if isinstance(subject.type, SomeOf):
        tests: list[Expr] = [nodes.Has(subject, member, member.place) for member in members]
    else:
        tests = [nodes.Compare("=", subject, member, member.place, YesNo()) for member in members]
    return _kleene([compile_expr(test, scope) for test in tests], True)


def _between(expr: nodes.Between, scope: Scope) -> Step:
    tests: list[Expr] = []
    if expr.low is not None:
        tests.append(nodes.Compare(">" if expr.low_open else ">=", expr.subject, expr.low, expr.place))
    if expr.high is not None:
        tests.append(nodes.Compare("<" if expr.high_open else "<=", expr.subject, expr.high, expr.place))
    return _kleene([compile_expr(test, scope) for test in tests], False)


def _bounds(low: Expr | None, high: Expr | None, scope: Scope) -> Step:
    if low is None and high is not None:
        return _strict(lambda value: Range(None, value), [high], scope)
    if high is None and low is not None:
        return _strict(lambda value: Range(value, None), [low], scope)
    return _strict(Range, [each for each in (low, high) if each is not None], scope)


# arithmetic


def _add(left: Any, right: Any) -> Any:
    if isinstance(left, Span) and isinstance(right, date):
        return _moved(right, left)
    if isinstance(left, date):
        return _moved(left, right)
    return left + right


def _subtract(left: Any, right: Any) -> Any:
    if isinstance(left, date):
        if isinstance(right, Span):
            return _moved(left, -right)
        if isinstance(left, datetime):
            return Span(Family.EXACT, (left - right) // timedelta(seconds=1))
        return Span.age(right, left)
    return left - right


def _moved(start: date, span: Span) -> date:
    """Return the day or moment that lies a span later."""
    if isinstance(start, datetime):
        return start + timedelta(seconds=span.amount)
    return (add_months(start, span.months) if span.months else start) + timedelta(days=span.amount)


def _divide(left: Any, right: Any) -> Any:
    if isinstance(left, Amount):
        return left / right
    if isinstance(left, Span):
        if isinstance(right, Span):
            return plain_number(Fraction(left.amount, right.amount))
        return left * (1 / Fraction(right))
    return plain_number(Fraction(left) / right)


def _multiply(left: Any, right: Any) -> Any:
    product = left * right
    return plain_number(product) if isinstance(product, Fraction) else product


def _sum_plain(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def apply(left: Any, right: Any) -> Any:
        value = function(left, right)
        return plain_number(value) if isinstance(value, Fraction) else value

    return apply


ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": _sum_plain(_add),
    "-": _sum_plain(_subtract),
    "*": _multiply,
    "/": _divide,
}


# functions


def _call(call: nodes.Call, scope: Scope) -> Step:
    match call.name:
        case "some" | "every" | "count" | "sum" | "smallest" | "largest" | "distinct":
            return _over_list(call, scope)
        case "if":
            return _choose(*(compile_expr(arg, scope) for arg in call.args))
        case "known":
            asked = compile_expr(call.args[0], scope)
            return lambda env: asked(env) is not None
        case "min":
            return _strict(lambda *values: min(values), call.args, scope)
        case "max":
            return _strict(lambda *values: max(values), call.args, scope)
        case "abs":
            return _strict(abs, call.args, scope)
        case "round":
            return _strict(_round, call.args, scope)
        case _:
            return _strict(scope.deadline, call.args, scope)


def _choose(condition: Step, then: Step, other: Step) -> Step:
    def step(env: Env) -> Any:
        value = condition(env)
        return None if value is None else then(env) if value else other(env)

    return step


def _round(value: Any, digits: int = 0) -> Any:
    if isinstance(value, Amount):
        return Amount.of(_round(value.major, digits), value.currency)
    scale = Fraction(10) ** digits
    return plain_number(Fraction(rounded(plain_number(value * scale))) / scale)


def _over_list(call: nodes.Call, scope: Scope) -> Step:
    listed = compile_expr(call.args[0], scope)
    if len(call.args) == 1:
        return lambda env: None if (values := listed(env)) is None else len(values)
    each, fold = compile_expr(call.args[1], scope), _folds(call.name, call.type)

    def step(env: Env) -> Any:
        elements = listed(env)
        if elements is None:
            return None
        values: list[Any] = []
        for element in elements:
            env.elements.append(element)
            values.append(each(env))
            env.elements.pop()
        return fold(values)

    return step


def _folds(name: str, kind: Type) -> Callable[[list[Any]], Any]:
    match name:
        case "some":
            return lambda values: True if True in values else None if None in values else False
        case "every":
            return lambda values: False if False in values else None if None in values else True
        case "count":
            return lambda values: None if None in values else values.count(True)
        case "distinct":
            return lambda values: None if None in values else len(set(values))
        case "smallest":
            return lambda values: None if None in values or not values else min(values)
        case "largest":
            return lambda values: None if None in values or not values else max(values)
        case _:
            return lambda values: None if None in values else _total(values, kind)


def _total(values: list[Any], kind: Type) -> Any:
    match kind:
        case Money(currency=currency):
            total: Any = Amount(0, currency)
        case Duration(family=family):
            total = Span(family or Family.EXACT)
        case _:
            total = 0
    for value in values:
        total = total + value
    return plain_number(total) if isinstance(total, Fraction) else total
