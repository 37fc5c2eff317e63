"""References between sections that no builder finds by itself: texts, groups of goals, clocks of measures."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.errors import Finding, Severity
from tantam.plan.nearest import listed, nearest
from tantam.plan.sections.aside import Aside
from tantam.plan.sections.counted import CALENDAR, COUNTED
from tantam.plan.sections.draft import At, Draft
from tantam.plan.sections.plan import Plan
from tantam.plan.sections.typed_aims import kinds_of, outcomes_of
from tantam.plan.sections.typed_policies import check_text, text_keys
from tantam.plan.sections.typed_terms import STAGES

# What `history` measures without being told how.
PROVIDED = tuple(sorted(COUNTED))


def unknown_measures(plan: Plan, aside: Aside) -> Iterator[Finding]:
    """Yield K30 for a goal whose measure neither the plan nor the product defines."""
    known = [*plan.measures, *(name for name in PROVIDED if name not in plan.measures)]
    for goal in plan.goals.values():
        clause = f"goals.{goal.name}"
        excused = aside.excuses("measure", goal.measure) or aside.holds(("goals", goal.name, "measure"))
        if goal.measure in known or excused:
            continue
        near = nearest(goal.measure, known)
        yield Finding(
            "K30",
            Severity.ERROR,
            plan.place(f"{clause}.measure"),
            clause=clause,
            args={"goal": goal.name, "measure": goal.measure, "allowed": listed(known), "near": near},
            remedy="K30_near_remedy" if near else "K30_remedy",
        )


def check_references(draft: Draft, plan: Plan) -> None:
    """Note every name that its section does not have."""
    _texts(draft, plan)
    _goals(draft, plan)
    _measures(draft, plan)
    for name, level in plan.levels.items():
        for severity in level.handles if plan.severities else ():
            draft.known("severity", severity, plan.severities, ("levels", name, "handles"))
    _triage(draft, plan)


def _texts(draft: Draft, plan: Plan) -> None:
    document = draft.document
    clauses = [("requirements", name, each.say or ()) for name, each in (document.requirements or {}).items()]
    clauses += [("actions", name, each.say or ()) for name, each in (document.actions or {}).items()]
    for section, name, keys in clauses:
        for key in keys:
            check_text(draft, key, draft.place(section, name, "say"), f"{section}.{name}")
    tables = [each for each in (plan.limits, plan.follow_ups) if each]
    for table in tables:
        for row in table.rows:
            out = row.outputs.get("say")
            for key in text_keys(out.text) if out else ():
                check_text(draft, key, out.place if out else row.place, f"{table.name}#{row.name}")


def _goals(draft: Draft, plan: Plan) -> None:
    """A goal's measure is left to the check of goals, for measures may be built in."""
    for name, goal in plan.goals.items():
        for group in goal.groups:
            draft.known("group", group, ["all", *plan.groups], ("goals", name, "group"))
        for stage in goal.stages:
            draft.known("stage", stage, ["all", *STAGES], ("goals", name, "stage"))


def _measures(draft: Draft, plan: Plan) -> None:
    """What is left out is left to the check of measures: older plans say it in words of their own."""
    allowed = {"topics": ("topic", plan.case_topics), "outcomes": ("outcome", outcomes_of(plan.policies))}
    for name, measure in plan.measures.items():
        if measure.clock and measure.clock != CALENDAR:
            draft.known("hours", measure.clock, plan.hours, ("measures", name, "clock"))
        if measure.of != name:
            draft.known("measure", measure.of, COUNTED, ("measures", name, "of"))
        if measure.promise:
            draft.known("promise", measure.promise, kinds_of(plan.promises), ("measures", name, "promise"))
        for field, (kind, names) in allowed.items():
            for each in getattr(measure, field) if names else ():
                draft.known(kind, each, names, ("measures", name, field))


def _triage(draft: Draft, plan: Plan) -> None:
    allowed = {
        "stage": STAGES,
        "severity": plan.severities,
        "level": tuple(plan.levels),
        "policy": tuple(plan.policies),
    }
    for table in plan.triage:
        for row in table.rows:
            for column, names in allowed.items():
                out = row.outputs.get(column)
                if out is not None and names and out.text not in names:
                    draft.known_at(column, out.text, names, At(out.place, f"{table.name}#{row.name}"))
