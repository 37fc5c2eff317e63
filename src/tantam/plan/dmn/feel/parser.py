"""Reads FEEL expressions and unary tests by recursive descent; depth and length are bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal, DecimalException

from tantam.plan.dmn.feel import syntax
from tantam.plan.dmn.feel.cursor import Cursor
from tantam.plan.dmn.feel.functions import BUILTINS
from tantam.plan.dmn.feel.names import MEMBERS, Names
from tantam.plan.dmn.feel.syntax import Node, Tests
from tantam.plan.dmn.feel.temporal import temporal_of
from tantam.plan.dmn.feel.tokens import KEYWORDS, Kind, Token, joined, unquoted
from tantam.plan.dmn.feel.trouble import Trouble
from tantam.plan.dmn.feel.type_names import read_type, type_asked
from tantam.plan.dmn.feel.values import DECIMALS
from tantam.plan.nearest import nearest
from tantam.plan.words import Key

MOST_RETRIES = 200  # places where only reading on shows what a bracket is
LONGEST_ROW = 400  # of paths and filters behind each other
COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
NAME_SIGNS = ("-", "'", "/", "+", "*", ".")  # that a name may hold besides letters
BUILT_IN = Names(BUILTINS)


def read_expression(
    text: str, names: Names, members: Names | None = None, *, doubts: list[Trouble] | None = None
) -> Node:
    """Return the expression. names: what it may use; members: what may stand behind a point. Raises Trouble.

    doubts: takes the names that nothing declares; they are null."""
    parser = Parser(text, names, members, doubts)
    node = parser.expression()
    parser.end()
    return node


def read_tests(text: str, names: Names, members: Names | None = None, *, doubts: list[Trouble] | None = None) -> Tests:
    """Return the unary tests of a cell, as `read_expression`. Raises Trouble."""
    parser = Parser(text, Names(("?",), names), members, doubts)
    tests = parser.unary_tests()
    parser.end()
    return tests


class Parser(Cursor):
    """One text while it is read."""

    def __init__(self, text: str, names: Names, members: Names | None, doubts: list[Trouble] | None) -> None:
        super().__init__(text)
        self.names = names
        self.members = members or Names(MEMBERS)
        self.doubts = [] if doubts is None else doubts
        self.retries = 0
        self.intervals = 0  # ends of intervals being read
        self.filters = 0  # within a filter a name may be that of an element's entry, which only the run knows

    @contextmanager
    def knowing(self, *names: str) -> Iterator[Names]:
        """Read on in an inner scope."""
        outer, self.names = self.names, Names(names, self.names)
        try:
            yield self.names
        finally:
            self.names = outer

    # Unary tests

    def unary_tests(self) -> Tests:
        """Read the tests of a cell: `-`, a list, or `not` of a list."""
        if self.is_("-") and self.tokens[self.at + 1].kind is Kind.END:
            self.at += 1
            return Tests((), any=True)
        if self.is_("not") and self.is_("(", ahead=1):
            before = self.at
            self.at += 2
            tests = self.positive_tests()
            self.expect(")")
            if self.now.kind is Kind.END:
                return Tests(tests, negated=True)
            self.at = before  # `not(a) and b` is an expression
        return Tests(self.positive_tests())

    def positive_tests(self) -> tuple[syntax.Against | Node, ...]:
        """Read one or several tests with commas between."""
        found = [self.positive_test()]
        while self.take(","):
            found.append(self.positive_test())
        return tuple(found)

    def positive_test(self) -> syntax.Against | Node:
        with self.deeper():
            if op := self.take(*COMPARISONS):
                return syntax.Against(op, self.sum())
            return self.expression()

    # Expressions, by rank

    def expression(self) -> Node:
        """Read any expression."""
        with self.deeper():
            named = self.names.match(self.tokens, self.at)[1] > 1  # a name may begin with a keyword: `for whom`
            match self.now.text if self.now.kind is Kind.NAME and not named else "":
                case "for":
                    return self.for_()
                case "if":
                    return self.if_()
                case "some" | "every":
                    return self.quantified()
                case "function" if self.is_("(", ahead=1):
                    return self.function()
            return self.logic("or", lambda: self.logic("and", self.comparison))

    def logic(self, op: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self.take(op):
            parts.append(part())
        return parts[0] if len(parts) == 1 else syntax.Logic(op, tuple(parts))

    def comparison(self) -> Node:
        left = self.sum()
        for _ in range(LONGEST_ROW):
            if op := self.take(*COMPARISONS):
                left = syntax.Comparison(op, left, self.sum())
            elif self.take("between"):
                low = self.sum()
                self.expect("and")
                left = syntax.Between(left, low, self.sum())
            elif self.take("in"):
                left = syntax.In(left, self.tests_behind_in())
            else:
                return left
        raise Trouble("D04", self.now.at, limit=LONGEST_ROW)

    def tests_behind_in(self) -> Tests:
        """Read `(a, b)`, an interval, `< 5` or an expression."""
        if self.is_("(") and (tests := self.tests_in_brackets()):
            return Tests(tests)
        if op := self.take(*COMPARISONS):
            return Tests((syntax.Against(op, self.sum()),))
        return Tests((self.sum(),))

    def tests_in_brackets(self) -> tuple[syntax.Against | Node, ...]:
        """Read `(a, < 5)`; () where the bracket begins an interval or an expression, and stay."""
        before, doubts = self.at, len(self.doubts)
        self.at += 1
        try:
            with self.knowing("?"):
                tests = self.positive_tests()
            if self.take(")"):
                return tests
        except Trouble as trouble:
            if trouble.code in ("D04", "D08"):
                raise
        self.retries += 1
        if self.retries > MOST_RETRIES:
            raise Trouble("D04", self.now.at, limit=MOST_RETRIES)
        self.at = before
        del self.doubts[doubts:]
        return ()

    def sum(self) -> Node:
        return self.chain(("+", "-"), lambda: self.chain(("*", "/"), lambda: self.chain(("**",), self.negative)))

    def chain(self, ops: tuple[str, ...], part: Callable[[], Node]) -> Node:
        first, rest = part(), []
        while op := self.take(*ops):
            rest.append((op, part()))
        return syntax.Chain(first, tuple(rest)) if rest else first

    def negative(self) -> Node:
        signs = 0
        while self.take("-"):
            signs += 1
        operand = self.instance()
        if signs and isinstance(operand, syntax.Const) and isinstance(operand.value, Decimal):
            return syntax.Const(-operand.value if signs % 2 else operand.value)
        return syntax.Negative(operand) if signs % 2 else operand

    def instance(self) -> Node:
        node = self.postfix()
        if self.is_("instance") and self.is_("of", ahead=1):
            self.at += 2
            return syntax.InstanceOf(node, type_asked(self))
        return node

    def postfix(self) -> Node:
        node = self.primary()
        for _ in range(LONGEST_ROW):
            if self.take("."):
                node = syntax.Member(node, self.member())
            elif self.is_("[") and not self.closes_interval():
                node = self.filter(node)
            elif self.is_("("):
                node = self.call(node)
            else:
                return node
        raise Trouble("D04", self.now.at, limit=LONGEST_ROW)

    def closes_interval(self) -> bool:
        """Return whether this `[` ends an interval such as `[1..5[` instead of beginning a filter."""
        if not self.intervals:
            return False
        depth = 0
        for position in range(self.at, len(self.tokens)):
            token = self.tokens[position]
            if token.kind is Kind.SYMBOL:
                depth += (token.text in "[(") - (token.text in "])")
                if depth == 0:
                    return self.tokens[position + 1].text not in ("]", ")", "[")
        return True

    def filter(self, subject: Node) -> Node:
        self.expect("[")
        intervals, self.intervals = self.intervals, 0
        self.filters += 1
        with self.knowing("item"):
            condition = self.expression()
        self.filters -= 1
        self.intervals = intervals
        self.expect("]")
        return syntax.Filter(subject, condition)

    def call(self, function: Node) -> Node:
        self.expect("(")
        intervals, self.intervals = self.intervals, 0
        names, args = [], []
        while not self.is_(")"):
            if name := self.argument_name():
                names.append(name)
            args.append(self.expression())
            if not self.take(","):
                break
        self.expect(")")
        self.intervals = intervals
        if names and len(names) != len(args):
            raise self.unexpected("name: value")
        return syntax.Call(function, tuple(args), tuple(names) if names else None)

    def argument_name(self) -> str:
        """Read `name:` in front of an argument, "" if there is none."""
        end = self.at
        while self.tokens[end].kind in (Kind.NAME, Kind.NUMBER) or self.tokens[end].text in NAME_SIGNS:
            end += 1
        if end == self.at or self.tokens[end].text != ":" or self.tokens[self.at].kind is not Kind.NAME:
            return ""
        name = joined(self.tokens[self.at : end])
        self.at = end + 1
        return name

    def member(self) -> str:
        """Read the name behind a point."""
        name, count = self.members.match(self.tokens, self.at)
        if count:
            self.at += count
            return name
        return self.loose_name()

    # Primaries

    def primary(self) -> Node:
        token = self.now
        name, count = self.names.match(self.tokens, self.at)
        if self.filters:  # the entries of an element stand for themselves
            entry, length = self.members.match(self.tokens, self.at)
            name, count = (entry, length) if length > count else (name, count)
        if count < BUILT_IN.match(self.tokens, self.at)[1]:
            count = 0
        if token.kind is not Kind.STRING and count and not self.is_("true", "false", "null"):
            self.at += count
            return syntax.Name(name)
        match token.kind:
            case Kind.NUMBER:
                self.at += 1
                return syntax.Const(_number(token))
            case Kind.STRING:
                self.at += 1
                return syntax.Const(unquoted(token.text))
            case Kind.NAME:
                return self.word()
        match token.text:
            case "(" | "]" | "[":
                with self.deeper():
                    return self.bracket()
            case "{":
                with self.deeper():
                    return self.context()
            case "@" if self.tokens[self.at + 1].kind is Kind.STRING:
                self.at += 2
                return syntax.Const(temporal_of(unquoted(self.tokens[self.at - 1].text)))
        raise self.unexpected(Key("FEEL_value"))

    def word(self) -> Node:
        match self.now.text:
            case "true" | "false" | "null" as literal:
                self.at += 1
                return syntax.Const({"true": True, "false": False, "null": None}[literal])
            case word if word in KEYWORDS and word != "function":
                raise self.unexpected(Key("FEEL_value"))
        start = self.now
        name, count = BUILT_IN.match(self.tokens, self.at)
        if count:
            self.at += count
            return syntax.Name(name)
        name = self.loose_name()
        if not self.filters:
            known = [*self.names.all(), *(BUILTINS if self.is_("(") else ())]
            code = "D07" if self.is_("(") else "D06"
            self.doubts.append(Trouble(code, start.at, name=name, nearest=nearest(name, known), allowed=known))
        return syntax.Name(name)

    def bracket(self) -> Node:
        """Read `(x)`, an interval, a list, or an interval with one end: `(< 5)`."""
        opened = self.take("(", "[", "]")
        if opened == "(" and (op := self.take(*COMPARISONS)):
            end = self.sum()
            self.expect(")")
            return _half(op, end)
        if opened == "[" and self.take("]"):
            return syntax.ListOf(())
        intervals, self.intervals = self.intervals, 0
        try:
            first = self.expression()
            if self.take(".."):
                return self.interval(first, low_open=opened != "[")
            if opened == "(":
                self.expect(")")
                return first
            if opened == "]":
                raise self.unexpected("“..”")
            items = [first]
            while self.take(","):
                items.append(self.expression())
            self.expect("]")
            return syntax.ListOf(tuple(items))
        finally:
            self.intervals = intervals

    def interval(self, low: Node, *, low_open: bool) -> Node:
        self.intervals += 1
        high = self.sum()
        self.intervals -= 1
        closed = self.take("]", ")", "[")
        if not closed:
            raise self.unexpected("“]”")
        return syntax.Interval(low, high, low_open, closed != "]")

    def context(self) -> Node:
        self.expect("{")
        entries = []
        with self.knowing() as scope:
            while not self.is_("}"):
                name = self.key()
                self.expect(":")
                entries.append(syntax.Entry(name, self.expression()))
                scope.add(name)
                self.members.add(name)
                if not self.take(","):
                    break
        self.expect("}")
        return syntax.ContextOf(tuple(entries))

    def key(self) -> str:
        if self.now.kind is Kind.STRING:
            self.at += 1
            return unquoted(self.tokens[self.at - 1].text)
        return self.declared(":")

    # Words with a body

    def if_(self) -> Node:
        self.expect("if")
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return syntax.If(condition, then, self.expression())

    def for_(self) -> Node:
        self.expect("for")
        with self.knowing() as scope:
            iterators = self.iterators(scope)
            self.expect("return")
            scope.add("partial")
            return syntax.For(iterators, self.expression())

    def quantified(self) -> Node:
        kind = self.take("some", "every")
        with self.knowing() as scope:
            iterators = self.iterators(scope)
            self.expect("satisfies")
            return syntax.Quantified(kind, iterators, self.expression())

    def iterators(self, scope: Names) -> tuple[syntax.Iterator, ...]:
        found = []
        while True:
            name = self.declared("in")
            self.expect("in")
            low = self.expression()
            found.append(syntax.Iterator(name, low, self.expression() if self.take("..") else None))
            scope.add(name)
            if not self.take(","):
                return tuple(found)

    def function(self) -> Node:
        self.expect("function")
        self.expect("(")
        params = []
        while not self.is_(")"):
            name = self.declared(":", ",", ")")
            params.append((name, read_type(self) if self.take(":") else None))
            if not self.take(","):
                break
        self.expect(")")
        if self.take("external"):
            self.expression()
            return syntax.FunctionOf(tuple(params), None)
        with self.knowing(*(name for name, _ in params)):
            return syntax.FunctionOf(tuple(params), self.expression())


def _number(token: Token) -> Decimal:
    """Return a number as written. Raises Trouble beyond 10 to the power of 6144."""
    try:
        return DECIMALS.create_decimal(token.text)
    except DecimalException as wrong:
        raise Trouble("D04", token.at, limit="1E6144") from wrong


def _half(op: str, end: Node) -> Node:
    match op:
        case "<" | "<=":
            return syntax.Interval(None, end, True, op == "<")
        case ">" | ">=":
            return syntax.Interval(end, None, op == ">", True)
        case "=":
            return syntax.Interval(end, end, False, False)
    return syntax.Const(None)
