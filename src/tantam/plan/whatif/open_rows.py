"""What a table may answer while facts are lacking: the sure rows, and those that a lacking fact decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tantam.plan.run.case import Case
from tantam.plan.tables.evaluate import evaluate
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.reach import given_below
from tantam.plan.tables.table import Row, Table

Lacking = Mapping[str, frozenset[str]]  # {term that is not known: the lacking terms that this comes from}
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a table may give. row: None for none. outputs: those known. open: those lacking facts decide."""

    row: Row | None
    outputs: Mapping[str, Any]
    open: frozenset[str] = NOTHING


@dataclass(frozen=True, slots=True)
class Options:
    """All answers that a table may give; one if it is decided. causes: the lacking terms between them."""

    options: tuple[Option, ...]
    causes: frozenset[str] = NOTHING


def options(case: Case, table: Table, lacking: Lacking) -> Options:
    """Return what a table of which one row counts may answer. What nobody knew stays unknown, as it was at the desk."""
    fired = case.fire(table)
    if not fired.unknown and not (fired.missing and lacking):
        return Options((Option(fired.row, fired.outputs),))
    if not lacking:
        return Options((Option(None, {}),))
    if not table.hit.single:
        causes = frozenset().union(*(open_causes(case, row, lacking) or NOTHING for row in table.rows))
        found = [option(case, row, lacking) for row in table.rows] if causes else []
        return Options((*found, Option(None, {})), causes)
    return _in_order(case, table, lacking)


def _in_order(case: Case, table: Table, lacking: Lacking) -> Options:
    """Walk the rows as one that is sure would end it; a row that nobody could decide ends it without an answer."""
    found: list[Option] = []
    causes: set[str] = set()
    last: Row | None = None
    for row in table.rows:
        if row.otherwise:
            continue
        holds = _holds(case, row)
        if holds is None:
            stuck, decide = _between(case, row, lacking)
            if not decide:
                last = None
                break
            found.append(Option(None, {}) if stuck else option(case, row, lacking))
            causes |= decide
        elif holds:
            last = row
            break
    else:
        last = next((row for row in table.rows if row.otherwise), None)
    found.append(option(case, last, lacking) if last else Option(None, {}))
    return Options(tuple(found), frozenset(causes) | _output_causes(case, found, lacking))


def _holds(case: Case, row: Row) -> bool | None:
    """Return whether the row's conditions hold, None while a fact is missing."""
    values = [case.holds(each.expr).value for each in row.conditions if each is not None]
    if any(value is False for value in values):
        return False
    return None if None in values else True


def open_causes(case: Case, row: Row, lacking: Lacking) -> frozenset[str]:
    """Return the lacking terms that decide whether the row holds; none if it holds, fails, or nobody knew enough."""
    if _holds(case, row) is not None:
        return NOTHING
    stuck, causes = _between(case, row, lacking)
    return NOTHING if stuck else causes


def _between(case: Case, row: Row, lacking: Lacking) -> tuple[bool, frozenset[str]]:
    """Return whether part of an undecided row stays unknown whatever is lacking, and what the rest waits for."""
    exprs = [each.expr for each in row.conditions if each is not None and case.holds(each.expr).value is None]
    causes = [causes_of(case, expr, lacking) for expr in exprs]
    return not all(causes), NOTHING.union(*causes)


def causes_of(case: Case, expr: Expr, lacking: Lacking) -> frozenset[str]:
    """Return the lacking terms that an unknown expression comes down to."""
    return from_terms(given_below([expr], case.plan.scope), lacking)


def from_terms(terms: Iterable[str], lacking: Lacking) -> frozenset[str]:
    """Return the lacking terms that these terms come from."""
    return NOTHING.union(*(lacking[term] for term in terms if term in lacking))


def option(case: Case, row: Row, lacking: Lacking) -> Option:
    """Return what the row would answer."""
    outputs, still_open = {}, set[str]()
    for name, out in row.outputs.items():
        value = evaluate(out.expr, case.values, case.plan.scope).value
        if value is not None:
            outputs[name] = value
        elif causes_of(case, out.expr, lacking):
            still_open.add(name)
    return Option(row, outputs, frozenset(still_open))


def _output_causes(case: Case, found: Iterable[Option], lacking: Lacking) -> frozenset[str]:
    exprs = [each.row.outputs[name].expr for each in found if each.row for name in each.open]
    return NOTHING.union(*(causes_of(case, expr, lacking) for expr in exprs))
