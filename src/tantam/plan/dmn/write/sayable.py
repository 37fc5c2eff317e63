"""A plan's typed expressions as FEEL text, and its values as FEEL literals; what FEEL cannot say is refused.

Money is its number of major units, calendar days and working days are whole numbers, exact durations are durations.
A month counts 30.436875 days among calendar days, as everywhere where no day is known from which to count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from tantam.plan.dmn.feel.tokens import KEYWORDS
from tantam.plan.tables import nodes
from tantam.plan.tables.currencies import minor_digits
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.types import Date, Duration, Money, SomeOf
from tantam.plan.tables.values import Amount, Every, Family, Range, Span, number_text

DAY = 86_400
CALLED = frozenset(["date", "time", "duration", "sum", "min", "max", "count", "abs", "append", "not"])  # written below
FOLDS = {"sum": "sum", "smallest": "min", "largest": "max"}


class CannotSay(Exception):
    """What FEEL has no words for. what: as the plan writes it."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def feel_name(name: str) -> str:
    """Return the name of a term in FEEL: its own, unless FEEL means something else by it."""
    return f"{name}_" if name in KEYWORDS or name in CALLED else name


def literal(value: Any) -> str:
    """Return a value as FEEL writes it. Raises CannotSay."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | Fraction():
            return _number(value)
        case Amount(major=major):
            return _number(major)
        case Span():
            return _span(value)
        case Range() | Every():
            return text(str(value))
        case str():
            return text(value)
        case datetime():
            return f"date and time({text(value.isoformat())})"
        case date():
            return f"date({text(value.isoformat())})"
        case time():
            return f"time({text(value.isoformat())})"
        case frozenset():
            return f"[{', '.join(map(literal, sorted(value)))}]"
        case tuple() | list():
            return f"[{', '.join(map(literal, value))}]"
        case Mapping():
            return f"{{{', '.join(f'{feel_name(name)}: {literal(each)}' for name, each in value.items())}}}"
    raise CannotSay(str(value))


def text(words: str) -> str:
    """Return the words as a FEEL string."""
    return json.dumps(words, ensure_ascii=False)


def _number(value: int | Fraction) -> str:
    if isinstance(value, int):
        return str(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return f"({value.numerator} / {value.denominator})" if rest != 1 else number_text(value, 30)


def _span(value: Span) -> str:
    if value.family is Family.EXACT:
        sign, seconds = ("-", -value.amount) if value.amount < 0 else ("", value.amount)
        return f'duration("{sign}PT{seconds}S")'
    return str(value.key)


class Sayer:
    """Says expressions of one scope, depth by depth of the lists that they walk."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def said(self, expr: Expr, depth: int = 0) -> str:
        """Return the expression. depth: how many lists are being walked around it. Raises CannotSay."""
        match expr:
            case nodes.Literal(value=value):
                return literal(value)
            case nodes.Fact(path=path):
                return self._fact(path)
            case nodes.Element(depth=up, path=path):
                return ".".join([_variable(depth - 1 - up), *map(feel_name, path)])
            case nodes.Not(operand=operand):
                return f"not({self.said(operand, depth)})"
            case nodes.Negative(operand=operand):
                return f"-({self.said(operand, depth)})"
            case nodes.Both(parts=parts) | nodes.Either(parts=parts):
                op = " and " if isinstance(expr, nodes.Both) else " or "
                return f"({op.join(self.said(each, depth) for each in parts)})"
            case nodes.Compare(op=op, left=left, right=right):
                return f"({self.said(left, depth)} {op} {self.said(right, depth)})"
            case nodes.Arithmetic():
                return self._arithmetic(expr, depth)
            case nodes.Call():
                return self._call(expr, depth)
            case nodes.Bounds() | nodes.Repeat() | nodes.Name():
                raise CannotSay(type(expr).__name__)
        return self._membership(expr, depth)

    def _fact(self, path: tuple[str, ...]) -> str:
        term = self.scope.terms.get(path[0])
        name = feel_name(path[0])
        if term is not None and term.default is not None:
            name = f"(if {name} = null then {literal(term.default)} else {name})"
        return ".".join([name, *map(feel_name, path[1:])])

    def _membership(self, expr: nodes.Within | nodes.Between | nodes.Has, depth: int) -> str:
        subject = self.said(expr.subject, depth)
        match expr:
            case nodes.Has(value=value):
                return f"list contains({subject}, {self.said(value, depth)})"
            case nodes.Within(members=members) if isinstance(expr.subject.type, SomeOf):
                found = [f"list contains({subject}, {self.said(each, depth)})" for each in members]
                return f"({' or '.join(found)})"
            case nodes.Within(members=members):
                return f"({subject} in ({', '.join(self.said(each, depth) for each in members)}))"
            case nodes.Between(low=low, high=high):
                parts = []
                if low is not None:
                    parts.append(f"{subject} {'>' if expr.low_open else '>='} {self.said(low, depth)}")
                if high is not None:
                    parts.append(f"{subject} {'<' if expr.high_open else '<='} {self.said(high, depth)}")
                return f"({' and '.join(parts) or 'true'})"

    def _arithmetic(self, expr: nodes.Arithmetic, depth: int) -> str:
        left, right = self.said(expr.left, depth), self.said(expr.right, depth)
        days = isinstance(expr.type, Duration) and expr.type.family is not Family.EXACT
        if isinstance(expr.left.type, Date) and isinstance(expr.right.type, Date):
            return f'(({left} - {right}) / duration("P1D"))'
        if isinstance(expr.left.type, Date):
            return self._moved(expr, left, right)
        if isinstance(expr.right.type, Date) or (days and expr.op in "*/"):
            raise CannotSay(expr.op)
        made = f"({left} {expr.op} {right})"
        if isinstance(expr.type, Money) and expr.op in "*/":
            return f"round half up{made[:-1]}, {minor_digits(expr.type.currency)})"
        return made

    def _moved(self, expr: nodes.Arithmetic, day: str, span: str) -> str:
        """Return a day so much later or earlier; months as written go by the calendar."""
        kind = expr.right.type
        if not isinstance(kind, Duration) or kind.family is not Family.CALENDAR:
            raise CannotSay(f"{day} {expr.op} {span}")
        match expr.right:
            case nodes.Literal(value=Span(months=months, amount=days)) if months:
                rest = f' {expr.op} duration("P{days}D")' if days else ""
                return f'({day} {expr.op} duration("P{months}M"){rest})'
        return f'({day} {expr.op} duration("P1D") * {span})'

    def _call(self, call: nodes.Call, depth: int) -> str:
        if call.name in nodes.LIST_FUNCTIONS:
            return self._over_list(call, depth)
        args = [self.said(each, depth) for each in call.args]
        match call.name:
            case "min" | "max":
                return f"{call.name}({', '.join(args)})"
            case "abs":
                return f"abs({args[0]})"
            case "round":
                return f"round half up({args[0]}, {args[1] if len(args) > 1 else '0'})"
            case "if":
                return f"(if {args[0]} then {args[1]} else {args[2]})"
            case "known":
                return f"({args[0]} != null)"
        raise CannotSay(call.name)

    def _over_list(self, call: nodes.Call, depth: int) -> str:
        listed = self.said(call.args[0], depth)
        if len(call.args) == 1:
            return f"count({listed})"
        variable, inner = _variable(depth), self.said(call.args[1], depth + 1)
        if call.name in ("some", "every"):
            return f"({call.name} {variable} in {listed} satisfies {inner})"
        if call.name == "count":
            return f"sum(append(for {variable} in {listed} return (if {inner} then 1 else 0), 0))"
        walked = f"for {variable} in {listed} return {inner}"
        if call.name == "distinct":
            return f"count(distinct values({walked}))"
        if call.name != "sum":
            return f"{FOLDS[call.name]}({walked})"
        exact = isinstance(call.type, Duration) and call.type.family is Family.EXACT
        nothing = literal(Span(Family.EXACT)) if exact else "0"
        return f"sum(append({walked}, {nothing}))"


def _variable(depth: int) -> str:
    return f"each{depth + 1}"
