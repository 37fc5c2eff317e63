"""Turns FEEL's syntax tree into Python closures over a frame; every error of values is null."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from tantam.plan.dmn.feel import syntax
from tantam.plan.dmn.feel.calls import call, compile_function
from tantam.plan.dmn.feel.frames import Frame, Step
from tantam.plan.dmn.feel.loops import compile_for, compile_quantified
from tantam.plan.dmn.feel.operations import among, arithmetic, both, compared, either, negative
from tantam.plan.dmn.feel.syntax import Against, Node, Tests, mentions_input
from tantam.plan.dmn.feel.temporal import PROPERTIES
from tantam.plan.dmn.feel.types import Basic, Defined, coerced, conforms, resolved
from tantam.plan.dmn.feel.values import ANY, NULL, Range, whole


def compile_node(node: Node) -> Step:
    """Return a function from a frame to the value of the expression."""
    match node:
        case syntax.Const(value=value):
            return lambda frame: value
        case syntax.Name(name="partial"):
            return lambda frame: list(found) if isinstance(found := frame.value("partial"), list) else found
        case syntax.Name(name=name):
            return lambda frame: frame.value(name)
        case syntax.Member(subject=subject, name=name):
            of = compile_node(subject)
            return lambda frame: member(of(frame), name)
        case syntax.Prepared(compile=compile_it):
            return compile_it()
        case syntax.Filter() | syntax.ListOf() | syntax.ContextOf() | syntax.Record() | syntax.Interval():
            return _compile_collection(node)
        case syntax.Logic() | syntax.Comparison() | syntax.Between() | syntax.In() | syntax.InstanceOf():
            return _compile_truth(node)
        case syntax.Tests():
            return compile_tests(node)
        case syntax.Chain(first=first, rest=rest):
            return _chain(first, rest)
        case syntax.Negative(operand=operand):
            value_of = compile_node(operand)
            return lambda frame: negative(value_of(frame))
        case syntax.If(condition=condition, then=then, other=other):
            return _choose(*map(compile_node, (condition, then, other)))
        case syntax.For(iterators=iterators, body=body):
            return compile_for(_iterators(iterators), compile_node(body))
        case syntax.Quantified(kind=kind, iterators=iterators, body=body):
            return compile_quantified(kind, _iterators(iterators), compile_node(body))
        case syntax.FunctionOf():
            return compile_function(node, compile_node(node.body) if node.body else None)
        case syntax.Call():
            return _call(node)


def compile_tests(tests: Tests) -> Step:
    """Return a step that tells of `?` whether the unary tests admit it."""
    if tests.any:
        return lambda frame: True
    steps = [compile_test(each) for each in tests.tests]
    if not tests.negated:
        return steps[0] if len(steps) == 1 else lambda frame: _any(steps, frame)
    return lambda frame: None if (found := _any(steps, frame)) is None else not found


def compile_test(test: Against | Node) -> Step:
    """Return a step that tells of `?` whether one unary test admits it."""
    if isinstance(test, Against):
        op, end = test.op, compile_node(test.end)
        return lambda frame: compared(op, frame.value("?"), end(frame))
    step = compile_node(test)
    if mentions_input(test):
        return lambda frame: _told(frame.value("?"), step(frame))
    if isinstance(test, syntax.Const):
        return lambda frame: among(frame.value("?"), step(frame))
    return lambda frame: _fits(frame.value("?"), step(frame))


def member(value: Any, name: str) -> Any:
    """Return what stands behind a point: a context's entry, a property, of a list those of its elements."""
    match value:
        case dict():
            return value.get(name)
        case list():
            return [member(each, name) for each in value]
        case Range():
            return _of_range(value, name)
    found = PROPERTIES.get(type(value), {}).get(name)
    return None if found is None else found(value)


def _of_range(value: Range, name: str) -> Any:
    match name:
        case "start":
            return value.low
        case "end":
            return value.high
        case "start included":
            return not value.low_open
        case "end included":
            return not value.high_open
    return None


def _told(value: Any, answer: Any) -> bool | None:
    """Return the answer of a test that speaks of `?` itself."""
    return answer if isinstance(answer, bool) else None if answer is None else among(value, answer)


def _fits(value: Any, answer: Any) -> bool | None:
    """Return the answer of a test that is a condition; a boolean input is compared with it."""
    return among(value, answer) if isinstance(value, bool) or not isinstance(answer, bool) else answer


def _any(steps: Sequence[Step], frame: Frame) -> bool | None:
    found = [step(frame) for step in steps]
    return either(found)


