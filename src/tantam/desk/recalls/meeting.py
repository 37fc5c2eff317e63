"""Whom a recall meets: each thing of the batch that somebody bought, and what the plan would answer for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from tantam.desk.claims import budgets
from tantam.desk.claims.deciding import decide
from tantam.desk.claims.giving import worth
from tantam.desk.claims.models import Claim
from tantam.desk.common.money import Money
from tantam.desk.customers.models import Purchase, Unit
from tantam.desk.plans import Fact, RunningPlan, Standing
from tantam.desk.recalls.models import Owned, Recall

MOST_FORESEEN = 200  # of whom the plan is asked for the preview


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a recall would do. number: of things; looked: how many of them the plan was asked about.

    outcomes: of those, how often each; by_person: how many a person must decide; money: what the plan would give for
    them; left: of the policy's budget, None without one; claimed: had asked before; unowned: serials nobody bought.
    """

    number: int
    looked: int
    outcomes: Mapping[str, int]
    by_person: int
    money: Money
    left: Money | None
    claimed: int
    unowned: tuple[str, ...]

    @property
    def is_needed(self) -> bool:
        """Whether there is anybody who had not asked before."""
        return self.number > self.claimed

    @property
    def is_too_much(self) -> bool:
        """Whether it spends more than the budget has left."""
        return self.left is not None and self.money.minor > self.left.minor


def things(recall: Recall, plan: RunningPlan) -> list[tuple[Purchase, str]]:
    """Return (purchase, serial) of each thing of the batch that somebody bought, the oldest first; two queries."""
    units = Unit.objects.filter(product=recall.product_id).order_by("id")
    if recall.serials:
        found = units.filter(serial__in=recall.serials, purchase__isnull=False).select_related("purchase__customer")
        return [(each.purchase, each.serial) for each in found if each.purchase]
    return list(_of_days(recall, plan, units))


def _of_days(recall: Recall, plan: RunningPlan, units: QuerySet[Unit]) -> Iterator[tuple[Purchase, str]]:
    bought = Purchase.objects.filter(product=recall.product_id, **_between(recall, plan)).select_related("customer")
    for each in bought.prefetch_related(Prefetch("units", units)).order_by("id"):
        for serial in [unit.serial for unit in each.units.all()] or [""]:
            yield each, serial


def _between(recall: Recall, plan: RunningPlan) -> dict[str, datetime]:
    """Return the days in the company's zone as a filter of when it was handed over."""
    zone, found = ZoneInfo(plan.timezone), {}
    if recall.since:
        found["handed_over_at__gte"] = datetime.combine(recall.since, time(), tzinfo=zone)
    if recall.until:
        found["handed_over_at__lt"] = datetime.combine(recall.until + timedelta(days=1), time(), tzinfo=zone)
    return found


def facts_of(recall: Recall, plan: RunningPlan, now: datetime) -> dict[str, Fact]:
    """Return what holds for the whole batch: somebody looked at it. Raises BadFact, UnknownName."""
    return plan.read(recall.facts, Standing.VERIFIED, now)


def asked_before(recall: Recall, purchases: Iterable[Purchase]) -> frozenset[int]:
    """Return the ids of those purchases for which by this policy something is asked or granted, and not refused.

    What the recall itself granted does not count. One query.
    """
    standing = (Claim.State.OPEN, Claim.State.GRANTED)
    asked = Claim.objects.filter(case__purchase__in=purchases, policy=recall.policy, state__in=standing)
    own = Owned.objects.filter(recall=recall, claim__isnull=False).values("claim")
    return frozenset(asked.exclude(pk__in=own).values_list("case__purchase", flat=True))


def foreseen(recall: Recall, plan: RunningPlan, now: datetime) -> Foreseen:
    """Return what would become of the batch; nothing is written. At most MOST_FORESEEN things are asked about."""
    found = things(recall, plan)
    looked = [purchase for purchase, _serial in found[:MOST_FORESEEN]]
    before, facts = asked_before(recall, looked), facts_of(recall, plan, now)
    decided = [
        decide(recall.policy, facts, in_force=plan, customer=each.customer, purchase=each)
        for each in looked
        if each.pk not in before
    ]
    given = [worth(each) for each in decided if each.binding]
    owned = {serial for _purchase, serial in found}
    return Foreseen(
        number=len(found),
        looked=len(looked),
        outcomes=Counter(each.answer.outcome for each in decided),
        by_person=sum(not each.binding for each in decided),
        money=Money(sum(each.minor for each in given if each), plan.currency),
        left=budgets.left_of(plan, recall.policy, now),
        claimed=len(looked) - len(decided),
        unowned=tuple(each for each in recall.serials if each not in owned),
    )
