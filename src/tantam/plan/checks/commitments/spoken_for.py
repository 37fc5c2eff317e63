"""Checks that every policy says what it commits to, how it is carried out, and whose pain it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tantam.plan.checks.described import NOTE, Check, finding, several
from tantam.plan.errors import Finding, Severity
from tantam.plan.files import Node, Scalar, at, walk
from tantam.plan.sections.plan import Plan

_WORD = re.compile(r"[^\W\d]\w*")


def check_spoken_for(plan: Plan) -> Iterator[Finding]:
    """Yield notes: K140 for a policy without a commitment beside some that have one, K141 for policies that no
    procedure carries out, K145 for budgets that nothing measures, K146 for needs that no policy answers, K147 for
    policies that answer none.
    """
    policies = plan.policies.values()
    if any(any(each.commitment.values()) for each in policies):
        for each in policies:
            if not any(each.commitment.values()):
                yield finding("K140", Severity.NOTE, each.place, f"policies.{each.name}", policy=each.name)
    yield from _carried_out(plan)
    if budgets := [each for each in policies if each.budget and not each.cost_measure and not plan.costs]:
        place, clause = plan.place(f"policies.{budgets[0].name}.budget"), f"policies.{budgets[0].name}"
        names = several(f"{each.name} ({each.budget})" for each in budgets)
        yield finding("K145", Severity.NOTE, place, clause, policies=names)
    yield from _needs(plan)


def _carried_out(plan: Plan) -> Iterator[Finding]:
    section = at(plan.root, ["procedures"])
    if section is None:
        return
    named = _words_in(section)
    left = [each for each in plan.policies.values() if not each.procedure and each.name not in named]
    left = [each for each in left if each.decides is not None and not _leads_to_procedure(plan, each.name)]
    if left:
        names = several(each.name for each in left)
        yield finding("K141", Severity.NOTE, plan.place("procedures"), "procedures", policies=names)


def _leads_to_procedure(plan: Plan, policy: str) -> bool:
    decides = plan.policies[policy].decides
    return decides is not None and any("procedure" in row.outputs for row in decides.rows)


def _words_in(section: Node) -> set[str]:
    return {word for _, node in walk(section) if isinstance(node, Scalar) for word in _WORD.findall(node.text)}


def _needs(plan: Plan) -> Iterator[Finding]:
    answered = {need for each in plan.policies.values() for need in each.answers_pain}
    if not plan.needs or not plan.policies:
        return
    if left := [each for each in plan.needs.values() if each.name not in answered]:
        names = several(each.name for each in left)
        yield finding("K146", Severity.NOTE, left[0].place, "needs", needs=names)
    silent = [each for each in plan.policies.values() if not each.answers_pain and not any(each.pain.values())]
    if answered and silent:
        names = several(each.name for each in silent)
        yield finding("K147", Severity.NOTE, silent[0].place, f"policies.{silent[0].name}", policies=names)


CHECK = Check({"K140": NOTE, "K141": NOTE, "K145": NOTE, "K146": NOTE, "K147": NOTE}, check_spoken_for)
