"""What the plan knows of customers apart from their cases: departments as customers, and the ways to reach people."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk.plans.running import RunningPlan


@dataclass(frozen=True, slots=True)
class Department:
    """A department or stakeholder of the plan's `internal`. stakeholder: it is only owed."""

    name: str
    label: str
    stakeholder: bool


def departments(plan: RunningPlan, lang: str) -> tuple[Department, ...]:
    """Return the departments and stakeholders, in the plan's order, as a reader of `lang` calls them."""
    return tuple(
        Department(name, plan.called(name, each.label, lang), each.stakeholder)
        for name, each in plan.plan.departments.items()
    )


def department_label(plan: RunningPlan, name: str, lang: str) -> str:
    """Return how a department is called; one that this version does not have by its name."""
    return next((each.label for each in departments(plan, lang) if each.name == name), name.replace("_", " "))


def channels(plan: RunningPlan, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the channels, each with its words."""
    named = plan.plan.channels.items()
    return tuple((name, plan.called(name, each.label, lang)) for name, each in named)
