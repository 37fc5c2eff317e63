"""Which level takes over from a level."""

from __future__ import annotations

from tantam.plan.sections import Plan


def escalate(plan: Plan, level: str, *, why: str = "missed") -> str | None:
    """Return the level above `level`, or None at the top.

    why: `missed` (a promise was missed), `authority` (the level may not grant it), `asked`; a level's
    `escalates_to` may name one for each. Raises UnknownName.
    """
    return plan.level(level).above(why)
