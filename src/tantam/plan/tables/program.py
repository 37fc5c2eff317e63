"""A scope made ready: its computed terms and tables are compiled when first asked for."""

from __future__ import annotations

from typing import Any

from tantam.plan.tables.compiled import CompiledTable
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.scope import Scope, Term
from tantam.plan.tables.steps import Env, Step, compile_expr


class Program:
    """A scope made ready to evaluate. Safe to share between threads: it only ever adds what it compiled."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.tables: dict[str, CompiledTable] = {}
        self._compiled: dict[int, tuple[Expr, Step]] = {}

    def step(self, expr: Expr) -> Step:
        """Return the compiled expression; the same tree is compiled once."""
        held = self._compiled.get(id(expr))
        if held is None:
            held = self._compiled[id(expr)] = (expr, compile_expr(expr, self.scope))
        return held[1]

    def work_out(self, name: str, env: Env) -> Any:
        """Return what a term is when it was not given."""
        term = self.scope.terms.get(name)
        if term is None:
            return None
        value: Any = None
        if term.computed is not None:
            value = self.step(term.computed)(env)
        elif term.table is not None:
            value = self.table_of(term).result(env, name)
        return term.default if value is None else value

    def table_of(self, term: Term) -> CompiledTable:
        """Return the compiled table that decides the term. The term has one."""
        if term.name not in self.tables:
            assert term.table is not None
            self.tables[term.name] = CompiledTable(term.table, self)
        return self.tables[term.name]


def program_of(scope: Scope) -> Program:
    """Return the scope's program, the same one each time."""
    program: Program | None = scope.prepared.get("program")
    if program is None:
        program = scope.prepared.setdefault("program", Program(scope))
    return program
