"""Checks that a case goes up before what was promised for it has run out."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import WARNING, Check, finding
from tantam.plan.checks.hours.promised import row_admits, shortest
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.values import Every, Family, Span


def check_escalation(plan: Plan) -> Iterator[Finding]:
    """Yield K104 for a level that passes a case on only after the longest promise for what it handles is broken."""
    for name, level in plan.levels.items():
        after = level.after
        if after is None:
            continue
        written = (plan.document.levels or {})[name].after
        for severity in level.handles:
            spans = list(_promised(plan, severity, after.family))
            if spans and all(each < after for each in spans):
                args = {"level": name, "after": written, "severity": severity, "within": str(max(spans))}
                place = plan.place(f"levels.{name}.after")
                yield finding("K104", Severity.WARNING, place, f"levels.{name}", **args, shows={"severity": severity})
                break


def _promised(plan: Plan, severity: str, family: Family) -> Iterator[Span]:
    for table in plan.promises.tables:
        for row in table.rows:
            span = shortest(row)
            out = row.outputs.get("within")
            repeats = out is not None and isinstance(getattr(out.expr, "value", None), Every)
            if (
                span is not None
                and not repeats
                and span.family is family
                and row_admits(table, row, "severity", severity)
            ):
                yield span


CHECK = Check({"K104": WARNING}, check_escalation)