def _chain(first: Node, rest: Sequence[tuple[str, Node]]) -> Step:
    start = compile_node(first)
    steps = [(op, compile_node(each)) for op, each in rest]

    def step(frame: Frame) -> Any:
        value = start(frame)
        for op, operand in steps:
            value = arithmetic(op, value, operand(frame))
            if isinstance(value, str):
                frame.run.step(len(value) // 100)
        return value

    return step


def _choose(condition: Step, then: Step, other: Step) -> Step:
    return lambda frame: then(frame) if condition(frame) is True else other(frame)


def _compile_truth(node: Node) -> Step:
    match node:
        case syntax.Logic(op=op, parts=parts):
            steps, fold = [compile_node(part) for part in parts], both if op == "and" else either
            return _folded(steps, fold, decisive=op == "or")
        case syntax.Comparison(op=op, left=left, right=right):
            one, two = compile_node(left), compile_node(right)
            return lambda frame: compared(op, one(frame), two(frame))
        case syntax.Between(subject=subject, low=low, high=high):
            return _between(*map(compile_node, (subject, low, high)))
        case syntax.In(subject=subject, tests=tests):
            value_of, test = compile_node(subject), compile_tests(tests)
            return lambda frame: test(frame.within({"?": value_of(frame)}))
        case syntax.InstanceOf(subject=subject, type=kind):
            return _instance(compile_node(subject), kind)
    raise TypeError(type(node).__name__)


def _folded(steps: Sequence[Step], fold: Callable[[list[Any]], Any], *, decisive: bool) -> Step:
    def step(frame: Frame) -> Any:
        found = []
        for each in steps:
            value = each(frame)
            if value is decisive:
                return decisive
            found.append(value)
        return fold(found)

    return step


def _between(subject: Step, low: Step, high: Step) -> Step:
    def step(frame: Frame) -> Any:
        value = subject(frame)
        return both([compared(">=", value, low(frame)), compared("<=", value, high(frame))])

    return step


def _instance(subject: Step, kind: Any) -> Step:
    def step(frame: Frame) -> bool | None:
        if isinstance(kind, Defined) and kind.name not in frame.run.types:
            return None
        value, wanted = subject(frame), resolved(kind, frame.run.types)
        if value is None:
            return wanted == Basic(NULL)
        return wanted == Basic(ANY) or conforms(value, wanted, frame.run.types)

    return step


def _compile_collection(node: Node) -> Step:
    match node:
        case syntax.Filter(subject=subject, condition=condition):
            return _filter(compile_node(subject), compile_node(condition))
        case syntax.ListOf(items=items):
            steps = [compile_node(each) for each in items]
            return lambda frame: [step(frame) for step in steps]
        case syntax.ContextOf(entries=entries):
            return _context(entries)
        case syntax.Record(entries=entries):
            parts = [(each.name, compile_node(each.value)) for each in entries]
            return lambda frame: {name: step(frame) for name, step in parts}
        case syntax.Interval():
            low, high = (compile_node(each) if each else None for each in (node.low, node.high))
            return _interval(low, high, node)
    raise TypeError(type(node).__name__)


def _interval(low: Step | None, high: Step | None, node: syntax.Interval) -> Step:
    def step(frame: Frame) -> Any:
        start, end = low(frame) if low else None, high(frame) if high else None
        if (low and start is None) or (high and end is None):
            return None
        if low and high and compared("<=", start, end) is not True:
            return None
        return Range(start, end, node.low_open, node.high_open)

    return step


def _context(entries: Sequence[syntax.Entry]) -> Step:
    steps = [(each, compile_node(each.value)) for each in entries]

    def step(frame: Frame) -> Any:
        made: dict[str, Any] = {}
        inner = frame.within(made)
        for entry, value_of in steps:
            value, _ = coerced(value_of(inner), entry.type, frame.run.types)
            if not entry.name:
                return value
            made[entry.name] = value
        return made

    return step


def _filter(subject: Step, condition: Step) -> Step:
    def step(frame: Frame) -> Any:
        value = subject(frame)
        if value is None:
            return None
        elements = value if isinstance(value, list) else [value]
        frame.run.step(len(elements))
        kept = []
        for each in elements or [None]:
            names = {"item": each, **each} if isinstance(each, dict) else {"item": each}
            answer = condition(frame.within(names))
            if isinstance(answer, Decimal):
                return _at(elements, answer)
            if answer is True and elements:
                kept.append(each)
            elif answer is not None and not isinstance(answer, bool):
                return None
        return kept

    return step


def _at(elements: list[Any], position: Decimal) -> Any:
    place = whole(position)
    if place is None or not 1 <= abs(place) <= len(elements):
        return None
    return elements[place - 1 if place > 0 else place]


def _iterators(iterators: Sequence[syntax.Iterator]) -> list[tuple[str, Step, Step | None]]:
    return [(each.name, compile_node(each.low), compile_node(each.high) if each.high else None) for each in iterators]


def _call(node: syntax.Call) -> Step:
    function, args = compile_node(node.function), [compile_node(each) for each in node.args]
    names = node.names
    getter: Callable[[Frame], list[Any]] = lambda frame: [each(frame) for each in args]  # noqa: E731
    return lambda frame: call(function(frame), getter(frame), names, frame.run)
