"""What was done of our own accord, as people may see it: the house all, a customer's link the one that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, Max, OuterRef, Q, QuerySet, Value
from django.http import Http404

from tantam.desk.accounts.access import may_read
from tantam.desk.cases.models import Case
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.followups.models import FollowUp
from tantam.desk.plans.seeing import sees_house

State, Result = FollowUp.State, FollowUp.Result
DONE = (State.SENT, State.TO_CALL)
WIN_BACK = ("lost", "silent", "contract_over")  # the events after which somebody is to be won back


@dataclass(frozen=True)
class Score:
    """One row of the plan, counted. states, reasons, results: how many, by code."""

    row: str
    states: Mapping[str, int]
    reasons: Mapping[str, int]
    results: Mapping[str, int]


def follow_ups_for(person: object) -> QuerySet[FollowUp]:
    """Return what this person may see: the house all, a provider's people and outsiders none."""
    if not may_read(person) or not sees_house(person):
        return FollowUp.objects.none()
    return FollowUp.objects.select_related("customer", "purchase__product", "led_to", "plan_version")


def follow_up_for(person: object, pk: int) -> FollowUp:
    """Return one that the person may see. Raises Http404."""
    found = follow_ups_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def of_case(case: Case) -> FollowUp | None:
    """Return the follow-up that began this case; None for a case that its customer began."""
    return FollowUp.objects.filter(led_to=case).order_by("id").first()


def by_link(key: str) -> FollowUp:
    """Return the one whose page this is, once it went out. Raises Http404."""
    found = FollowUp.objects.select_related("customer", "purchase__product", "led_to").exclude(mail="")
    one = found.filter(link_key=key).first() if key.isprintable() else None
    if one is None:
        raise Http404
    return one


def scores(person: object, since: datetime) -> list[Score]:
    """Return how many of each row of the plan were due since then, by what became of them; three queries."""
    lately = follow_ups_for(person).filter(due_at__gte=since).select_related(None).order_by()
    counted: dict[str, tuple[Counter[str], Counter[str], Counter[str]]] = {}
    for place, field in enumerate(("state", "reason", "result")):
        for row, code, number in lately.values_list("row", field).annotate(Count("id")):
            of_row = counted.setdefault(row, (Counter(), Counter(), Counter()))
            if code:
                of_row[place][code] += number
    return [Score(row, *counted[row]) for row in sorted(counted)]


def won_back(person: object, since: datetime, within: timedelta) -> dict[str, tuple[int, int]]:
    """Return {row: (bought again, followed up)} of lost and former customers written to or called since then.

    Bought again: within so long of it. A row counts customers, each once. One query.
    """
    ended = ExpressionWrapper(OuterRef("done_at") + Value(within), output_field=DateTimeField())
    again = Purchase.objects.filter(
        customer=OuterRef("customer"), ordered_at__gt=OuterRef("done_at"), ordered_at__lte=ended
    )
    found = follow_ups_for(person).filter(event__in=WIN_BACK, state__in=DONE, due_at__gte=since)
    counted = (
        found.select_related(None)
        .order_by()
        .values_list("row")
        .annotate(won=Count("customer", distinct=True, filter=Exists(again)), n=Count("customer", distinct=True))
    )
    return {row: (won, n) for row, won, n in counted}


def without_contact(person: object, since: datetime) -> QuerySet[Customer]:
    """Return who bought something before then and had no contact with us since, whoever longest ago first.

    A case, a purchase and what we sent or called of our own accord are contacts.
    """
    if not may_read(person) or not sees_house(person):
        return Customer.objects.none()
    last = Customer.objects.filter(internal=False).annotate(
        bought_last=Max("purchases__ordered_at"),
        heard_last=Max("cases__last_at"),
        asked_last=Max("follow_ups__done_at", filter=~Q(follow_ups__state__in=[State.PLANNED, State.WITHHELD])),
    )
    never = Q(heard_last=None) | Q(heard_last__lt=since)
    not_asked = Q(asked_last=None) | Q(asked_last__lt=since)
    return last.filter(never, not_asked, bought_last__lt=since).order_by("bought_last", "id")
