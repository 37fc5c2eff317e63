"""What the plan lets a policy cost in a period, as the desk asks it: an amount, or a share of what was sold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from tantam.desk.common.money import Money
from tantam.desk.plans.running import RunningPlan
from tantam.plan.sections.teller import share_of
from tantam.plan.spoken import percent

MONTHS = {"month": 1, "quarter": 3, "year": 12}
_OF_SALES = re.compile(r"^\s*(.*?%)\s+of\s+sales\b")


@dataclass(frozen=True, slots=True)
class Budget:
    """Of a policy: an amount, or a share 0..1 of sales, one of both; for each run of so many months. written: as it is.

    The budget is a year's where the plan names no period.
    """

    policy: str
    written: str
    months: int
    amount: Money | None
    share: float | None

    @property
    def clause(self) -> str:
        """The address at which the plan says it."""
        return f"policies.{self.policy}.budget"

    def share_said(self, lang: str) -> str:
        """Return its share of sales as `0,3 %`, "" for an amount."""
        return percent(Fraction(str(round(self.share, 6))), lang) if self.share else ""

    def of(self, sold_in_a_year: int, currency: str) -> Money | None:
        """Return what may be spent in a period. sold_in_a_year: minor units. None where nothing was sold to share."""
        if self.amount is not None:
            return self.amount
        minor = round((self.share or 0) * sold_in_a_year * self.months / 12)
        return Money(minor, currency) if minor > 0 else None


def budget_of(plan: RunningPlan, policy: str) -> Budget | None:
    """Return the policy's budget; None for a policy without one, or one that only people can read."""
    clause = plan.plan.policies.get(policy)
    if clause is None or not clause.budget:
        return None
    months = MONTHS.get(clause.budget_per or "year")
    if months is None:
        return None
    if clause.budget_amount is not None:
        amount = Money(clause.budget_amount.minor, clause.budget_amount.currency)
        return Budget(policy, clause.budget, months, amount, None)
    found = _OF_SALES.match(clause.budget)
    share = share_of(found[1]) if found else None
    return Budget(policy, clause.budget, months, None, share) if share else None


def budgets_of(plan: RunningPlan) -> tuple[Budget, ...]:
    """Return the budgets of all policies that have one, in the plan's order."""
    found = (budget_of(plan, each) for each in plan.policies())
    return tuple(each for each in found if each is not None)


def period_of(plan: RunningPlan, budget: Budget, now: datetime) -> tuple[date, datetime]:
    """Return the first day of the period that holds `now` in the company's zone, and the instant at which it began."""
    zone = ZoneInfo(plan.timezone)
    local = now.astimezone(zone)
    month = (local.month - 1) // budget.months * budget.months + 1
    return date(local.year, month, 1), datetime(local.year, month, 1, tzinfo=zone)
