"""Finds customers among a million: by the beginnings of words of a name, a whole contact, purchase or serial number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from tantam.desk.customers import serials
from tantam.desk.customers.contacts import normal
from tantam.desk.customers.models import Contact, Customer, NamePart, Unit
from tantam.desk.customers.names import MOST_BYTES, words

AT_ONCE = 50
RARE = 500  # parts of names; of words that begin more names than this, none is rarer than another
MOST_ASKED = 6  # words of a search that count
MOST_LOOKED_AT = 3000  # parts, where no word of a search is rare
_LAST = b"\xff"
_PHRASE = "p"  # a cursor of names that have the words one after another


@dataclass(frozen=True, slots=True)
class CustomersFound:
    """A page of customers. after: where the next one begins, "" if there is none."""

    customers: tuple[Customer, ...]
    after: str


def newest(known: QuerySet[Customer], after: str = "") -> CustomersFound:
    """Return those taken on last, the newest first. after: of an earlier page; one that is unreadable is ignored."""
    rows = known.filter(merged_into=None).order_by("-id")
    if after.isascii() and after.isdigit() and len(after) < 20:
        rows = rows.filter(pk__lt=int(after))
    page = list(rows[: AT_ONCE + 1])
    return CustomersFound(tuple(page[:AT_ONCE]), str(page[AT_ONCE - 1].pk) if len(page) > AT_ONCE else "")


def matching(known: QuerySet[Customer], asked: str, after: str = "") -> CustomersFound:
    """Return who has this contact, purchase or unit, then those with all these words at the beginnings of their name's.

    Names come in the order of the rarest word that was asked, so that whole words come before longer ones.
    """
    exact = [] if after else list(_exactly(known, asked))
    found = _named(known, words(asked)[:MOST_ASKED], after)
    seen = {each.pk for each in exact}
    return CustomersFound((*exact, *(each for each in found.customers if each.pk not in seen)), found.after)


def _exactly(known: QuerySet[Customer], asked: str) -> Iterable[Customer]:
    """Return who has this very contact, name in a network, purchase number, or serial number."""
    contact = normal(asked)
    values = {asked.casefold().lstrip("@"), *((contact[1],) if contact else ())}
    parts = (
        known.filter(pk__in=Contact.objects.filter(value__in=values).values("customer")),
        known.filter(purchases__number="".join(asked.split()).upper()),
        known.filter(pk__in=Unit.objects.filter(serial=serials.kept(asked) or None).values("purchase__customer")),
    )
    met: dict[int, Customer] = {}
    for part in parts:
        met |= {each.pk: each for each in part[:AT_ONCE]}
    return met.values()


def _named(known: QuerySet[Customer], asked: list[str], after: str) -> CustomersFound:
    """Return whose names have the words one after another, then whose names have them all anywhere."""
    if not asked:
        return CustomersFound((), "")
    if len(asked) == 1:
        return _page(known, _parts(asked[0], after))
    phrase = CustomersFound((), "")
    if not after or after.startswith(_PHRASE):
        phrase = _page(known, _parts(" ".join(asked), after.removeprefix(_PHRASE)))
        if phrase.after or after:
            return CustomersFound(phrase.customers, phrase.after and _PHRASE + phrase.after)
    counted = sorted((_how_many(word), word) for word in asked)
    parts = _parts(counted[0][1], after)
    if counted[0][0][0] >= RARE:  # no word is rare: look at a bounded number of names
        parts = NamePart.objects.filter(pk__in=parts.order_by("tail", "customer").values("pk")[:MOST_LOOKED_AT])
    for _count, word in counted[1:]:
        parts = parts.filter(Exists(NamePart.objects.filter(_beginning(word), customer=OuterRef("customer"))))
    anywhere = _page(known, parts)
    both = {each.pk: each for each in (*phrase.customers, *anywhere.customers)}
    return CustomersFound(tuple(both.values()), anywhere.after)


def _parts(beginning: str, after: str) -> QuerySet[NamePart]:
    """Return the parts that begin so, from the cursor on."""
    parts = NamePart.objects.filter(_beginning(beginning))
    if cursor := _read(after):
        tail, pk = cursor
        parts = parts.filter(tail__gte=tail).filter(Q(tail__gt=tail) | Q(customer__gt=pk))
    return parts


def _page(known: QuerySet[Customer], parts: QuerySet[NamePart]) -> CustomersFound:
    """Return a page of the customers whom these parts belong to."""
    if known.query.where:  # of all there is nothing to leave out, and asking costs
        parts = parts.filter(customer__in=known)
    rows = list(parts.order_by("tail", "customer").select_related("customer")[: AT_ONCE + 1])
    page = {each.customer_id: each.customer for each in rows[:AT_ONCE]}
    return CustomersFound(tuple(page.values()), _written(rows[AT_ONCE - 1]) if len(rows) > AT_ONCE else "")


def _beginning(word: str) -> Q:
    """Return the condition that a part begins with the word."""
    begin = word.encode()[:MOST_BYTES]
    return Q(tail__gte=begin, tail__lt=begin + _LAST)


def _how_many(word: str) -> tuple[int, int]:
    """Return how many parts begin with a word, counted up to RARE; of equal ones the longer word is the rarer."""
    some = NamePart.objects.filter(_beginning(word)).values("pk")[:RARE]
    return some.count(), -len(word)


def _written(part: NamePart) -> str:
    return f"{bytes(part.tail).hex()}.{part.customer_id}"


def _read(after: str) -> tuple[bytes, int] | None:
    tail, _, pk = after.partition(".")
    try:
        return bytes.fromhex(tail), int(pk[:19])
    except ValueError:
        return None
