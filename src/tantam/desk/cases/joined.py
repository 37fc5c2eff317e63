"""Cases that were joined: which one stands for them, and which stand behind it.

A joined case keeps its messages and promises. Whoever acts on several joined cases locks the one that stands for them;
whoever joins or parts two locks both, the older first.
"""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.models import Actor, Case

DEEPEST = 50  # cases in a row, each joined to the next; joining refuses circles, so this is never reached


def target(case: Case) -> Case:
    """Return the case that stands for this one: itself, or what it was joined to, and so on. A query a step."""
    for _ in range(DEEPEST):
        if case.merged_into_id is None:
            return case
        case = Case.objects.select_related("customer", "owner", "purchase__product").get(pk=case.merged_into_id)
    raise RuntimeError(f"Case {case.pk} is joined in a circle.")


def all_of(case: Case) -> list[Case]:
    """Return the case and all that were joined to it, directly or through others; a query for each depth."""
    found, newest = [case], [case.pk]
    for _ in range(DEEPEST):
        below = list(Case.objects.filter(merged_into__in=newest).select_related("customer").order_by("id"))
        if not below:
            break
        found += below
        newest = [each.pk for each in below]
    return found


def shown_to_customer(case: Case) -> Case:
    """Return the case whose conversation its customer's link shows: the one that stands for it, if that is theirs."""
    end = target(case)
    return end if end.customer_id == case.customer_id else case


def same_customer(case: Case) -> list[Case]:
    """Return the case and those joined to it that are its own customer's."""
    return [each for each in all_of(case) if each.customer_id == case.customer_id]


def act_on_target(case: Case, actor: Actor, person: Person | None = None) -> Act:
    """Lock the case that stands for this one and return the act on it; the caller is inside a transaction."""
    for _ in range(DEEPEST):
        end = target(Case.objects.get(pk=case.pk)) if case.merged_into_id else case
        hold = transaction.savepoint()
        act = act_on(end, actor, person)
        if act.case.merged_into_id is None:
            transaction.savepoint_commit(hold)
            return act
        transaction.savepoint_rollback(hold)  # joined elsewhere before the lock was had
        case = act.case
    raise RuntimeError(f"Case {case.pk} is joined again and again.")


def acts(act: Act) -> list[Act]:
    """Return an act for each case that this one stands for, its own last."""
    return [act.on(pk) for pk in act.stands_for[1:]] + [act]


def others(act: Act) -> list[Act]:
    """Return an act on a joined case of each other customer: they read what is answered, too."""
    by_customer = {each.case.customer_id: each for each in acts(act)}
    return [each for customer, each in by_customer.items() if customer != act.case.customer_id]
