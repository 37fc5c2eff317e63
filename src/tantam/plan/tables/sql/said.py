"""Checked expressions as SQL over columns of facts; an unknown fact is NULL. What SQL cannot say exactly is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

from sqlglot import exp

from tantam.plan.tables import nodes
from tantam.plan.tables.cells import value_at
from tantam.plan.tables.form import Table
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.scope import Scope, Term
from tantam.plan.tables.sql import dialects, parts
from tantam.plan.tables.sql.dialects import Dialect, Sql, null
from tantam.plan.tables.sql.parts import Part, grouped
from tantam.plan.tables.types import Date, Duration, Moment, Money, Number, SomeOf, Type
from tantam.plan.tables.values import Amount, Key, Span, minor_digits, order_key

COUNTED = (Number, Money, Duration)
STANDS_BESIDE = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.In)  # `and`, `or` without brackets


class CannotSay(Exception):
    """An expression that SQL cannot say exactly. why: the key of a sentence. what: the words at fault."""

    def __init__(self, why: str, what: str) -> None:
        self.why, self.what = why, what
        super().__init__(f"{why}: {what}")


class Said:
    """Says the expressions of one scope in one dialect."""

    def __init__(self, scope: Scope, dialect: Dialect) -> None:
        self.scope = scope
        self.dialect = dialect

    # What a table tests

    def value(self, expr: Expr) -> Sql:
        """Return the value of an expression: of the kind that dialects.kind_of says. Raises CannotSay."""
        if isinstance(expr.type, COUNTED) and not isinstance(expr, nodes.Fact):
            flat = parts.exactly(self.part(expr))
            if flat is None:
                raise CannotSay("sql_quotient", _shown(expr))
            return flat
        match expr:
            case nodes.Literal(value=value):
                return self.literal(value)
            case nodes.Fact(path=path):
                return self.fact(path, expr.type)
            case nodes.Not(operand=operand):
                return exp.Not(this=grouped(self.value(operand)))
            case nodes.Both(parts=some):
                return self.joined([self.value(each) for each in some], exp.And)
            case nodes.Either(parts=some):
                return self.joined([self.value(each) for each in some], exp.Or)
            case nodes.Compare(op=op, left=left, right=right):
                return self.compared(op, left, right)
            case nodes.Within(subject=subject, members=members):
                return self.within(subject, members)
            case nodes.Between():
                return self.between(expr)
            case nodes.Has(subject=subject, value=value):
                return dialects.contains(self.value(subject), self.value(value), self.dialect)
            case nodes.Arithmetic(op=op, left=left, right=right):
                return self.moved(op, left, right)
            case nodes.Call():
                return self.call(expr)
            case _:
                raise CannotSay("sql_list", _shown(expr))

    def literal(self, value: Any) -> Sql:
        """Return a value as written. Raises CannotSay for months and sets."""
        match value:
            case bool():
                return exp.Boolean(this=value)
            case str():
                return exp.Literal.string(value)
            case Span(months=months) if months:
                raise CannotSay("sql_months", str(value))
            case datetime():
                return dialects.moment(value.astimezone(UTC), self.dialect)
            case date():
                return exp.Cast(this=exp.Literal.string(value.isoformat()), to=exp.DataType.build("DATE"))
            case int() | Fraction() | Amount() | Span() | time():
                found = parts.decimal(Fraction(order_key(value)))
                if found is not None:
                    return found
        raise CannotSay("sql_value", str(value))

    def beside(self, op: str, expr: Expr, key: Key) -> Sql:
        """Return how the expression compares with a place in the order of its type. Raises CannotSay."""
        if isinstance(expr.type, COUNTED):
            return parts.compared(op, self.part(expr), parts.of(key))
        place = self.literal(value_at(key, expr.type) if isinstance(expr.type, Date | Moment) else key)
        return parts.COMPARED[op](this=grouped(self.value(expr)), expression=grouped(place))

    def unknown(self, expr: Expr) -> Sql:
        """Return whether the expression has no value in a case. Raises CannotSay."""
        if not isinstance(expr.type, COUNTED):
            return dialects.is_null(grouped(self.value(expr)))
        part = self.part(expr)
        return dialects.is_null(grouped(part.top if part.by is None else parts.compared("=", part, parts.of(0))))

    def fact(self, path: Sequence[str], kind: Type) -> Sql:
        """Return a term: its column, what works it out, or its default. Raises CannotSay."""
        term = self.scope.terms.get(path[0])
        if term is None or not dialects.kind_of(kind, self.dialect):
            raise CannotSay("sql_list", ".".join(path))
        if isinstance(kind, Duration) and kind.family is None:
            raise CannotSay("sql_families", path[0])
        if term.computed is not None and len(path) == 1:
            found = self.value(term.computed)
        elif term.table is not None:
            found = self.decided(term)
        else:
            found = dialects.column(".".join(path))
        if term.default is None or len(path) > 1:
            return found
        return exp.Coalesce(this=found, expressions=[self.literal(term.default)])

    def decided(self, term: Term) -> Sql:
        """Return the term that a table decides. Raises CannotSay."""
        table = term.table
        assert table is not None
        if not table.hit.single:
            raise CannotSay("sql_gathered", term.name)
        case, rest = exp.Case(), null()
        for row in table.rows:
            out = row.outputs.get(term.name)
            result = self.value(out.expr) if out else null()
            if row.otherwise:
                rest = result
                continue
            holds = self.row(table, row.index)
            case = case.when(holds, result, copy=False).when(dialects.is_null(grouped(holds)), exp.Null(), copy=False)
        return case.else_(rest, copy=False) if case.args.get("ifs") else rest

    def row(self, table: Table, index: int) -> Sql:
        """Return whether the conditions of the row with that number hold. Raises CannotSay."""
        row = next(each for each in table.rows if each.index == index)
        return self.joined([self.value(each.expr) for each in row.conditions if each], exp.And)

    # Parts

    def joined(self, found: Sequence[Sql], kind: type[exp.And] | type[exp.Or]) -> Sql:
        """Return `or` or `and` of all; of none what decides nothing."""
        if not found:
            return exp.Boolean(this=kind is exp.And)
        if len(found) == 1:
            return found[0]
        joined, *more = (each.copy() if isinstance(each, STANDS_BESIDE) else grouped(each) for each in found)
        for each in more:
            joined = kind(this=joined, expression=each)
        return joined

    def compared(self, op: str, left: Expr, right: Expr) -> Sql:
        if isinstance(left.type, SomeOf) or isinstance(right.type, SomeOf):
            raise CannotSay("sql_sets", _shown(left))
        if isinstance(left.type, COUNTED):
            one, two = self.part(left), self.part(right)
            if one.by is not None and two.by is not None:
                raise CannotSay("sql_quotient", _shown(right))
            return parts.compared(op, one, two)
        return parts.COMPARED[op](this=grouped(self.value(left)), expression=grouped(self.value(right)))

    def within(self, subject: Expr, members: Sequence[Expr]) -> Sql:
        if isinstance(subject.type, SomeOf):
            given = self.value(subject)
            some = [dialects.contains(given.copy(), self.value(each), self.dialect) for each in members]
            return self.joined(some, exp.Or)
        if isinstance(subject.type, COUNTED) or len(members) == 1:
            return self.joined([self.compared("=", subject, each) for each in members], exp.Or)
        return exp.In(this=grouped(self.value(subject)), expressions=[self.value(each) for each in members])

    def between(self, expr: nodes.Between) -> Sql:
        tests = []
        if expr.low is not None:
            tests.append(self.compared(">" if expr.low_open else ">=", expr.subject, expr.low))
        if expr.high is not None:
            tests.append(self.compared("<" if expr.high_open else "<=", expr.subject, expr.high))
        return self.joined(tests, exp.And)

    def moved(self, op: str, left: Expr, right: Expr) -> Sql:
        """Return a day or moment that lies a span before or after another."""
        if op == "+" and isinstance(left.type, Duration):
            left, right = right, left
        span = self.value(right)
        span = exp.Neg(this=grouped(span)) if op == "-" else span
        later = dialects.days_later if isinstance(left.type, Date) else dialects.seconds_later
        return later(grouped(self.value(left)), span, self.dialect)

    def call(self, call: nodes.Call) -> Sql:
        match call.name:
            case "known":
                return exp.Not(this=dialects.is_null(grouped(self.value(call.args[0]))))
            case "if":
                asked, yes, no = (self.value(each) for each in call.args)
                return exp.Case().when(asked, yes, copy=False).when(exp.Not(this=grouped(asked)), no, copy=False)
            case "min" | "max":
                return self.extreme(call)
            case "deadline":
                raise CannotSay("sql_deadline", _shown(call))
            case _:
                raise CannotSay("sql_list", call.name)

    def extreme(self, call: nodes.Call) -> Sql:
        """Return the least or greatest, unknown as soon as one is."""
        found = [self.value(each) for each in call.args]
        name = "LEAST" if call.name == "min" else "GREATEST"
        known = [exp.Not(this=dialects.is_null(grouped(each))) for each in found]
        return exp.Case().when(self.joined(known, exp.And), exp.Anonymous(this=name, expressions=found), copy=False)

    # Numbers, money, durations

    def part(self, expr: Expr) -> Part:
        """Return a number, money in minor units or a duration in its family's unit, exactly. Raises CannotSay."""
        match expr:
            case nodes.Literal(value=Span(months=months)) if months:
                raise CannotSay("sql_months", str(expr.value))
            case nodes.Literal(value=value):
                return parts.of(order_key(value))
            case nodes.Fact(path=(name,)) if (computed := self._computed(name)) is not None:
                return self.part(computed)
            case nodes.Fact(path=path):
                return Part(self.fact(path, expr.type), whole=_is_whole(expr.type))
            case nodes.Negative(operand=operand):
                return parts.negative(self.part(operand))
            case nodes.Arithmetic():
                return self.arithmetic(expr)
            case nodes.Call():
                return self.counted(expr)
            case _:
                raise CannotSay("sql_list", _shown(expr))

    def _computed(self, name: str) -> Expr | None:
        term = self.scope.terms.get(name)
        return term.computed if term is not None and term.default is None else None

    def arithmetic(self, expr: nodes.Arithmetic) -> Part:
        op, left, right = expr.op, expr.left, expr.right
        if isinstance(left.type, Date):
            days = dialects.days_between(self.value(left), self.value(right), self.dialect)
            return Part(days, whole=True)
        if isinstance(left.type, Moment):
            return Part(self._seconds(left, right), whole=True)
        one, two = self._plain(left), self._plain(right)
        if op in "+-":
            return parts.added(one, two, exp.Sub if op == "-" else exp.Add)
        if op == "/":
            return self.quotient(expr, one, two)
        exact = (one.whole and two.whole) or one.constant is not None or two.constant is not None
        if not exact and isinstance(expr.type, Number):
            raise CannotSay("sql_product", _shown(expr))
        return self._rounded(parts.multiplied(one, two), expr)

    def quotient(self, expr: nodes.Arithmetic, one: Part, two: Part) -> Part:
        """Return left / right; by a fact only where the quotient is compared, which needs no dividing."""
        if two.constant is not None:
            if not two.constant:
                raise CannotSay("sql_zero", _shown(expr))
            return self._rounded(parts.multiplied(one, parts.of(1 / two.constant)), expr)
        if not isinstance(expr.type, Number):
            raise CannotSay("sql_quotient", _shown(expr))
        return Part(parts.times(one.top, two.below), one.below, one.whole, by=two.top)

    def _rounded(self, part: Part, expr: nodes.Arithmetic) -> Part:
        """Return money and time rounded to whole units, as each multiplication of them is; numbers as they are."""
        if isinstance(expr.type, Number):
            return part
        if part.whole:
            return Part(parts.whole_of(part, self.dialect), whole=True)
        if part.below != 1:
            raise CannotSay("sql_quotient", _shown(expr))
        nearest = dialects.rounded(part.top, 0, self.dialect)
        return Part(exp.Cast(this=nearest, to=exp.DataType.build("BIGINT")), whole=True)

    def counted(self, call: nodes.Call) -> Part:
        match call.name:
            case "count" if isinstance(call.args[0].type, SomeOf):
                return Part(dialects.size(self.value(call.args[0]), self.dialect), whole=True)
            case "abs":
                part = self._plain(call.args[0])
                return Part(exp.Anonymous(this="ABS", expressions=[part.top]), part.below, part.whole)
            case "round":
                return self.round(call)
            case _:
                return Part(self.call(call), whole=_is_whole(call.type))

    def round(self, call: nodes.Call) -> Part:
        digits = call.args[1].value if len(call.args) == 2 and isinstance(call.args[1], nodes.Literal) else 0
        assert isinstance(digits, int)
        part, kind = self._plain(call.args[0]), call.args[0].type
        digits -= minor_digits(kind.currency) if isinstance(kind, Money) else 0
        if not part.whole:
            if part.below != 1:
                raise CannotSay("sql_quotient", _shown(call))
            return Part(dialects.rounded(part.top, digits, self.dialect))
        if digits >= 0:
            scaled = Part(parts.times(part.top, 10**digits), part.below, whole=True)
            return Part(parts.whole_of(scaled, self.dialect), 10**digits, whole=True)
        whole = parts.whole_of(Part(part.top, part.below * 10**-digits, whole=True), self.dialect)
        return Part(parts.times(whole, 10**-digits), whole=True)

    def _plain(self, expr: Expr) -> Part:
        part = self.part(expr)
        if part.by is not None:
            raise CannotSay("sql_quotient", _shown(expr))
        return part

    def _seconds(self, later: Expr, earlier: Expr) -> Sql:
        """Return the whole seconds from one moment to another, rounded down."""
        micro = dialects.microseconds_between(self.value(later), self.value(earlier), self.dialect)
        up = dialects.divided(micro.copy(), 1_000_000, self.dialect)
        below = exp.Add(this=exp.Neg(this=grouped(micro)), expression=dialects.number(999_999))
        down = exp.Neg(this=dialects.divided(below, 1_000_000, self.dialect))
        zero = exp.Literal.number(0)
        above = exp.GTE(this=grouped(micro), expression=zero)
        return (
            exp.Case()
            .when(above, up, copy=False)
            .when(exp.LT(this=grouped(micro), expression=zero.copy()), down, copy=False)
        )


def _is_whole(kind: Type) -> bool:
    return kind.whole if isinstance(kind, Number) else True


def _shown(expr: Expr) -> str:
    """Return the terms that an expression speaks of, or what kind of expression it is."""
    return ", ".join(nodes.terms_in(expr)) or type(expr).__name__.lower()
