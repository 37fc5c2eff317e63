"""What the plan gives names to, kind by kind: the codes, and how a person calls each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tantam.desk.plans.running import RunningPlan
from tantam.plan.nearest import listed, nearest

KINDS = ("group", "stage", "severity", "level", "topic", "channel", "department", "provider")
_STAGES = ("before", "during", "after")


def names(plan: RunningPlan, kind: str) -> tuple[str, ...]:
    """Return the names of a kind, one of KINDS, in the plan's order. Raises KeyError for any other kind."""
    return _names(plan)[kind]


def label(plan: RunningPlan, kind: str, name: str, lang: str) -> str:
    """Return how a person calls one of them, the name itself, readable, where the plan does not say."""
    match kind:
        case "group":
            return plan.group_label(name, lang)
        case "level":
            return plan.level_label(name, lang)
        case "stage" | "severity" | "topic":
            return plan.label(kind, name, lang) if kind in plan.plan.terms else name.replace("_", " ")
    clause = _clauses(plan, kind).get(name)
    return plan.called(name, getattr(clause, "label", {}), lang)


def hours_label(plan: RunningPlan, name: str, lang: str) -> str:
    """Return hours as the plan calls them: `Service counter in the shop`."""
    return plan.called(name, plan.plan.labels.get(name, {}), lang)


@lru_cache(maxsize=16)
def _names(plan: RunningPlan) -> Mapping[str, tuple[str, ...]]:
    return {
        "group": tuple(plan.plan.groups),
        "stage": tuple(name for name, _ in plan.term_choices("stage", "en")) or _STAGES,
        "severity": plan.severities(),
        "level": plan.levels(),
        "topic": tuple(name for name, _ in plan.term_choices("topic", "en")),
        "channel": tuple(plan.plan.channels),
        "department": tuple(plan.plan.departments),
        "provider": tuple(plan.plan.providers),
    }


def _clauses(plan: RunningPlan, kind: str) -> Mapping[str, object]:
    return {"channel": plan.plan.channels, "department": plan.plan.departments, "provider": plan.plan.providers}[kind]


__all__ = ["KINDS", "hours_label", "label", "listed", "names", "nearest"]
