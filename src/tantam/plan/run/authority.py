"""What a level may grant."""

from __future__ import annotations

from typing import Any

from tantam.plan.run.answers import Because, Grant
from tantam.plan.run.facts import money
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import Level
from tantam.plan.tables.values import Amount


def may_grant(plan: Plan, level: str, kind: str, amount: Any) -> Grant:
    """Return whether `level` may grant `amount` of `kind` (`refund`, `goodwill`), and who may if not.

    amount: money as text ("500000 VND") or value. Raises UnknownName, BadFact.
    """
    clause = plan.level(level)
    asked = money(plan, kind, amount)
    who_may = tuple(each.name for each in plan.levels.values() if _may(each, kind, asked))
    limit = clause.authority.get(kind)
    because = Because(
        plan.name,
        f"levels.{level}.authority.{kind}" if limit is not None else f"levels.{level}",
        kind,
        "B_may" if level in who_may else "B_may_not" if limit is not None else "B_may_nothing",
        args={"level": level, "kind": kind, "amount": str(asked), "limit": str(limit) if limit is not None else ""},
        plan=plan,
    )
    return Grant(level in who_may, limit, because, who_may)


def _may(level: Level, kind: str, amount: Amount) -> bool:
    limit = level.authority.get(kind)
    return limit is not None and amount <= limit
