"""Checks what is taken for granted: that `always` and a policy's requirements leave somebody, and that each matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tantam.plan.checks.described import ERROR, NOTE, WARNING, Check
from tantam.plan.checks.space.formula import all_of, opposite
from tantam.plan.checks.space.months import mixes_days_and_months
from tantam.plan.checks.space.search import OutOfSteps, Space
from tantam.plan.checks.space.translate import Translator
from tantam.plan.checks.subjects import held_always
from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.sections.clauses import Policy
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.nodes import Both, Expr, Literal
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Row
from tantam.plan.tables.types import YesNo

_STEPS = 20_000
_USUAL = "decline"


class _Conditions:
    """Conditions in one space of cases, by their numbers. vague: it is no use to ask what is impossible among them."""

    def __init__(self, exprs: Sequence[Expr], scope: Scope) -> None:
        self.vague = mixes_days_and_months(exprs)
        translator = Translator(scope)
        hold = [translator.truth(each) for each in exprs]
        side = list(translator.side.values())
        translator.finish()
        fail = [opposite(each) for each in hold]
        self._space = Space(translator.axes, translator.variables, [*hold, *fail, *side], _STEPS)
        self._hold = [self._space.cut(each) for each in hold]
        self._fail = [self._space.cut(each) for each in fail]
        self._side = [self._space.cut(each) for each in side]

    def possible(self, holding: Iterable[int], failing: Iterable[int] = ()) -> bool:
        """Return whether some case meets the first and fails the second. Raises OutOfSteps."""
        parts = [*self._side, *(self._hold[n] for n in holding), *(self._fail[n] for n in failing)]
        return self._space.possible(all_of(parts))

    def implies(self, holding: Iterable[int], condition: int) -> bool:
        """Return whether the first leave no case that fails the condition."""
        return not self.vague and not self.possible(holding, [condition])

    def first_too_many(self, start: int) -> int | None:
        """Return the first condition from `start` on that leaves no case with those before it, None if all do."""
        count = 0 if self.vague else len(self._hold)
        return next((n for n in range(start, count) if not self.possible(range(n + 1))), None)


def check_requirements(plan: Plan) -> Iterator[Finding]:
    """Yield K09 if `always` contradicts itself, K70 for requirements that nobody meets, K71 for one without effect."""
    always = held_always(plan)
    try:
        at_fault = _Conditions(always, plan.scope).first_too_many(0)
    except OutOfSteps:
        return
    if at_fault is not None:
        written = plan.always[at_fault] if at_fault < len(plan.always) else None
        place = written.place if written else plan.place("groups")
        args = {"condition": written.text if written else "exclusive"}
        yield Finding("K09", Severity.ERROR, place, clause="always", args=args, remedy="K09_remedy")
        return
    for policy in plan.policies.values():
        try:
            yield from _of_policy(plan, policy, always)
        except OutOfSteps:
            continue


def _of_policy(plan: Plan, policy: Policy, always: tuple[Expr, ...]) -> Iterator[Finding]:
    shared = [plan.requirements[name].must for name in policy.needs if name in plan.requirements]
    rows = policy.must.rows if policy.must is not None else ()
    conditions = _Conditions([*always, *shared, *(_whole(row) for row in rows)], plan.scope)
    if (at_fault := conditions.first_too_many(len(always))) is not None:
        own = at_fault - len(always) - len(shared)
        place = rows[own].place if own >= 0 else plan.place(f"policies.{policy.name}.needs")
        clause = f"policies.{policy.name}.must#{rows[own].name}" if own >= 0 else f"policies.{policy.name}.needs"
        yield Finding("K70", Severity.ERROR, place, clause=clause, args={"policy": policy.name}, remedy="K70_remedy")
        return
    held = range(len(always))
    first = len(always) + len(shared)
    for number, row in enumerate(rows):
        earlier = range(len(always), first + number)
        if earlier and conditions.implies([*held, *earlier], first + number):
            yield _without_effect(policy, row, rows[:number])


def _whole(row: Row) -> Expr:
    """Return all conditions of a row as one."""
    parts = tuple(cell.expr for cell in row.conditions if cell is not None)
    return Both(parts, row.place, YesNo()) if parts else Literal(True, row.place, YesNo())


def _without_effect(policy: Policy, row: Row, before: Sequence[Row]) -> Finding:
    """Return a note; a warning where failing this row should lead elsewhere than failing those before it."""
    elsewhere = any(_otherwise(each) != _otherwise(row) for each in before)
    place: Place = row.place
    return Finding(
        "K71",
        Severity.WARNING if elsewhere else Severity.NOTE,
        place,
        clause=f"policies.{policy.name}.must#{row.name}",
        args={"table": f"policies.{policy.name}.must", "row": row.index},
        remedy="K71_remedy",
    )


def _otherwise(row: Row) -> str:
    return row.outputs["else"].text if "else" in row.outputs else _USUAL


CHECK = Check({"K09": ERROR, "K70": ERROR, "K71": WARNING + NOTE}, check_requirements)
