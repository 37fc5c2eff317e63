"""Checks every table: cases without an answer, rows that disagree, rows that never fire.

The search is explained in docs/algorithms/gaps.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice

from tantam.plan.checks.commitments.outcomes import required_outcomes
from tantam.plan.checks.described import ERROR, NOTE, WARNING, Check
from tantam.plan.checks.explored import STEPS, Explored, explore
from tantam.plan.checks.questions import Overlap, Searched, Share
from tantam.plan.checks.space.months import conditions_of, mixes_days_and_months, starts_that_matter
from tantam.plan.checks.space.search import OutOfSteps
from tantam.plan.checks.subjects import Subject, subjects
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.clauses_procedures import Choice
from tantam.plan.sections.plan import Plan
from tantam.plan.sections.procedures_branches import names_in
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Hit, Kind, Row, Table

# What a row says and cites may differ where it leads to the same.
_WORDS_ONLY = frozenset({"say", "law", "remind", "label"})


_NEVER_FIRES = frozenset({"K04", "K04_excluded", "K05", "K06"})
# So many pairs of rows are told one by one; of more, how many there are.
MOST_PAIRS = 20


def check_tables(plan: Plan, *, steps: int = STEPS) -> Iterator[Finding]:
    """Yield K01 to K08, K13, K14, K17 and K18 for every table of the plan. steps: how far each is searched at most."""
    for subject in subjects(plan):
        found = list(findings_of(subject, plan.scope, steps))
        yield from found
        yield from _unreached(plan, subject.table, {each.args["row"] for each in found if each.code in _NEVER_FIRES})


def findings_of(subject: Subject, scope: Scope, steps: int = STEPS) -> Iterator[Finding]:
    """Yield what one table has: by months of average length, then what only long or short months show."""
    found = list(_findings(subject, explore(subject.table, subject.assumed, scope, steps)))
    yield from found
    yield from _in_real_months(subject, scope, steps, found)


def _findings(subject: Subject, searched: Searched) -> Iterator[Finding]:
    """Yield what each question finds; one that takes more steps than it may does not keep the others from theirs."""
    try:
        if searched.is_void():
            return  # what contradicts itself has a finding of its own
    except OutOfSteps:
        pass
    questions = {"K01": _gaps, "K04": _impossible}
    if subject.table.hit.single and subject.compared:
        questions |= {"K05": _idle, "K02": _overlaps, "K17": _redundant}
    unfinished = []
    for code, ask in questions.items():
        try:
            yield from ask(subject, searched)
        except OutOfSteps:
            unfinished.append(code)
    if unfinished:
        yield _finding(subject, "K07", Severity.NOTE, None, codes=", ".join(unfinished))


def _gaps(subject: Subject, searched: Searched) -> Iterator[Finding]:
    if subject.unanswered is None:
        return
    for gap in searched.gaps():
        code = "K01" if gap.words else "K01_none"
        more = {"case": gap.text, "box": gap.box or gap.text, "counterexample": gap.words}
        yield _finding(subject, code, subject.unanswered, None, **more)
    if searched.further_gaps:
        yield _finding(subject, "K13", Severity.NOTE, None, count=searched.further_gaps)


def _impossible(subject: Subject, searched: Searched) -> Iterator[Finding]:
    for row, excluded in searched.impossible():
        yield _finding(subject, "K04_excluded" if excluded else "K04", Severity.WARNING, row)


def _idle(subject: Subject, searched: Searched) -> Iterator[Finding]:
    """Yield the rows that never fire. Under `unique`, rows that lead elsewhere than this one are overlaps, no cover."""
    ordered = subject.table.hit.hides
    for row, takers in searched.shadowed():
        if ordered or all(_leads_to(each) == _leads_to(row) for each in takers):
            yield _finding(subject, "K05", Severity.WARNING, row, takers=_numbers(takers))
    if (idle := searched.needless_otherwise()) is not None:
        yield _finding(subject, "K06", Severity.NOTE, idle)


def _redundant(subject: Subject, searched: Searched) -> Iterator[Finding]:
    """Yield the rows that could be left out: to the letter the same, words included, is what later rows would give."""
    gives = {row.index: _gives(row) for row in subject.table.rows}
    for row, takers in searched.redundant(lambda one, other: gives[one.index] == gives[other.index]):
        yield _finding(subject, "K17", Severity.NOTE, row, takers=_numbers(takers))


def _unreached(plan: Plan, table: Table, idle: set[object]) -> Iterator[Finding]:
    """Yield the described outcomes, and those of branches, to which only rows lead that never fire.

    idle: the numbers of these rows. An outcome that stands in its row only is told with the row.
    """
    section, _, rest = table.name.partition(".")
    policy = plan.policies.get(rest.removesuffix(".decides")) if section == "policies" and idle else None
    if policy is None or table is not policy.decides:
        return
    alive = {_outcome(row) for row in table.rows if row.index not in idle} | set(required_outcomes(plan, policy))
    named = {*policy.outcomes, *_branched(plan, policy.name)}
    found = dict.fromkeys(_outcome(row) for row in table.rows if row.index in idle)
    if lost := [each for each in found if each in named and each not in alive]:
        place = next(row.place for row in table.rows if _outcome(row) == lost[0])
        args = {"policy": policy.name, "outcomes": ", ".join(lost)}
        yield Finding("K18", Severity.WARNING, place, clause=table.name, args=args, remedy="K18_remedy")


def _branched(plan: Plan, policy: str) -> Iterator[str]:
    """Yield the outcomes of a policy for which some procedure has a branch."""
    for procedure in plan.procedures.values():
        for step in procedure.steps.values():
            if isinstance(step, Choice) and step.policy == policy:
                yield from (name for way in step.branches for name in names_in(way.when))


def _overlaps(subject: Subject, searched: Searched) -> Iterator[Finding]:
    """Yield the pairs of rows that match one case and lead to different things.

    Under `first` the order is meant: a special row before a general one is no mistake; under `priority` any is meant.
    """
    if subject.table.hit is Hit.PRIORITY:
        return
    found = searched.overlaps(lambda one, other: _leads_to(one) != _leads_to(other))
    if subject.table.hit in (Hit.UNIQUE, Hit.ANY):
        yield from _pairs(subject, found, partial(_disagreement, subject))
        return
    crossing = (each for each in found if each.share is Share.SOME)
    if subject.table.kind is Kind.LADDER:
        yield from _crossing(subject, list(crossing))
    else:
        yield from _pairs(subject, crossing, partial(_crossed, subject))


def _in_real_months(subject: Subject, scope: Scope, steps: int, found: list[Finding]) -> Iterator[Finding]:
    """Yield what shows only in long or short months, where a table counts in both days and months.

    found: what months of average length have shown; a table with gaps gets no more of them.
    """
    table = subject.table
    conditions = [*subject.assumed, *conditions_of(table.rows)]
    if not table.hit.single or not subject.compared or not mixes_days_and_months(conditions):
        return
    pairs = {(each.args["first"], each.args["second"]) for each in found if each.code == "K02"}
    gaps = subject.unanswered is None or any(each.code == "K01" for each in found)
    for start in starts_that_matter(conditions):
        searched = Explored(table, subject.assumed, scope, steps, start=start)
        try:
            if not gaps:
                told = list(_gaps(subject, searched))
                gaps = bool(told)
                yield from told
            for each in _overlaps(subject, searched) if table.hit in (Hit.UNIQUE, Hit.ANY) else ():
                pair = each.args.get("first"), each.args.get("second")
                if each.code == "K02" and pair not in pairs:
                    pairs.add(pair)
                    yield each
        except OutOfSteps:
            yield _finding(subject, "K07", Severity.NOTE, None, codes="K01, K02")
            return


def _pairs(subject: Subject, found: Iterator[Overlap], tell: Callable[[Overlap], Finding]) -> Iterator[Finding]:
    """Yield the first pairs one by one, then how many more there are."""
    yield from map(tell, islice(found, MOST_PAIRS))
    if more := sum(1 for _ in found):
        yield _finding(subject, "K14", Severity.NOTE, None, count=more)


def _crossed(subject: Subject, overlap: Overlap) -> Finding:
    found = _finding(subject, "K03", Severity.WARNING, overlap.second, **_both(overlap))
    return replace(found, related=(overlap.first.place,))


def _disagreement(subject: Subject, overlap: Overlap) -> Finding:
    """Return the finding about two rows of which only one may match.

    An exception written beside its rule is a warning, unless the plan itself grants: what it says binds at once.
    """
    exception = overlap.share is Share.ONE_WHOLLY and subject.table.hit is Hit.UNIQUE
    severity = Severity.WARNING if exception and not subject.binding else Severity.ERROR
    remedies = {Share.ALL: "K02_same_remedy", Share.ONE_WHOLLY: "K02_exception_remedy", Share.SOME: "K02_remedy"}
    found = _finding(subject, "K02", severity, overlap.second, **_both(overlap))
    return replace(found, remedy=remedies[overlap.share], related=(overlap.first.place,))


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


def _gives(row: Row) -> dict[str, str]:
    return {name: out.text for name, out in row.outputs.items()}


def _outcome(row: Row) -> str:
    return row.outputs["outcome"].text if "outcome" in row.outputs else ""


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
        "K13": NOTE,
        "K14": NOTE,
        "K17": NOTE,
        "K18": WARNING,
    },
    check_tables,
)
