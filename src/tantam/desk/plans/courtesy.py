"""Whether a text speaks to a customer as the plan in force wants it: advice, beside the composer."""

from __future__ import annotations

from tantam.desk.plans.running import RunningPlan
from tantam.plan.courtesy import Advice, Reader, closes, opens
from tantam.plan.courtesy import look as look_over

__all__ = ["Advice", "Reader", "closes", "look", "opens"]


def look(plan: RunningPlan, text: str, lang: str, reader: Reader) -> tuple[Advice, ...]:
    """Return what to look at in a text in `lang` to this reader, in its order."""
    return look_over(plan.plan.courtesy, text, lang, reader)
