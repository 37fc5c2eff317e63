"""Gives every name its meaning and every expression its type, by the rules of the plan's form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from tantam.plan.errors import Finding, Place
from tantam.plan.tables import nodes
from tantam.plan.tables.findings import finding, unknown
from tantam.plan.tables.functions import call_type
from tantam.plan.tables.nodes import UNTYPED, Element, Expr, Fact, Literal, Name
from tantam.plan.tables.rules import BROKEN, arithmetic, comparable, fits
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.types import (
    Broken,
    Duration,
    ListOf,
    Money,
    Number,
    OneOf,
    Ordering,
    RecordOf,
    SomeOf,
    Text,
    Type,
    YesNo,
    ordering,
)
from tantam.plan.tables.values import Amount, Family, Range, Span, order_key, written


def check(expr: Expr, scope: Scope, expected: Type | None = None) -> tuple[Expr, list[Finding]]:
    """Return the expression with its names resolved and `.type` set, and all findings.

    expected: the type that its place demands (YesNo for a condition); None if any will do."""
    checker = _Checker(scope)
    if isinstance(expected, YesNo):
        return checker.condition(expr), checker.findings
    tree = checker.visit(expr, expected)
    if expected is not None:
        checker.expect(tree, expected)
    return tree, checker.findings


class _Checker:
    """Walks one expression; `frames` are the records of the list functions around, the innermost last."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.findings: list[Finding] = []
        self.frames: list[RecordOf] = []

    def fail(self, code: str, place: Place, **args: str) -> Type:
        self.findings.append(finding(code, place, **args))
        return BROKEN

    def visit(self, expr: Expr, beside: Type | None = None) -> Expr:
        """Return the expression checked. beside: the type of its neighbour, whose values its barewords are first."""
        match expr:
            case Literal():
                return self.literal(expr, beside)
            case Name():
                return self.name(expr, beside)
            case nodes.Not(operand=operand):
                return replace(expr, operand=self.condition(operand), type=YesNo())
            case nodes.Both(parts=parts) | nodes.Either(parts=parts):
                return replace(expr, parts=tuple(self.condition(part) for part in parts), type=YesNo())
            case nodes.Negative(operand=operand):
                return self.negative(expr, self.visit(operand))
            case nodes.Compare():
                return self.compare(expr)
            case nodes.Arithmetic(op=op, left=left, right=right):
                return self.arithmetic(replace(expr, left=self.visit(left), right=self.visit(right)), op)
            case nodes.Within():
                return self.within(expr)
            case nodes.Between():
                return self.between(expr)
            case nodes.Has():
                return self.has(expr)
            case nodes.Call():
                return expr if expr.type != UNTYPED else self.call(expr, beside)
            case nodes.Bounds():
                return self.bounds(expr, beside)
            case nodes.Repeat(span=span):
                inner = self.visit(span)
                self.expect(inner, Duration(None))
                return replace(expr, span=inner, type=inner.type)
            case Fact() | Element():
                return expr

    def condition(self, expr: Expr) -> Expr:
        """Return the expression checked as yes or no; a bare `distinct(…)` asks whether all are distinct."""
        tree = self.visit(expr, YesNo())
        if isinstance(tree, nodes.Call) and tree.name == "distinct" and not isinstance(tree.type, Broken):
            count = nodes.Call("count", tree.args[:1], tree.place, Number(whole=True))
            return nodes.Compare("=", tree, count, tree.place, YesNo())
        if not isinstance(tree.type, YesNo | Broken):
            self.fail("T15", tree.place, got=str(tree.type))
        return tree

    def expect(self, expr: Expr, wanted: Type) -> None:
        """Add a finding if the checked expression does not fit, by its type or its bounds."""
        if not fits(expr.type, wanted):
            if isinstance(wanted, Duration) and wanted.family is None and isinstance(expr.type, Duration):
                return
            self.fail("T17", expr.place, got=str(expr.type), allowed=str(wanted))
        elif isinstance(expr, Literal) and isinstance(wanted, Number | Money | Duration):
            self.in_bounds(expr, wanted)

    def in_bounds(self, expr: Literal, wanted: Number | Money | Duration) -> None:
        if isinstance(expr.value, Span) and isinstance(wanted, Duration) and expr.value.family is not wanted.family:
            return
        if isinstance(expr.type, Broken):
            return
        low, high = wanted.low, wanted.high
        key = order_key(expr.value)
        if (low is not None and key < order_key(low)) or (high is not None and key > order_key(high)):
            allowed = str(Range(low, high))
            self.fail("T20", expr.place, got=written(expr.value), allowed=allowed)

    # names and literals

    def literal(self, expr: Literal, beside: Type | None) -> Expr:
        """Return the literal, read as its neighbour's type needs it: a bare 0, a quoted value, a percentage."""
        if isinstance(expr.type, Broken) or isinstance(expr.value, bool):
            return expr
        match beside, expr.value:
            case Money(currency=currency), 0 if not expr.text:
                return replace(expr, value=Amount(0, currency), type=Money(currency))
            case Duration(family=family), 0 if not expr.text:
                family = family or Family.EXACT
                return replace(expr, value=Span(family), type=Duration(family))
            case Duration(family=family), Span() as span if span.is_zero and family and family is not span.family:
                return replace(expr, value=Span(family), type=Duration(family))
            case Money(), int() | Fraction():
                self.fail("T10", expr.place, got=written(expr.value), currency=self.scope.currency)
                return replace(expr, type=BROKEN)
            case Duration(), int() | Fraction():
                self.fail("T35", expr.place, got=written(expr.value))
                return replace(expr, type=BROKEN)
            case Number(unit="%"), int() | Fraction() if expr.text == "%":
                return replace(expr, value=expr.value * 100, type=Number("%"), text="%%")
            case ((OneOf(values=values) | SomeOf(values=values)), str() as got):
                if got in values:
                    return replace(expr, type=OneOf(values))
                self.findings.append(unknown("T08", expr.place, got, values))
                return replace(expr, type=BROKEN)
            case _:
                return expr

    def name(self, expr: Name, beside: Type | None) -> Expr:
        """Return what a path means: a value of the neighbour's domain, a field of the element, a term."""
        first = expr.path[0]
        if len(expr.path) == 1 and isinstance(beside, OneOf | SomeOf) and first in beside.values:
            return Literal(first, expr.place, OneOf(beside.values))
        for depth, record in enumerate(reversed(self.frames)):
            if first == record.name:
                kind = self.field_type(record, expr.path[1:], expr)
                return Element(depth, expr.path[1:], expr.place, kind)
            if first in record.fields:
                return Element(depth, expr.path, expr.place, self.field_type(record, expr.path, expr))
        term = self.scope.terms.get(first)
        if term is None:
            return Literal("", expr.place, self.no_such_name(expr, beside))
        return Fact(expr.path, expr.place, self.field_type(term.type, expr.path[1:], expr))

    def no_such_name(self, expr: Name, beside: Type | None) -> Type:
        terms = [*self.scope.terms, *(name for record in self.frames for name in (record.name, *record.fields))]
        if isinstance(beside, OneOf | SomeOf) and len(expr.path) == 1:
            self.findings.append(unknown("T08", expr.place, expr.text, beside.values))
        elif isinstance(beside, Text):
            self.findings.append(unknown("T36", expr.place, expr.text, terms))
        else:
            self.findings.append(unknown("T37", expr.place, expr.text, terms))
        return BROKEN

    def field_type(self, kind: Type, path: Sequence[str], expr: Name) -> Type:
        for step in path:
            if isinstance(kind, Broken):
                return kind
            if not isinstance(kind, RecordOf):
                return self.fail("T38", expr.place, got=expr.text, name=step, allowed=str(kind))
            if step not in kind.fields:
                self.findings.append(unknown("T39", expr.place, step, kind.fields))
                return BROKEN
            kind = kind.fields[step]
        return kind

    # operators

    def pair(self, left: Expr, right: Expr) -> tuple[Expr, Expr]:
        """Return both sides, each read beside the other; a side that means something by itself goes first."""
        if self.leans(left) and not self.leans(right):
            right = self.visit(right)
            return self.visit(left, right.type), right
        left = self.visit(left)
        right = self.visit(right, left.type)
        return self.visit(left, right.type) if isinstance(left, Literal) else left, right

    def leans(self, expr: Expr) -> bool:
        """Return whether the expression takes its meaning from its neighbour: a value rather than a term."""
        if isinstance(expr, Literal):
            return True
        if not isinstance(expr, Name):
            return False
        first = expr.path[0]
        fields = any(first == record.name or first in record.fields for record in self.frames)
        return first not in self.scope.terms and not fields

    def compare(self, expr: nodes.Compare) -> Expr:
        left, right = self.pair(expr.left, expr.right)
        done = nodes.Compare(expr.op, left, right, expr.place, YesNo())
        some = isinstance(left.type, SomeOf) != isinstance(right.type, SomeOf)
        if some and not isinstance(left.type, Broken) and not isinstance(right.type, Broken):
            self.fail("T40", expr.place, got=expr.op)
        elif not comparable(left.type, right.type):
            self.mismatch(expr.op, left, right, expr.place)
        elif isinstance(left.type, Duration) and left.type.family is None:
            self.fail("T09", left.place, left=str(left.type), right=str(right.type))
        elif expr.op not in ("=", "!=") and ordering(left.type) is not Ordering.ORDERED:
            self.fail("T41", expr.place, got=expr.op, allowed=str(left.type))
        return done

    def mismatch(self, op: str, left: Expr, right: Expr, place: Place) -> Type:
        durations = isinstance(left.type, Duration) and isinstance(right.type, Duration)
        code = "T09" if durations else "T44"
        return self.fail(code, place, op=op, left=str(left.type), right=str(right.type))

    def arithmetic(self, expr: nodes.Arithmetic, op: str) -> Expr:
        left, right = expr.left, expr.right
        if isinstance(right, Literal) and op in "+-":
            right = self.bare_zero(right, left.type)
        if isinstance(left, Literal) and op in "+-":
            left = self.bare_zero(left, right.type)
        kind = arithmetic(op, left.type, right.type)
        if kind is None:
            kind = self.mismatch(op, left, right, expr.place)
        return replace(expr, left=left, right=right, type=kind)

    def bare_zero(self, expr: Literal, beside: Type) -> Expr:
        needs = isinstance(beside, Money | Duration) and isinstance(expr.value, int | Fraction)
        return self.literal(expr, beside) if needs else expr

    def negative(self, expr: nodes.Negative, operand: Expr) -> Expr:
        kind = operand.type
        if not isinstance(kind, Number | Money | Duration | Broken):
            kind = self.fail("T42", expr.place, got=str(kind))
        return replace(expr, operand=operand, type=_unbounded(kind))

    def within(self, expr: nodes.Within) -> Expr:
        subject = self.visit(expr.subject)
        members = tuple(self.visit(member, subject.type) for member in expr.members)
        for member in members:
            values = OneOf(subject.type.values) if isinstance(subject.type, SomeOf) else subject.type
            if not comparable(values, member.type):
                self.mismatch("in", subject, member, member.place)
        if isinstance(subject.type, RecordOf | ListOf):
            self.fail("T41", expr.place, got="in", allowed=str(subject.type))
        return replace(expr, subject=subject, members=members, type=YesNo())

    def between(self, expr: nodes.Between) -> Expr:
        subject = self.visit(expr.subject)
        low = None if expr.low is None else self.visit(expr.low, subject.type)
        high = None if expr.high is None else self.visit(expr.high, subject.type)
        done = replace(expr, subject=subject, low=low, high=high, type=YesNo())
        if ordering(subject.type) is not Ordering.ORDERED:
            self.fail("T41", expr.place, got="..", allowed=str(subject.type))
            return done
        for bound in (low, high):
            if bound is not None and not comparable(subject.type, bound.type):
                self.mismatch("..", subject, bound, bound.place)
        self.ascending(low, high)
        return done

    def ascending(self, low: Expr | None, high: Expr | None) -> None:
        if isinstance(low, Literal) and isinstance(high, Literal) and type(low.type) is type(high.type):
            if isinstance(low.type, Broken) or ordering(low.type) is not Ordering.ORDERED:
                return
            if comparable(low.type, high.type) and order_key(low.value) > order_key(high.value):
                self.fail("T21", low.place, got=written(low.value), allowed=written(high.value))

    def has(self, expr: nodes.Has) -> Expr:
        subject = self.visit(expr.subject)
        if not isinstance(subject.type, SomeOf | Broken):
            self.fail("T43", expr.place, got=str(subject.type))
        value = self.visit(expr.value, subject.type if isinstance(subject.type, OneOf | SomeOf) else None)
        if isinstance(subject.type, SomeOf) and not comparable(OneOf(subject.type.values), value.type):
            self.mismatch("has", subject, value, value.place)
        return replace(expr, subject=subject, value=value, type=YesNo())

    def bounds(self, expr: nodes.Bounds, beside: Type | None) -> Expr:
        low = None if expr.low is None else self.visit(expr.low, beside)
        high = None if expr.high is None else self.visit(expr.high, beside)
        kinds = [bound.type for bound in (low, high) if bound is not None]
        self.ascending(low, high)
        if len(kinds) == 2 and not comparable(kinds[0], kinds[1]) and low is not None and high is not None:
            kinds = [self.mismatch("..", low, high, expr.place)]
        return replace(expr, low=low, high=high, type=kinds[0])

    # functions

    def call(self, expr: nodes.Call, beside: Type | None) -> Expr:
        """Return the call checked: the arguments first, list functions inside their element, then its type."""
        args = list(expr.args)
        if expr.name in nodes.LIST_FUNCTIONS and args:
            args[0] = self.visit(args[0])
            listed = args[0].type
            record = listed.record if isinstance(listed, ListOf) else None
            if record is None and len(args) > 1 and not isinstance(listed, Broken):
                self.fail("T28", args[0].place, name=expr.name, got=str(listed))
            self.frames += [record] if record else []
            for index, arg in enumerate(args[1:], 1):
                if record is None:
                    args[index] = replace(arg, type=BROKEN)
                else:
                    test = expr.name in ("some", "every", "count")
                    args[index] = self.condition(arg) if test else self.visit(arg)
            del self.frames[len(self.frames) - bool(record) :]
        elif expr.name == "if" and args:
            args = [self.condition(args[0]), *self.alike(args[1:], beside)]
        elif expr.name in ("min", "max"):
            args = self.alike(args, beside)
        else:
            args = [self.visit(arg) for arg in args]
        done = replace(expr, args=tuple(args))
        kind, findings = call_type(done)
        self.findings += findings
        return replace(done, type=kind)

    def alike(self, args: Sequence[Expr], beside: Type | None) -> list[Expr]:
        """Return arguments that are of one type, each read beside the first that means something by itself."""
        told = len(self.findings)
        steady = next((self.visit(arg).type for arg in args if not self.leans(arg)), beside)
        del self.findings[told:]
        return [self.visit(arg, steady) for arg in args]


def _unbounded(kind: Type) -> Type:
    match kind:
        case Number(unit=unit, whole=whole):
            return Number(unit, whole=whole)
        case Money(currency=currency):
            return Money(currency)
        case Duration(family=family):
            return Duration(family)
        case _:
            return kind
