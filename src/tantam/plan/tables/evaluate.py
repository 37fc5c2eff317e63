"""Decides one case: facts in, the row that fires, a term or an expression out, and what each rests on."""

from __future__ import annotations

from tantam.plan.tables.compiled import CompiledTable
from tantam.plan.tables.fired import Fired, Known, Ruling
from tantam.plan.tables.form import Table
from tantam.plan.tables.grounds import rests_on, term_rests_on, term_to_ask, to_ask, value_in
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.program import Program, program_of
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.steps import Env, Facts

__all__ = ["CompiledTable", "Fired", "Known", "Ruling", "compile_table", "evaluate", "term_value"]


def compile_table(table: Table, scope: Scope | Program) -> CompiledTable:
    """Return the table ready to decide. Many tables of one plan share a Program, so that terms are compiled once."""
    return CompiledTable(table, scope if isinstance(scope, Program) else program_of(scope))


def evaluate(expr: Expr, facts: Facts, scope: Scope | Program) -> Known:
    """Return the value of a checked expression."""
    env = Env(scope if isinstance(scope, Program) else program_of(scope), facts)
    value = value_in(expr, env)
    return Known(value, "" if value is not None else to_ask(expr, env), lambda: tuple(rests_on(expr, env)))


def term_value(name: str, facts: Facts, scope: Scope | Program) -> Known:
    """Return a term's value: as given, computed, decided by its table, or its default."""
    env = Env(scope if isinstance(scope, Program) else program_of(scope), facts)
    value = env.term(name)
    unknown = "" if value is not None else term_to_ask(name, env)
    return Known(value, unknown, lambda: tuple(term_rests_on(name, env)))
