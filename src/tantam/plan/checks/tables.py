"""Checks every table: cases without an answer, rows that disagree, rows that never fire.

The search is explained in docs/algorithms/gaps.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tantam.plan.checks.described import ERROR, NOTE, WARNING, Check
from tantam.plan.checks.explored import STEPS, Explored, Overlap, Share
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
    if explored.is_void():
        return  # what contradicts itself has a finding of its own
    yield from _gaps(subject, explored)
    for row, excluded in explored.impossible():
        yield _finding(subject, "K04_excluded" if excluded else "K04", Severity.WARNING, row)
    if subject.table.hit.single and subject.compared:
        yield from _idle(subject, explored)
        yield from _overlaps(subject, explored)


def _gaps(subject: Subject, explored: Explored) -> Iterator[Finding]:
    if subject.unanswered is not None:
        for case in explored.gaps():
            code = "K01" if case.words else "K01_none"
            yield _finding(subject, code, subject.unanswered, None, case=case.text, counterexample=case.words)


def _idle(subject: Subject, explored: Explored) -> Iterator[Finding]:
    """Yield the rows that never fire. Under `unique`, rows that lead elsewhere than this one are overlaps, no cover."""
    ordered = subject.table.hit.hides
    for row, takers in explored.shadowed():
        if ordered or all(_leads_to(each) == _leads_to(row) for each in takers):
            yield _finding(subject, "K05", Severity.WARNING, row, takers=_numbers(takers))
    if (idle := explored.needless_otherwise()) is not None:
        yield _finding(subject, "K06", Severity.NOTE, idle)


def _overlaps(subject: Subject, explored: Explored) -> Iterator[Finding]:
    """Yield the pairs of rows that match one case and lead to different things.

    Under `first` the order is meant: a special row before a general one is no mistake; under `priority` any is meant.
    """
    if subject.table.hit is Hit.PRIORITY:
        return
    found = explored.overlaps(lambda one, other: _leads_to(one) != _leads_to(other))
    if subject.table.hit in (Hit.UNIQUE, Hit.ANY):
        yield from (_disagreement(subject, each) for each in found)
        return
    crossing = [each for each in found if each.share is Share.SOME]
    if subject.table.kind is Kind.LADDER:
        yield from _crossing(subject, crossing)
    else:
        yield from (_finding(subject, "K03", Severity.WARNING, each.second, **_both(each)) for each in crossing)


def _disagreement(subject: Subject, overlap: Overlap) -> Finding:
    """Return the finding about two rows of which only one may match.

    An exception written beside its rule is a warning, unless the plan itself grants: what it says binds at once.
    """
    exception = overlap.share is Share.ONE_WHOLLY and subject.table.hit is Hit.UNIQUE
    severity = Severity.WARNING if exception and not subject.binding else Severity.ERROR
    remedies = {Share.ALL: "K02_same_remedy", Share.ONE_WHOLLY: "K02_exception_remedy", Share.SOME: "K02_remedy"}
    return replace(_finding(subject, "K02", severity, overlap.second, **_both(overlap)), remedy=remedies[overlap.share])


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
    """Return where a row leads, as far as it differs: `refund (within = 3 days)`; what is named first stands bare."""
    bare, *named = ((name, outputs.get(name, "-")) for name in names)
    rest = ", ".join(f"{name} = {value}" for name, value in named)
    return f"{bare[1]} ({rest})" if rest else bare[1]


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


CHECK = Check(
    {
        "K01": ERROR + WARNING,
        "K01_none": ERROR,
        "K02": ERROR + WARNING,
        "K03": WARNING,
        "K04": WARNING,
        "K04_excluded": WARNING,
        "K05": WARNING,
        "K06": NOTE,
        "K07": NOTE,
        "K08": NOTE,
    },
    check_tables,
)
