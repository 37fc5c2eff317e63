"""Says what an answer rests on, and which fact to ask next; walks a checked expression beside one case."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.tables import nodes
from tantam.plan.tables.nodes import Expr, terms_in
from tantam.plan.tables.steps import Env


def value_in(expr: Expr, env: Env) -> object:
    """Return the value of the expression in this case, None if unknown."""
    return env.program.step(expr)(env)


def rests_on(expr: Expr, env: Env) -> dict[str, None]:
    """Return the given terms that the value of the expression rests on, in the order met.

    A condition that is decided by one part alone rests on that part alone."""
    match expr:
        case nodes.Fact(path=path):
            return term_rests_on(path[0], env)
        case nodes.Both(parts=parts) | nodes.Either(parts=parts):
            decisive = isinstance(expr, nodes.Either)
            for part in parts:
                if value_in(part, env) is decisive:
                    return rests_on(part, env)
            return _joined(rests_on(part, env) for part in parts)
        case nodes.Call(name="if", args=(condition, then, other)):
            branch = then if value_in(condition, env) else other
            return rests_on(condition, env) | rests_on(branch, env)
        case nodes.Call(name=name, args=(listed, each)) if name in nodes.LIST_FUNCTIONS:
            found = rests_on(listed, env)
            for term in terms_in(each):
                found |= term_rests_on(term, env)
            return found
        case _:
            return _joined(rests_on(child, env) for child in nodes.children(expr))


def _joined(found: Iterator[dict[str, None]]) -> dict[str, None]:
    joined: dict[str, None] = {}
    for each in found:
        joined |= each
    return joined


def term_rests_on(name: str, env: Env) -> dict[str, None]:
    """Return the given terms that a term's value rests on; itself where it was given or is still missing."""
    term = env.program.scope.terms.get(name)
    if env.facts.get(name) is not None or term is None:
        return {name: None}
    if term.computed is not None:
        return rests_on(term.computed, env)
    if term.table is not None:
        return dict.fromkeys(env.program.table_of(term).used(env))
    return {name: None} if term.default is None else {}


def to_ask(expr: Expr, env: Env) -> str:
    """Return the term to ask so that an unknown expression comes nearer to its value; "" if it is known."""
    if value_in(expr, env) is not None:
        return ""
    match expr:
        case nodes.Fact(path=path):
            return term_to_ask(path[0], env) or path[0]
        case nodes.Call(name=name, args=(listed, *rest)) if name in nodes.LIST_FUNCTIONS:
            return to_ask(listed, env) or _outside(rest, env) or _first_term(listed, env)
        case nodes.Call(name="if", args=(condition, then, other)):
            return to_ask(condition, env) or to_ask(then if value_in(condition, env) else other, env)
        case nodes.Element():
            return ""
        case _:
            asked = (to_ask(child, env) for child in nodes.children(expr))
            return next((term for term in asked if term), "") or _first_term(expr, env)


def _outside(exprs: list[Expr], env: Env) -> str:
    """Return an unknown term of the scope that the test of a list's elements needs."""
    for expr in exprs:
        for name in terms_in(expr):
            if env.term(name) is None:
                return term_to_ask(name, env) or name
    return ""


def _first_term(expr: Expr, env: Env) -> str:
    """Return the last given term of an expression that is undefined though all of it is known (a division by 0)."""
    for name in reversed(terms_in(expr)):
        below = tuple(term_rests_on(name, env))
        return below[-1] if below else name
    return ""


def term_to_ask(name: str, env: Env) -> str:
    """Return the given term to ask so that this one becomes known; "" if it is."""
    if env.term(name) is not None:
        return ""
    term = env.program.scope.terms.get(name)
    if term is None or (term.computed is None and term.table is None):
        return name
    if term.computed is not None:
        return to_ask(term.computed, env) or name
    return env.program.table_of(term).asks(env, name) or name
