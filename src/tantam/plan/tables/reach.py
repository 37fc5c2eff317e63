"""Which given terms expressions come down to, through computed terms and terms that a table decides."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from tantam.plan.tables.form import Table
from tantam.plan.tables.nodes import Expr, terms_in
from tantam.plan.tables.scope import Scope


def given_below(exprs: Iterable[Expr], scope: Scope) -> tuple[str, ...]:
    """Return the given terms, each once, those nearest to the expressions first; names the scope lacks are left out."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = deque(name for expr in exprs for name in terms_in(expr))
    while waiting:
        name = waiting.popleft()
        term = scope.terms.get(name)
        if name in seen or term is None:
            continue
        seen.add(name)
        if term.computed is not None:
            waiting += terms_in(term.computed)
        elif term.table is not None:
            waiting += (name for expr in exprs_in(term.table) for name in terms_in(expr))
        else:
            found[name] = None
    return tuple(found)


def exprs_in(table: Table) -> tuple[Expr, ...]:
    """Return all expressions of a table's rows: the conditions, then the results."""
    conditions = [each.expr for row in table.rows for each in row.conditions if each]
    return (*conditions, *(out.expr for row in table.rows for out in row.outputs.values()))
