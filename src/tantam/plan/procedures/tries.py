"""A troubleshooter as steps: each try works, and it is over, or does not, and the next one follows."""

from __future__ import annotations

from dataclasses import replace

from tantam.plan.sections.clauses_procedures import (
    Choice,
    HandOver,
    Procedure,
    Run,
    Step,
    Task,
    Troubleshooter,
    Way,
    Work,
)
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.nodes import terms_in
from tantam.plan.tables.table import Row

WORKS, FAILS = "works", "fails"
LEFT = "left"


def steps_of(plan: Plan, tries: Troubleshooter) -> Procedure:
    """Return the troubleshooter as a procedure: a choice a try, then who takes over. Without tries, only that."""
    rows = tries.tries.rows if tries.tries is not None else ()
    last = LEFT if tries.nothing_left else ""
    names = [f"try{number}" for number in range(1, len(rows) + 1)]
    steps: dict[str, Step] = {}
    for name, following, row in zip(names, [*names[1:], last], rows, strict=True):
        steps[name] = _try(plan, tries, name, row, following)
    if last:
        steps[last] = _taking_over(plan, tries)
    return Procedure(tries.name, tries.place, tries.label, tries.about, steps=steps)


def row_of(tries: Troubleshooter, step: str) -> Row | None:
    """Return the row that a step of `steps_of` tries, None for the step of who takes over."""
    number = step.removeprefix("try")
    rows = tries.tries.rows if tries.tries is not None else ()
    return rows[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(rows) else None


def _try(plan: Plan, tries: Troubleshooter, name: str, row: Row, following: str) -> Step:
    """A try, with what must be known to tell whether it applies."""
    terms = dict.fromkeys(term for each in row.conditions if each is not None for term in terms_in(each.expr))
    asks = tuple(each for each in terms if each in plan.terms and plan.terms[each].ask)
    work = Work(name, row.place, does=_words(plan, row), asks=asks)
    return Choice(work, (Way("", row.place, WORKS), Way(following, row.place, FAILS)))


def _words(plan: Plan, row: Row) -> dict[str, str]:
    """What is tried, by language: texts of the plan, labels, else the names themselves."""
    written = row.outputs.get("do")
    names = [each.strip() for each in written.text.split(",")] if written else []
    found = {}
    for lang in plan.languages:
        said = [plan.text(each, lang) if each in plan.texts else _label(plan, each, lang) for each in names]
        found[lang] = ", ".join(said)
    return found


def _label(plan: Plan, name: str, lang: str) -> str:
    words = plan.labels.get(name, {})
    return words.get(lang) or name.replace("_", " ")


def _taking_over(plan: Plan, tries: Troubleshooter) -> Step:
    work, way = Work(LEFT, tries.place, tries.nothing_left), Way("", tries.place)
    if tries.nothing_left in plan.procedures or tries.nothing_left in plan.troubleshooters:
        return Run(replace(work, who="system"), tries.nothing_left, way)
    if tries.nothing_left in plan.levels or tries.nothing_left in plan.departments:
        return HandOver(work, tries.nothing_left, way)
    return Task(work, way)
