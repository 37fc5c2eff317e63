"""What a contract may promise under a plan, and until when it lasts; the plan's engine says both."""

from __future__ import annotations

from tantam.desk.plans.running import RunningPlan
from tantam.plan import run
from tantam.plan.run import Agreed, end_by_notice, renewed_end, time_agreed
from tantam.plan.run.promises import kinds
from tantam.plan.run.reasons import binds_aloud


def is_time(within: str) -> bool:
    """Whether a contract may promise something within this time, written as the plan's cells write it."""
    return time_agreed(within) is not None


def promisable(plan: RunningPlan) -> tuple[str, ...]:
    """Return the kinds of promise that the plan names, each once."""
    named = [*plan.plan.promises.labels, *(kind for table in plan.plan.promises.tables for kind in kinds(table))]
    return tuple(dict.fromkeys(named))


def within_aloud(within: str, lang: str) -> str:
    """Return a time that was agreed as a person says it; one that cannot be read as it is written."""
    span = time_agreed(within)
    return run.aloud(span, lang) if span is not None else within


def order_aloud(plan: RunningPlan, lang: str) -> str:
    """Return which commitment goes before which, as words with commas."""
    return binds_aloud(run.order_of(plan.plan), lang)


__all__ = [
    "Agreed",
    "end_by_notice",
    "is_time",
    "order_aloud",
    "promisable",
    "renewed_end",
    "within_aloud",
]
