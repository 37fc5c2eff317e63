"""Checks that what the rows of tables name is there: who does it, by which channel, with which survey, at what time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import time
from difflib import get_close_matches

from tantam.plan.checks.described import WARNING, Check, finding, several
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.clauses import Policy
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.form import Out
from tantam.plan.tables.nodes import Literal
from tantam.plan.tables.table import Row, Table

_TIME = ("09:00", "17:30")  # how a time of day is written
# The kinds of promise that the desk can tell apart (docs/reference/plan.md, Promises); any other name is a kind too.
_PROMISES = ("first_reply", "update", "resolution", "callback", "call_back")
_ALIKE = 0.85  # `refnd` is meant to be `refund`, `refund_half` is not


def check_named(plan: Plan) -> Iterator[Finding]:
    """Yield K16 for a result that names nothing: by, channel, survey, procedure, at; an outcome or promise misspelt.

    Names of a section that the plan leaves out stay unasked. Whoever else a row may send a case to is free.
    """
    known = _known(plan)
    for table in _tables(plan):
        for row in table.rows:
            for column, names in known.items():
                out = row.outputs.get(column)
                if out is not None and names and _word(out) not in names:
                    yield _finding(table, row, column, out, names)
            if "at" in row.outputs and not _is_time(row.outputs["at"].text):
                yield _finding(table, row, "at", row.outputs["at"], _TIME)
    for policy in plan.policies.values():
        yield from _misspelt_outcomes(policy)
    yield from _misspelt_promises(plan)


def _known(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Return what each column may name; () where anything may stand."""
    people = (*plan.teams, *plan.departments, *plan.providers)
    return {
        "by": (*plan.levels, "plan", "customer", *people) if plan.levels else (),
        "channel": tuple(plan.channels),
        "survey": tuple(plan.surveys),
        "procedure": (*plan.procedures, *plan.troubleshooters),
    }


def _tables(plan: Plan) -> Iterator[Table]:
    for policy in plan.policies.values():
        yield from (each for each in (policy.must, policy.decides) if each is not None)
    yield from plan.promises.tables
    yield from (each for each in (plan.limits, plan.follow_ups) if each is not None)


def _misspelt_outcomes(policy: Policy) -> Iterator[Finding]:
    """Yield outcomes that the policy does not describe, though one that it describes is written nearly so."""
    described = tuple(policy.outcomes)
    for row in policy.decides.rows if policy.decides is not None else ():
        out = row.outputs.get("outcome")
        if out is not None and policy.decides is not None and _is_misspelt(_word(out), described):
            yield _finding(policy.decides, row, "outcome", out, described)


def _misspelt_promises(plan: Plan) -> Iterator[Finding]:
    for table in plan.promises.tables:
        for row in table.rows:
            kind = row.labels.get("promise", "")
            if kind and _is_misspelt(kind, _PROMISES):
                yield _finding(table, row, "promise", kind, _PROMISES)


def _is_misspelt(name: str, known: tuple[str, ...]) -> bool:
    return name not in known and bool(get_close_matches(name, known, n=1, cutoff=_ALIKE))


def _word(out: Out) -> str:
    """Return the name in a result, without quotes; what is worked out names nothing that can be checked."""
    value = out.expr.value if isinstance(out.expr, Literal) else None
    return value if isinstance(value, str) else out.text


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True


def _finding(table: Table, row: Row, column: str, out: Out | str, allowed: Iterable[str]) -> Finding:
    got, place = (out, row.place) if isinstance(out, str) else (_word(out), out.place)
    args = {"row": row.index, "table": table.name, "column": column, "got": got[:60], "allowed": several(allowed)}
    return finding("K16", Severity.WARNING, place, f"{table.name}#{row.name}", **args)


CHECK = Check({"K16": WARNING}, check_named)
