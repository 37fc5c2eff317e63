"""What was granted over a purchase before: the same thing is given once, and a person looks at the second request."""

from __future__ import annotations

from django.db.models import Q

from tantam.desk.cases.models import Case
from tantam.desk.claims.deciding import Decided
from tantam.desk.claims.models import Claim, Grant
from tantam.desk.customers.models import Purchase

GOES_BACK = frozenset({"refund", "exchange", "return", "replacement"})  # the purchase itself goes back: once in all
# What is due anew each time.
EACH_TIME = frozenset({"goodwill", "compensation", "warranty", "repair", "consultation", "change"})


def hold_purchase(case: Case) -> None:
    """Lock what was bought until the transaction ends: of two who ask over it at once, the second sees the first."""
    if case.purchase_id is not None:
        list(Purchase.objects.select_for_update(of=("self",), no_key=True).filter(pk=case.purchase_id).values("pk"))


def granted_before(claim: Claim, decided: Decided) -> Grant | None:
    """Return the first grant over the same purchase that stands in the way of granting this by the plan alone.

    Money back or a new one is given once, whatever the policy's name; any other policy pays once. What is due anew
    each time (a repair, goodwill) never stands in the way.
    """
    purchase, kind = claim.case.purchase_id, decided.plan.kind_of(claim.policy)
    if purchase is None or kind in EACH_TIME:
        return None
    same = Q(claim__policy=claim.policy, amount_minor__gt=0)
    if kind in GOES_BACK:
        same = Q(kind__in=GOES_BACK) & (Q(amount_minor__gt=0) | Q(claim__outcome=decided.answer.outcome))
    standing = Grant.objects.filter(same, case__purchase=purchase, reversed_at=None).exclude(claim=claim)
    return standing.select_related("case").order_by("granted_at", "id").first()
