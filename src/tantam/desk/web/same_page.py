"""Two customers side by side, and why they may be one: as the list of pairs and a customer's page show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from tantam.desk.cases.models import Case
from tantam.desk.customers.contacts import masked
from tantam.desk.customers.models import Contact, Customer, Purchase
from tantam.desk.duplicates.looking import REASONS
from tantam.desk.duplicates.models import Merging, Pair

MOST_WAYS = 4  # to reach somebody, of those shown


@dataclass(frozen=True, slots=True)
class Side:
    """One of two, with what tells them apart. ways: masked; cases, bought: how many."""

    customer: Customer
    ways: tuple[str, ...]
    cases: int
    bought: int


@dataclass(frozen=True, slots=True)
class Two:
    """A pair as it is shown. pair: its key, 0 for two whom nobody found. reasons: in the reader's language."""

    pair: int
    sides: tuple[Side, Side]
    reasons: tuple[str, ...]


def shown(pairs: Sequence[Pair]) -> list[Two]:
    """Return the pairs with all that is shown of both; three queries, however many."""
    sides = sides_of([each for pair in pairs for each in (pair.first, pair.second)])
    return [
        Two(each.pk, (sides[each.first_id], sides[each.second_id]), tuple(reason_words(each.reasons))) for each in pairs
    ]


def sides_of(customers: Iterable[Customer]) -> dict[int, Side]:
    """Return what is shown of each customer, by their key; three queries."""
    known = {each.pk: each for each in customers}
    ways: dict[int, list[str]] = {}
    for each in Contact.objects.filter(customer__in=known).order_by("-preferred", "id"):
        ways.setdefault(each.customer_id, []).append(masked(each.value))
    cases, bought = (_counted(model, known) for model in (Case, Purchase))
    return {
        pk: Side(each, tuple(ways.get(pk, [])[:MOST_WAYS]), cases.get(pk, 0), bought.get(pk, 0))
        for pk, each in known.items()
    }


def reason_words(reasons: Iterable[str]) -> list[str]:
    """Return the reasons in the reader's language, the heaviest first, as they are kept."""
    return [str(REASONS[each][1]) for each in reasons if each in REASONS]


def taken_in(mergings: Sequence[Merging]) -> list[tuple[Merging, list[str]]]:
    """Return each merging with the reasons for which it was done."""
    return [(each, reason_words(each.reasons)) for each in mergings]


def _counted(model: Any, known: Iterable[int]) -> dict[int, int]:
    rows = model.objects.filter(customer__in=known).order_by().values_list("customer")
    return dict(rows.annotate(Count("id")))
