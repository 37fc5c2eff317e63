"""Checks every table: cases without an answer, rows that disagree, rows that never fire.

The search is explained in docs/algorithms/gaps.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tantam.plan.checks.explored import STEPS, Explored, Overlap
from tantam.plan.checks.space.search import OutOfSteps
from tantam.plan.checks.subjects import Subject, subjects
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.table import Hit, Kind, Row

# What a row says and cites may differ where it leads to the same.
_WORDS_ONLY = frozenset({"say", "law", "remind", "label"})


def check_tables(plan: Plan, *, steps: int = STEPS) -> Iterator[Finding]:
    """Yield K01 to K08 for every table of the plan. steps: how far each table is searched at most."""
    for subject in subjects(plan):
        try:
            yield from _findings(subject, Explored(subject.table, subject.assumed, plan.scope, steps))
        except OutOfSteps:
            yield _finding(subject, "K07", Severity.NOTE, None)


def _findings(subject: Subject, explored: Explored) -> Iterator[Finding]:
    table = subject.table
    if subject.unanswered is not None:
        for case in explored.gaps():
            code = "K01" if case.words else "K01_none"
            yield _finding(subject, code, subject.unanswered, None, case=case.text, counterexample=case.words)
    for row in explored.impossible():
        yield _finding(subject, "K04", Severity.WARNING, row)
    if table.hit in (Hit.UNIQUE, Hit.FIRST) and subject.compared:
        for row, takers in explored.shadowed():
            yield _finding(subject, "K05", Severity.WARNING, row, takers=_numbers(takers))
        overlaps = explored.overlaps(lambda one, other: _leads_to(one) != _leads_to(other))
        wrong = [each for each in overlaps if table.hit is Hit.UNIQUE or not each.within]
        if table.kind is Kind.LADDER:
            yield from _crossing(subject, wrong)
        else:
            yield from (_disagreement(subject, each) for each in wrong)
        if (idle := explored.needless_otherwise()) is not None:
            yield _finding(subject, "K06", Severity.NOTE, idle)


def _disagreement(subject: Subject, overlap: Overlap) -> Finding:
    """Return the finding about two rows of a grid that match one case and lead to different things.

    Under `first` the order is meant: a special row before a general one is no mistake and does not come here.
    """
    if subject.table.hit is Hit.FIRST:
        return _finding(subject, "K03", Severity.WARNING, overlap.second, **_both(overlap))
    finding = _finding(subject, "K02", Severity.ERROR, overlap.second, **_both(overlap))
    if overlap.within:
        return replace(finding, severity=Severity.WARNING, remedy="K02_exception_remedy")
    return finding


def _crossing(subject: Subject, overlaps: list[Overlap]) -> Iterator[Finding]:
    """Yield one note for a whole ladder: it is written to be read from above, so crossing rungs are worth a look."""
    if overlaps:
        pairs = ", ".join(f"{each.first.index}+{each.second.index}" for each in overlaps)
        yield _finding(subject, "K08", Severity.NOTE, overlaps[0].second, pairs=pairs, **_both(overlaps[0]))


def _both(overlap: Overlap) -> dict[str, object]:
    """Return what a sentence says of two rows: their numbers, where they lead apart, and the case."""
    first, second = _leads_to(overlap.first), _leads_to(overlap.second)
    different = [name for name in {**first, **second} if first.get(name) != second.get(name)]
    return {
        "first": overlap.first.index,
        "second": overlap.second.index,
        "one": _told(first, different),
        "other": _told(second, different),
        "case": overlap.case.text or "-",
        "counterexample": overlap.case.words,
    }


def _leads_to(row: Row) -> dict[str, str]:
    return {name: out.text for name, out in row.outputs.items() if name not in _WORDS_ONLY}


def _told(outputs: dict[str, str], names: list[str]) -> str:
    return ", ".join(outputs.get(name, "-") for name in names)


def _numbers(rows: tuple[Row, ...]) -> str:
    return ", ".join(str(row.index) for row in rows)


def _finding(subject: Subject, code: str, severity: Severity, row: Row | None, **args: object) -> Finding:
    counterexample = args.pop("counterexample", {})
    table = subject.table
    address = table.name if row is None else f"{table.name}#{row.name}"
    named = {"row": row.index} if row is not None else {}
    return Finding(
        code,
        severity,
        table.place if row is None else row.place,
        clause=address,
        args={"table": _shown_name(subject)} | named | args,
        counterexample=counterexample if isinstance(counterexample, dict) else {},
        remedy=f"{code}_remedy",
    )


def _shown_name(subject: Subject) -> str:
    return f"{subject.table.name} ({subject.only})" if subject.only else subject.table.name
