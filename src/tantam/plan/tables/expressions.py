"""Reads expressions, conditions and results into trees; knows their grammar, not what their names mean.

Written by hand (docs/decisions/0006-expressions-by-hand.md); `docs/reference/grammar.md` is what it follows.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NoReturn

from tantam.plan.errors import Finding, Place
from tantam.plan.tables import nodes
from tantam.plan.tables.currencies import CURRENCIES, minor_digits
from tantam.plan.tables.findings import finding, unknown
from tantam.plan.tables.literals import (
    LONGEST_NUMBER,
    UNITS,
    date_of,
    is_unit,
    number_of,
    span_of,
    time_of,
    working_span,
)
from tantam.plan.tables.nodes import Expr, Literal, Name
from tantam.plan.tables.tokens import Sort, Token, cut
from tantam.plan.tables.types import Date, Duration, Money, Number, Text, Time, YesNo
from tantam.plan.tables.values import AT_ONCE, Amount, Span, plain_number

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
DEEPEST = 40


class _Stop(Exception):
    """The text cannot be read any further; carries why."""

    def __init__(self, why: Finding) -> None:
        self.why = why


def parse(text: str, place: Place) -> tuple[Expr | None, list[Finding]]:
    """Return the tree of an expression, or None and what cannot be read. place: of its first character."""
    return _read(text, place, lambda parser: parser.expression())


def parse_condition(text: str, place: Place, subject: Expr) -> tuple[Expr | None, list[Finding]]:
    """Return a grid's cell (`<= 7 days`, `not a, b`, `(0..5]`) as a condition on the subject."""
    return _read(text, place, lambda parser: parser.condition(subject))


def parse_result(text: str, place: Place) -> tuple[Expr | None, list[Finding]]:
    """Return a result cell: an expression, `low..high` or `every duration`."""
    return _read(text, place, lambda parser: parser.result())


def _read(text: str, place: Place, rule: Callable[[_Parser], Expr]) -> tuple[Expr | None, list[Finding]]:
    tokens, findings = cut(text, place)
    if findings:
        return None, findings
    parser = _Parser(tokens)
    try:
        tree = rule(parser)
        parser.finish()
    except _Stop as stop:
        return None, [stop.why]
    return tree, []


