"""What a level may grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tantam.plan.run.answers import Grant

if TYPE_CHECKING:
    from tantam.plan.sections import Plan


def may_grant(plan: Plan, level: str, kind: str, amount: Any) -> Grant:
    """Return whether `level` may grant `amount` of `kind` (`refund`, `goodwill`), and who may if not.

    amount: money as text ("500000 VND") or value. Raises UnknownName, BadFact.
    """
    raise NotImplementedError
