"""Looks for customers who may be one, by a stated rule (docs/reference/customers.md), every few hours.

Only ever compared: persons with persons, organisations with organisations, nobody of our own. It decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from tantam.desk.common import clock, work
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles_long
from tantam.desk.customers.models import Contact, Customer, NamePart
from tantam.desk.customers.names import MOST_BYTES, words
from tantam.desk.duplicates.models import Pair

LOOK = "look_for_duplicates"  # work without payload
EVERY = timedelta(hours=3)
MOST_ALIKE = 12  # customers with one address: more is a switchboard or a shop's own, and says nothing
BATCH = 1_000

REASONS = {  # each with its weight; a pair whose reasons weigh LEAST together is shown
    "same_mail": (5, _("the same mail address")),
    "same_handle": (5, _("the same name in a messenger")),
    "same_phone": (3, _("the same telephone number")),
    "same_name": (2, _("the same words in the name, in whatever order")),
    "name_within": (1, _("the one's name is a part of the other's")),
    "same_birth_year": (2, _("born in the same year")),
    "other_birth_year": (-3, _("born in different years")),
}
LEAST = 4
_BY_KIND = {
    Contact.Kind.MAIL: "same_mail",
    Contact.Kind.PHONE: "same_phone",
    Contact.Kind.HANDLE: "same_handle",
}
Found = dict[tuple[int, int], set[str]]

recurs(LOOK, EVERY)


@handles_long(LOOK)
def do_look(payload: Mapping[str, Any]) -> None:
    """Look, as due work."""
    look()


def look() -> int:
    """Write the pairs that there are now; return how many. What was told apart stays so, whatever is found."""
    found: Found = defaultdict(set)
    for key, reason in _alike():
        found[key].add(reason)
    kept = list(_weighed(found))
    _write(kept)
    return len(kept)


def reasons_of(one: Customer, other: Customer, shared: Iterable[str] = ()) -> list[str]:
    """Return why these two may be one, the heaviest reason first. shared: what is known already."""
    reasons = set(shared)
    names = [words(each.name) for each in (one, other)]
    if all(len(each) > 1 for each in names):
        if sorted(names[0]) == sorted(names[1]):
            reasons.add("same_name")
        elif set(names[0]) <= set(names[1]) or set(names[1]) <= set(names[0]):
            reasons.add("name_within")
    if one.birth_year and other.birth_year:
        reasons.add("same_birth_year" if one.birth_year == other.birth_year else "other_birth_year")
    return sorted(reasons, key=lambda each: (-REASONS[each][0], each))


def weight(reasons: Iterable[str]) -> int:
    """Return how much the reasons weigh together, at least 0."""
    return max(0, sum(REASONS[each][0] for each in reasons))


def _alike() -> Iterator[tuple[tuple[int, int], str]]:
    """Yield each two customers, the older first, that share an address or all the words of a name."""
    several = Contact.objects.filter(customer__internal=False).values("kind", "network", "value")
    shared = several.annotate(n=Count("customer", distinct=True)).filter(n__gt=1, n__lte=MOST_ALIKE).order_by()
    for each in shared.iterator(BATCH):
        work.hold()
        theirs = Contact.objects.filter(kind=each["kind"], network=each["network"], value=each["value"])
        for pair in combinations(sorted(set(theirs.values_list("customer", flat=True))), 2):
            yield pair, _BY_KIND[Contact.Kind(each["kind"])]
    for group in _of_one_name():
        for pair in combinations(group, 2):
            yield pair, "same_name"


def _of_one_name() -> Iterator[list[int]]:
    """Yield those whose names have the same words, of names that some have in common; families share one, so few."""
    ends = NamePart.objects.values("tail").annotate(n=Count("customer", distinct=True)).filter(n__gt=1)
    shared = ends.filter(n__lte=MOST_ALIKE).order_by()
    seen: set[tuple[int, ...]] = set()
    for each in shared.iterator(BATCH):
        work.hold()
        tail = bytes(each["tail"])
        if len(tail) >= MOST_BYTES or b" " not in tail:
            continue
        group = sorted(set(NamePart.objects.filter(tail=each["tail"]).values_list("customer", flat=True)))
        if tuple(group) not in seen:
            seen.add(tuple(group))
            yield group


def _weighed(found: Found) -> Iterator[Pair]:
    """Yield the pairs that weigh enough, of customers who can be compared."""
    keys, now = sorted(found), clock.now()
    for begin in range(0, len(keys), BATCH):
        work.hold()
        some = keys[begin : begin + BATCH]
        known = Customer.objects.in_bulk({pk for pair in some for pk in pair})
        for first, second in some:
            one, other = known.get(first), known.get(second)
            if one is None or other is None or not _comparable(one, other):
                continue
            reasons = reasons_of(one, other, found[first, second] - {"same_name"})
            if (heavy := weight(reasons)) >= LEAST:
                yield Pair(first=one, second=other, reasons=reasons, weight=heavy, found_at=now)


def _comparable(one: Customer, other: Customer) -> bool:
    merged = one.merged_into_id or other.merged_into_id
    return one.kind == other.kind and not (one.internal or other.internal or merged)


def _write(found: list[Pair]) -> None:
    """Keep what was found, with its reasons of today; forget what is found no more and nobody decided about."""
    begun = min((each.found_at for each in found), default=clock.now())
    for start in range(0, len(found), BATCH):
        Pair.objects.bulk_create(
            found[start : start + BATCH],
            update_conflicts=True,
            unique_fields=["first", "second"],
            update_fields=["reasons", "weight", "found_at"],
        )
    Pair.objects.filter(apart_at=None, found_at__lt=begun).delete()
