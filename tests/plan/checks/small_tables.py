"""Small tables over small domains, and every case of them: what the checks of tables are held against."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from hypothesis import strategies as st

from tantam.plan.errors import Place
from tantam.plan.tables.checking import check
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.nodes import Expr, Literal
from tantam.plan.tables.scope import Scope, Term
from tantam.plan.tables.table import Condition, Hit, Input, Kind, Out, Output, Row, Table
from tantam.plan.tables.types import Number, OneOf, SomeOf, Type, Word, YesNo

HERE = Place("plan.yaml", 1, 1)
TYPES: dict[str, Type] = {
    "a": OneOf(("x", "y", "z")),
    "b": YesNo(),
    "n": Number(low=0, high=4, whole=True),
    "m": Number(low=0, high=4, whole=True),
    "s": SomeOf(("p", "q")),
}
COMPUTED = {"k": "if(b, n, m)", "same": "n = m", "least": "min(n, m)"}


def expression(text: str, scope: Scope, expected: Type | None = None) -> Expr:
    """Return the checked expression that `text` means."""
    tree, wrong = parse(text, HERE)
    assert tree is not None, wrong
    tree, wrong = check(tree, scope, expected)
    assert not wrong, wrong
    return tree


def scope_of(types: Mapping[str, Type], computed: Mapping[str, str]) -> Scope:
    """Return a scope of given and computed terms."""
    scope = Scope({name: Term(name, kind, HERE) for name, kind in types.items()})
    for name, text in computed.items():
        tree = expression(text, scope)
        scope = Scope({**scope.terms, name: Term(name, tree.type, HERE, computed=tree)})
    return scope


SCOPE = scope_of(TYPES, COMPUTED)

Facts = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """A condition as the plan writes it and as Python decides it, and where it leads."""

    text: str
    holds: Callable[[Facts], bool]
    outcome: str


def every_case() -> list[Facts]:
    """Return all cases of the small domains."""
    subsets = [frozenset(part) for part in ([], ["p"], ["q"], ["p", "q"])]
    values = [("x", "y", "z"), (False, True), range(5), range(5), subsets]
    return [dict(zip(TYPES, case, strict=True)) for case in product(*values)]


CASES = every_case()


def table_of(rules: list[Rule], hit: Hit) -> Table:
    """Return the typed table of these rules."""
    rows = []
    for index, rule in enumerate(rules, start=1):
        condition = Condition(expression(rule.text, SCOPE, YesNo()), None, rule.text, HERE)
        out = Out(Literal(rule.outcome, HERE, Word(), rule.outcome), rule.outcome, HERE)
        rows.append(Row(f"r{index}", index, HERE, {}, (condition,), False, {"outcome": out}))
    kind = Kind.LADDER if hit is Hit.FIRST else Kind.GRID
    asked = (Input("when", None, YesNo(), HERE),)
    return Table("policies.any.decides", kind, hit, (), asked, (Output("outcome", Word(), HERE),), tuple(rows), HERE)


def _numbers() -> st.SearchStrategy[tuple[str, Callable[[Facts], int]]]:
    sides: list[tuple[str, Callable[[Facts], int]]] = [
        ("n", lambda case: case["n"]),
        ("m", lambda case: case["m"]),
        ("k", lambda case: case["n"] if case["b"] else case["m"]),
        ("least", lambda case: min(case["n"], case["m"])),
        ("n + m", lambda case: case["n"] + case["m"]),
        ("2 * n - m", lambda case: 2 * case["n"] - case["m"]),
        ("max(n, 2)", lambda case: max(case["n"], 2)),
    ]
    return st.sampled_from(sides)


_OPERATORS: dict[str, Callable[[int, int], bool]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
}

Part = tuple[str, Callable[[Facts], bool]]


@st.composite
def _part(draw: st.DrawFn) -> Part:
    kind = draw(st.sampled_from(["a", "b", "s", "same", "constant", "pair", "range"]))
    if kind == "a":
        chosen = draw(st.lists(st.sampled_from("xyz"), min_size=1, max_size=2, unique=True))
        return f"a in [{', '.join(chosen)}]", lambda case: case["a"] in chosen
    if kind == "b":
        return "b", lambda case: case["b"]
    if kind == "s":
        member = draw(st.sampled_from("pq"))
        return f"s has {member}", lambda case: member in case["s"]
    if kind == "same":
        return "same", lambda case: case["n"] == case["m"]
    op = draw(st.sampled_from(sorted(_OPERATORS)))
    text, left = draw(_numbers())
    if kind == "range":
        low = draw(st.integers(0, 3))
        high = draw(st.integers(low, 4))
        return f"{text} in [{low}..{high}]", lambda case: low <= left(case) <= high
    if kind == "pair":
        other_text, right = draw(_numbers())
        return f"{text} {op} {other_text}", lambda case: _OPERATORS[op](left(case), right(case))
    bound = draw(st.integers(0, 5))
    return f"{text} {op} {bound}", lambda case: _OPERATORS[op](left(case), bound)


@st.composite
def rule(draw: st.DrawFn) -> Rule:
    """A condition of up to three parts, joined by and, or, not."""
    parts = draw(st.lists(_part(), min_size=1, max_size=3))
    negated = [draw(st.integers(0, 3)) == 0 for _ in parts]
    joined = draw(st.sampled_from(["and", "and", "or"]))
    text = f" {joined} ".join(f"not ({each})" if no else f"({each})" for (each, _), no in zip(parts, negated))

    def holds(case: Facts) -> bool:
        told = [part(case) != no for (_, part), no in zip(parts, negated)]
        return all(told) if joined == "and" else any(told)

    return Rule(text, holds, draw(st.sampled_from(["repair", "refund"])))


rules = st.lists(rule(), min_size=1, max_size=5)
