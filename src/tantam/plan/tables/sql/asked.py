"""Which fact to ask for so that an unknown condition becomes known, as SQL: the rules of tables/grounds.py."""

from __future__ import annotations

from sqlglot import exp

from tantam.plan.tables import nodes
from tantam.plan.tables.form import Row, Table
from tantam.plan.tables.nodes import Expr, terms_in
from tantam.plan.tables.reach import given_below
from tantam.plan.tables.scope import Term
from tantam.plan.tables.sql.dialects import Sql, column, is_null, null
from tantam.plan.tables.sql.parts import grouped
from tantam.plan.tables.sql.said import Said

# Known as soon as all their operands are; the others may be known before, or may never be.
STRICT = (nodes.Not, nodes.Negative, nodes.Compare, nodes.Arithmetic, nodes.Has, nodes.Literal, nodes.Fact)


def asked(expr: Expr, said: Said) -> Sql:
    """Return the name of the term to ask, NULL where the expression is known."""
    if (terms := _needed(expr, said)) is not None:
        return _coalesced([_where(is_null(column(each)), exp.Literal.string(each)) for each in terms])
    match expr:
        case nodes.Literal():
            return null()
        case nodes.Fact(path=path):
            return _of_fact(path, expr, said)
        case nodes.Call(name="if", args=(condition, yes, no)):
            branch = (
                exp.Case().when(said.value(condition), asked(yes, said), copy=False).else_(asked(no, said), copy=False)
            )
            found = [asked(condition, said), branch]
        case nodes.Call(name="known"):
            return null()
        case _:
            found = [asked(each, said) for each in nodes.children(expr)]
    last = _last(expr, said)
    return _where(said.unknown(expr), _coalesced([*found, *([exp.Literal.string(last)] if last else [])]))


def of_row(row: Row, said: Said) -> Sql:
    """Return the first term that a row lacks, from left to right."""
    return _coalesced([asked(each.expr, said) for each in row.conditions if each])


def _needed(expr: Expr, said: Said) -> tuple[str, ...] | None:
    """Return the given terms that an expression is known by, all of them and no others; None where it is not so."""
    match expr:
        case nodes.Fact(path=(name,)):
            term = said.scope.terms[name]
            if term.table is not None or term.default is not None:
                return None
            return (name,) if term.computed is None else _needed(term.computed, said)
        case nodes.Arithmetic(op="/", right=right) if not isinstance(right, nodes.Literal):
            return None
        case nodes.Within(subject=subject, members=members) if all(isinstance(each, nodes.Literal) for each in members):
            return _needed(subject, said)
        case nodes.Between(subject=subject, low=None | nodes.Literal(), high=None | nodes.Literal()):
            return _needed(subject, said)
        case _ if not isinstance(expr, STRICT) or isinstance(expr, nodes.Fact):
            return None
    found: dict[str, None] = {}
    for each in nodes.children(expr):
        terms = _needed(each, said)
        if terms is None:
            return None
        found |= dict.fromkeys(terms)
    return tuple(found)


def _of_fact(path: tuple[str, ...], expr: Expr, said: Said) -> Sql:
    name = path[0]
    term = said.scope.terms[name]
    if term.default is not None:
        return null()
    inner = null()
    if term.computed is not None:
        inner = asked(term.computed, said)
    elif term.table is not None:
        inner = _of_table(term, term.table, said)
    return _where(said.unknown(expr), _coalesced([inner, exp.Literal.string(name)]))


def _of_table(term: Term, table: Table, said: Said) -> Sql:
    """Return the term to ask so that the table of a term decides it."""
    case, rest = exp.Case(), null()
    for row in table.rows:
        out = row.outputs.get(term.name)
        result = asked(out.expr, said) if out else null()
        if row.otherwise:
            rest = result
            continue
        holds = grouped(said.row(table, row.index))
        case = case.when(holds, result, copy=False).when(is_null(holds), of_row(row, said), copy=False)
    return case.else_(rest, copy=False) if case.args.get("ifs") else rest


def _last(expr: Expr, said: Said) -> str:
    """Return the last given term of an expression that is unknown though all of it is known (a division by 0)."""
    for name in reversed(terms_in(expr)):
        term = said.scope.terms.get(name)
        below = given_below([term.computed], said.scope) if term is not None and term.computed is not None else ()
        return below[-1] if below else name
    return ""


def _where(unknown: Sql, name: Sql) -> Sql:
    return exp.Case().when(unknown, name, copy=False)


def _coalesced(found: list[Sql]) -> Sql:
    some = [each for each in found if not isinstance(each, exp.Null)]
    if not some:
        return null()
    return exp.Coalesce(this=some[0], expressions=some[1:]) if len(some) > 1 else some[0]
