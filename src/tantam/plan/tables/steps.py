"""Turns checked expressions into Python closures over one case's facts; None is unknown, and/or may still decide."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from tantam.plan.tables import nodes
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.operations import ARITHMETIC, COMPARE, COMPARE_SPANS, fold_of, round_to
from tantam.plan.tables.scope import Scope, Term
from tantam.plan.tables.types import Duration, SomeOf, YesNo
from tantam.plan.tables.values import Every, Range

Facts = Mapping[str, Any]
# What makes a result unknown rather than an error: a division by nothing, a day after the year 9999.
UNDEFINED = (ZeroDivisionError, OverflowError)


class Env:
    """One case while it is decided: facts as given, terms worked out so far, list elements being walked."""

    __slots__ = ("elements", "facts", "memo", "program")

    def __init__(self, program: Prepared, facts: Facts) -> None:
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


class TermTable(Protocol):
    """A table that decides a term, ready to be asked in a case."""

    def result(self, env: Env, name: str) -> Any:
        """Return the output `name`, None if unknown."""

    def asks(self, env: Env, name: str) -> str:
        """Return the term to ask so that output `name` becomes known, "" if no fact would help."""

    def used(self, env: Env) -> tuple[str, ...]:
        """Return the given terms that the answer rests on."""


class Prepared(Protocol):
    """A scope made ready, as one case needs it; program.Program is it."""

    scope: Scope

    def step(self, expr: Expr) -> Step:
        """Return the compiled expression."""

    def work_out(self, name: str, env: Env) -> Any:
        """Return what a term is when it was not given."""

    def table_of(self, term: Term) -> TermTable:
        """Return the table that decides the term, ready."""


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


def _call(call: nodes.Call, scope: Scope) -> Step:
    match call.name:
        case name if name in nodes.LIST_FUNCTIONS:
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
            return _strict(round_to, call.args, scope)
        case _:
            return _strict(scope.deadline, call.args, scope)


def _choose(condition: Step, then: Step, other: Step) -> Step:
    def step(env: Env) -> Any:
        value = condition(env)
        return None if value is None else then(env) if value else other(env)

    return step


def _over_list(call: nodes.Call, scope: Scope) -> Step:
    listed = compile_expr(call.args[0], scope)
    if len(call.args) == 1:
        return lambda env: None if (values := listed(env)) is None else len(values)
    each, fold = compile_expr(call.args[1], scope), fold_of(call.name, call.type)

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