class _Parser:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.position]

    @property
    def place(self) -> Place:
        return self.now.place

    def next(self) -> Token:
        token = self.now
        self.position += token.sort is not Sort.END
        return token

    def sees(self, *texts: str) -> bool:
        return self.now.sort in (Sort.SIGN, Sort.NAME) and self.now.text in texts

    def takes(self, *texts: str) -> bool:
        found = self.sees(*texts)
        self.position += found
        return found

    def stop(self, code: str, token: Token, **args: str) -> NoReturn:
        raise _Stop(finding(code, token.place, got=token.text or "end", **args))

    def finish(self) -> None:
        if self.now.sort is not Sort.END:
            self.stop("T06", self.now)

    def close(self, bracket: str, opened: Token) -> None:
        if not self.takes(bracket):
            self.stop("T07", opened, allowed=bracket)

    # expr = both { "or" both }

    def expression(self) -> Expr:
        self.depth += 1
        if self.depth > DEEPEST:
            self.stop("T23", self.now, allowed=str(DEEPEST))
        parts = [self.both()]
        place = parts[0].place
        while self.takes("or"):
            parts.append(self.both())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else nodes.Either(tuple(parts), place)

    def both(self) -> Expr:
        parts = [self.negation()]
        while self.takes("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else nodes.Both(tuple(parts), parts[0].place)

    def negation(self) -> Expr:
        place, times = self.place, 0
        while self.takes("not"):
            times += 1
        inner = self.comparison()
        return nodes.Not(inner, place) if times % 2 else inner

    def comparison(self) -> Expr:
        left = self.sum()
        place = left.place
        if self.sees(*COMPARISONS):
            return nodes.Compare(self.next().text, left, self.sum(), place)
        negated = self.sees("not") and self.tokens[self.position + 1].text in ("in", "has")
        self.position += negated
        if self.takes("has"):
            test: Expr = nodes.Has(left, self.sum(), place)
        elif self.takes("in"):
            test = self.membership(left)
        else:
            return left
        return nodes.Not(test, place) if negated else test

    def membership(self, subject: Expr) -> Expr:
        """Read what follows `in`: a list in square brackets, or a range."""
        opened = self.now
        bracket = self.next().text if self.sees("(", "[") else ""
        low = None if self.sees("..") else self.sum()
        if self.takes(".."):
            return self.upper(subject, low, bracket, opened)
        if bracket != "[" or low is None:
            self.stop("T05", opened)
        members = [low]
        while self.takes(","):
            members.append(self.sum())
        self.close("]", opened)
        return nodes.Within(subject, tuple(members), subject.place)

    def interval(self, subject: Expr) -> nodes.Between | None:
        """Read `low..high` with its brackets, or go back to where it would have begun."""
        start, depth, opened = self.position, self.depth, self.now
        bracket = self.next().text if self.sees("(", "[") else ""
        try:
            low = None if self.sees("..") else self.sum()
        except _Stop:
            low = None
        if self.takes(".."):
            return self.upper(subject, low, bracket, opened)
        self.position, self.depth = start, depth
        return None

    def upper(self, subject: Expr, low: Expr | None, bracket: str, opened: Token) -> nodes.Between:
        """Read the rest of a range, after its `..`."""
        ends = self.now.sort is Sort.END or self.sees(")", "]", ",", "and", "or")
        high = None if ends else self.sum()
        high_open = False
        if bracket:
            if not self.sees(")", "]"):
                self.stop("T07", opened, allowed="]")
            high_open = self.next().text == ")"
        if low is None and high is None:
            self.stop("T05", opened)
        low = _with_unit_of(low, high)
        return nodes.Between(subject, low, high, bracket == "(", high_open, opened.place)

    # sum = prod { ( "+" | "-" ) prod }

    def sum(self) -> Expr:
        left = self.product()
        while self.sees("+", "-"):
            left = nodes.Arithmetic(self.next().text, left, self.product(), left.place)
        return left

    def product(self) -> Expr:
        left = self.unary()
        while self.sees("*", "/"):
            left = nodes.Arithmetic(self.next().text, left, self.unary(), left.place)
        return left

    def unary(self) -> Expr:
        place, times = self.place, 0
        while self.takes("-"):
            times += 1
        inner = self.atom()
        if times % 2 == 0:
            return inner
        negative = _negated(inner.value) if isinstance(inner, Literal) else None
        if isinstance(inner, Literal) and negative is not None:
            return Literal(negative, place, inner.type, inner.text)
        return nodes.Negative(inner, place)

    def atom(self) -> Expr:
        token = self.next()
        match token.sort:
            case Sort.NUMBER:
                return self.quantity(token)
            case Sort.DATE:
                day = date_of(token.text)
                return Literal(day, token.place, Date()) if day else self.stop("T27", token)
            case Sort.TIME:
                clock = time_of(token.text)
                return Literal(clock, token.place, Time()) if clock is not None else self.stop("T27", token)
            case Sort.QUOTED:
                return Literal(token.text, token.place, Text())
            case Sort.NAME:
                return self.word(token)
            case Sort.SIGN if token.text == "(":
                inner = self.expression()
                self.close(")", token)
                return inner
            case Sort.END:
                self.stop("T46", token)
            case _:
                self.stop("T05", token)

    def word(self, token: Token) -> Expr:
        if token.text in ("yes", "no"):
            return Literal(token.text == "yes", token.place, YesNo())
        if token.text == "at" and self.takes("once"):
            return Literal(AT_ONCE, token.place, Duration(AT_ONCE.family))
        if token.text in nodes.RESERVED and not (token.text == "every" and self.sees("(")):
            self.stop("T32", token)
        if self.sees("("):
            return self.call(token)
        path = [token.text]
        while self.sees(".") and self.tokens[self.position + 1].sort is Sort.NAME:
            self.next()
            path.append(self.next().text)
        return Name(tuple(path), token.place)

    def call(self, name: Token) -> Expr:
        if name.text not in nodes.FUNCTIONS:
            raise _Stop(unknown("T13", name.place, name.text, sorted(nodes.FUNCTIONS)))
        opened = self.next()
        args: list[Expr] = []
        if not self.sees(")"):
            args.append(self.expression())
            while self.takes(","):
                args.append(self.expression())
        self.close(")", opened)
        return nodes.Call(name.text, tuple(args), name.place)

    # number [ unit | currency | "%" ]

    def number(self, token: Token) -> int | Fraction:
        if len(token.text) > LONGEST_NUMBER:
            got = token.text[:LONGEST_NUMBER] + "…"
            raise _Stop(finding("T52", token.place, got=got, allowed=str(LONGEST_NUMBER)))
        return number_of(token.text)

    def quantity(self, token: Token) -> Literal:
        count = self.number(token)
        if self.takes("%"):
            return Literal(_shrunk(count, 100), token.place, Number(), "%")
        word = self.now
        if word.sort is not Sort.NAME or word.text in nodes.RESERVED:
            return Literal(count, token.place, Number())
        if word.text == "working" or is_unit(word.text):
            return self.duration(token, count)
        self.next()
        if word.text.isascii() and word.text.isupper() and len(word.text) == 3:
            return self.money(token, count, word)
        if word.place.column == token.place.column + len(token.text):
            self.stop("T31", token, word=token.text + word.text)
        return Literal(count, token.place, Number(unit=word.text), word.text)

    def money(self, token: Token, count: int | Fraction, word: Token) -> Literal:
        if word.text not in CURRENCIES:
            raise _Stop(unknown("T11", word.place, word.text, sorted(CURRENCIES)))
        amount = Amount.of(count, word.text)
        if amount.major != count:
            self.stop("T33", token, allowed=str(minor_digits(word.text)), currency=word.text)
        return Literal(amount, token.place, Money(word.text), word.text)

    def duration(self, token: Token, count: int | Fraction) -> Literal:
        """Read a span; further parts of the same family are added: `1 h 30 min`."""
        unit = self.now.text
        total = self.span_part(token, count)
        while self.now.sort is Sort.NUMBER and self.tokens[self.position + 1].sort is Sort.NAME:
            start = self.position
            more = self.next()
            if not (self.sees("working") or is_unit(self.now.text)):
                self.position = start
                break
            part = self.span_part(more, self.number(more))
            if part.family is not total.family:
                self.stop("T09", more, left=str(total), right=str(part))
            total += part
        return Literal(total, token.place, Duration(total.family), unit)

    def span_part(self, token: Token, count: int | Fraction) -> Span:
        unit = self.next()
        if unit.text == "working":
            if not self.takes("day", "days"):
                raise _Stop(unknown("T12", unit.place, f"working {self.now.text}".strip(), UNITS))
            span = working_span(count)
        else:
            span = span_of(count, unit.text)
        if span is None:
            self.stop("T34", token, unit=unit.text)
        return span

    # cell = "-" | [ "not" ] test { "," test }

    def condition(self, subject: Expr) -> Expr:
        place, negated = self.place, self.takes("not")
        wrapped = self.now if negated and self.sees("(") and self.wraps_all() else None
        if wrapped:
            self.next()
        tests = [self.test(subject)]
        while self.takes(","):
            tests.append(self.test(subject))
        if wrapped:
            self.close(")", wrapped)
        whole = tests[0] if len(tests) == 1 else nodes.Either(tuple(tests), place)
        return nodes.Not(whole, place) if negated else whole

    def wraps_all(self) -> bool:
        """Return whether the bracket here closes at the end of the cell, and no `..` stands directly in it."""
        depth = 0
        for index in range(self.position, len(self.tokens)):
            token = self.tokens[index]
            if token.sort is Sort.SIGN:
                depth += (token.text in "([") - (token.text in ")]")
            if not depth:
                interval = any(each.text == ".." for each in self.tokens[self.position : index])
                commas = any(each.text == "," for each in self.tokens[self.position : index])
                return self.tokens[index + 1].sort is Sort.END and (commas or not interval)
        return False

    def test(self, subject: Expr) -> Expr:
        place = self.place
        if self.sees(*COMPARISONS):
            return nodes.Compare(self.next().text, subject, self.sum(), place)
        if self.takes("has"):
            return nodes.Has(subject, self.sum(), place)
        if self.takes("in"):
            return self.membership(subject)
        interval = self.interval(subject)
        if interval is not None:
            return interval
        if self.sees("["):
            return self.membership(subject)
        return nodes.Within(subject, (self.sum(),), place)

    # out = expr | range | "every" duration

    def result(self) -> Expr:
        place = self.place
        if self.sees("every") and self.tokens[self.position + 1].text != "(":
            self.next()
            return nodes.Repeat(self.sum(), place)
        between = self.interval(Literal(True, place, YesNo()))
        if between is not None:
            return nodes.Bounds(between.low, between.high, place)
        return self.expression()


def _negated(value: object) -> int | Fraction | Amount | Span | None:
    """Return the negative of what has one, else None."""
    if isinstance(value, bool):
        return None
    return -value if isinstance(value, int | Fraction | Amount | Span) else None


def _shrunk(count: int | Fraction, by: int) -> int | Fraction:
    return plain_number(Fraction(count) / by)


def _with_unit_of(low: Expr | None, high: Expr | None) -> Expr | None:
    """Give a bare number the unit of the other bound: `5..7 working days`, `10..20 EUR`."""
    if not (isinstance(low, Literal) and isinstance(high, Literal)) or low.text or not high.text:
        return low
    count = low.value
    if isinstance(count, bool) or not isinstance(count, int | Fraction):
        return low
    value: Amount | Span | int | Fraction | None
    if high.text == "%":
        value = _shrunk(count, 100)
    elif isinstance(high.value, Amount):
        value = Amount.of(count, high.value.currency)
    elif isinstance(high.value, Span):
        value = working_span(count) if high.text == "working" else span_of(count, high.text)
    else:
        value = count
    return low if value is None else Literal(value, low.place, high.type, high.text)
