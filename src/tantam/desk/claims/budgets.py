"""What policies gave against their budgets: counted from the ledger, and told before a budget is spent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Sum

from tantam.desk.cases.act import Act
from tantam.desk.claims.models import Alarm, Entry, Grant
from tantam.desk.common.money import Money
from tantam.desk.customers.models import Purchase
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.budgets import Budget, budget_of, budgets_of, period_of

STEPS = (80, 100)  # percent of the budget at which it is told
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Spent:
    """A policy's budget in the period that runs. given: what was granted and not taken back; paid: of that.

    budget: None while nothing was sold of which it is a share. All in the company's currency.
    """

    of: Budget
    begins: date
    budget: Money | None
    given: Money
    paid: Money

    @property
    def percent(self) -> int | None:
        """How much of the budget is given, rounded down; None without one."""
        return self.given.minor * 100 // self.budget.minor if self.budget and self.budget.minor else None

    @property
    def is_nearly_spent(self) -> bool:
        """Whether it came to the step at which it is told."""
        return self.percent is not None and self.percent >= STEPS[0]

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left of it."""
        return self.percent is not None and self.percent >= STEPS[-1]


def spent_of(plan: RunningPlan, now: datetime) -> tuple[Spent, ...]:
    """Return every budget of the plan with what is spent of it; two queries a period, and one for the sales."""
    sold = sold_in_a_year(plan, now)
    return tuple(_spent(plan, each, now, sold) for each in budgets_of(plan))


def left_of(plan: RunningPlan, policy: str, now: datetime) -> Money | None:
    """Return what is left of the policy's budget in the period that runs, >= 0; None without a budget."""
    of = budget_of(plan, policy)
    if of is None:
        return None
    budget = of.of(0 if of.amount is not None else sold_in_a_year(plan, now), plan.currency)
    if budget is None:
        return None
    given = _sum(_inside(plan, of, now).filter(account=Entry.Account.GIVEN))
    return Money(max(0, budget.minor - given), plan.currency)


def watch(act: Act, grant: Grant) -> None:
    """Tell once a period that the grant's policy came to a step of its budget."""
    found = budget_of(act.plan, grant.claim.policy) if grant.amount_minor and grant.claim else None
    if found is None:
        return
    sold = 0 if found.amount is not None else sold_in_a_year(act.plan, act.now)
    state = _spent(act.plan, found, act.now, sold)
    for step in STEPS:
        if state.percent is not None and state.percent >= step:
            _tell(act, grant, state, step)


def _tell(act: Act, grant: Grant, state: Spent, step: int) -> None:
    fresh = {"grant": grant, "at": act.now}
    _alarm, new = Alarm.objects.get_or_create(policy=state.of.policy, period=state.begins, share=step, defaults=fresh)
    if new:
        act.append(
            "budget_nearly_spent" if step < STEPS[-1] else "budget_spent",
            clause=state.of.clause,
            policy=state.of.policy,
            grant=grant.pk,
            minor=state.given.minor,
            currency=state.given.currency,
        )


def _spent(plan: RunningPlan, of: Budget, now: datetime, sold: int) -> Spent:
    first, _begins = period_of(plan, of, now)
    inside = _inside(plan, of, now)
    given = _sum(inside.filter(account=Entry.Account.GIVEN))
    paid = -_sum(inside.filter(account=Entry.Account.PAID))
    currency = plan.currency
    return Spent(of, first, of.of(sold, currency), Money(given, currency), Money(paid, currency))


def _inside(plan: RunningPlan, of: Budget, now: datetime) -> QuerySet[Entry]:
    """Return what was booked for the budget's policy in the period that runs."""
    _first, begins = period_of(plan, of, now)
    return Entry.objects.filter(policy=of.policy, at__gte=begins, at__lte=now, currency=plan.currency)


def _sum(entries: QuerySet[Entry]) -> int:
    return int(entries.aggregate(sum=Sum("minor"))["sum"] or 0)


def sold_in_a_year(plan: RunningPlan, now: datetime) -> int:
    """Return what was sold in the 365 days before, minor units of the company's currency."""
    bought = Purchase.objects.filter(ordered_at__gt=now - YEAR, ordered_at__lte=now, currency=plan.currency)
    return int(bought.aggregate(sum=Sum("price_minor"))["sum"] or 0)
