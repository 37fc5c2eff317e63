"""Finds everything that a person may see: cases by what was said in them, customers, products, clauses of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import cases_for, reference
from tantam.desk.cases.models import Case, Message
from tantam.desk.cases.notes import read_by
from tantam.desk.customers.access import customers_for
from tantam.desk.customers.models import Customer, Product
from tantam.desk.plans import RunningPlan, clauses
from tantam.desk.search.index import NEWEST, index
from tantam.desk.search.matching import Excerpt, excerpt, match
from tantam.desk.search.models import Thing
from tantam.desk.search.query import Query, read, read_so_far

AT_ONCE = 60  # rows read from the index in one go
REFERENCE = range(7, 12)  # letters of what may be a reference, with its hyphen or without
MOST_ROUNDS = 10  # goes; beyond them older matches are not looked at, and the page says so
_WITH = ("customer", "owner")
MOST = {"cases": 30, "customers": 12, "products": 8, "clauses": 8}
ENOUGH = 2 * MOST["cases"]  # cases, of which the best are shown


@dataclass(frozen=True, slots=True)
class CaseFound:
    """A case. excerpt: what was said, with the words asked for. direction: of that message, "" for the case's own."""

    case: Case
    excerpt: Excerpt
    direction: str
    at: datetime
    points: int


@dataclass(frozen=True, slots=True)
class Named:
    """A customer, product or clause: its name in pieces, and what else there is to say."""

    target: str
    name: Excerpt
    more: str = ""


@dataclass(frozen=True)
class SearchFound:
    """What a search found, the best first. exact: the case whose reference was typed. more: older ones are left out."""

    exact: Case | None = None
    cases: tuple[CaseFound, ...] = ()
    customers: tuple[Named, ...] = ()
    products: tuple[Named, ...] = ()
    clauses: tuple[Named, ...] = ()
    more: bool = False
    query: Query = field(default_factory=Query)

    @property
    def nothing(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.exact or self.cases or self.customers or self.products or self.clauses)


@dataclass(frozen=True, slots=True)
class Searcher:
    """Who asks, in which language, and which cases only (a filter)."""

    person: Person
    plan: RunningPlan
    lang: str
    only: Q = field(default_factory=Q)


def find(text: str, asked: Searcher) -> SearchFound:
    """Return what `text` finds. About ten queries, however much there is."""
    return _find(text, read(text), asked)


def find_so_far(text: str, asked: Searcher) -> SearchFound:
    """Return what `text` finds while it is typed: its last word may go on."""
    return _find(text, read_so_far(text), asked)


def _find(text: str, query: Query, asked: Searcher) -> SearchFound:
    exact = _exact(text, asked.person)
    if not query.wanted:
        return SearchFound(exact, query=query)
    cases, more = _cases(query, asked)
    alone = not asked.only
    return SearchFound(
        exact=exact,
        cases=cases,
        customers=_customers(query, asked.person) if alone else (),
        products=_products(query, asked.lang) if alone else (),
        clauses=_clauses(query, asked) if alone else (),
        more=more,
        query=query,
    )


def _exact(text: str, person: Person) -> Case | None:
    """Return the case whose reference was typed. No query for what is too short or too long to be one."""
    if len(text.strip()) not in REFERENCE:
        return None
    return cases_for(person).filter(reference=reference(text)).first()


def _cases(query: Query, asked: Searcher) -> tuple[tuple[CaseFound, ...], bool]:
    """Return the cases, each with its best message; and whether older matches were left out."""
    best = {each.case.pk: each for each in _by_their_words(query, asked)}
    looked_at = 0
    for keys in _rounds(lambda before: index().said(query, before, AT_ONCE)):
        looked_at += len(keys)
        for message in _seen(keys, asked):
            found, known = _said(query, message), best.get(message.case_id)
            if found is not None and (known is None or found.points > known.points):
                best[message.case_id] = found
            if len(best) >= ENOUGH:
                return _ranked(best.values())[: MOST["cases"]], True
    ranked = _ranked(best.values())
    return ranked[: MOST["cases"]], looked_at == MOST_ROUNDS * AT_ONCE or len(ranked) > MOST["cases"]


def _ranked(found: Iterable[CaseFound]) -> tuple[CaseFound, ...]:
    return tuple(sorted(found, key=lambda each: (-each.points, -each.at.timestamp(), each.case.pk)))


def _seen(keys: Sequence[int], asked: Searcher) -> Iterator[Message]:
    """Yield those of the messages that the person may see, the newest first, each with its case."""
    found = Message.objects.filter(read_by(asked.person), pk__in=keys).order_by("-pk")
    cases = cases_for(asked.person).filter(asked.only, pk__in={each.case_id for each in found})
    of = {each.pk: each for each in cases.select_related(*_WITH)}
    for message in found:
        if (case := of.get(message.case_id)) is not None:
            message.case = case
            yield message


def _rounds(ask: Callable[[int], list[int]]) -> Iterator[list[int]]:
    """Yield the matching messages' ids, the newest first; all but the last round are AT_ONCE, at most MOST_ROUNDS."""
    before = NEWEST
    for _ in range(MOST_ROUNDS):
        keys = ask(before)
        if keys:
            yield keys
        if len(keys) < AT_ONCE:
            return
        before = keys[-1]


def _said(query: Query, message: Message) -> CaseFound | None:
    case = message.case
    found = match(query, message.body, also=f"{case.subject} {case.customer.name}")
    if found is None:
        return None
    points = 2 * found.exact + (match(query, case.subject) is not None) * 4
    return CaseFound(case, excerpt(message.body, found.found), message.direction, message.written_at, points)


def _by_their_words(query: Query, asked: Searcher) -> list[CaseFound]:
    """Return cases whose subject, tags, customer or purchase match."""
    targets = _targets(query, Thing.Kind.CASE)
    cases = cases_for(asked.person).filter(asked.only, pk__in=targets).select_related(*_WITH)
    found = []
    for case in cases:
        seen = match(query, case.subject, also=f"{case.customer.name} {targets[case.pk]}")
        if seen is not None:
            points = 3 + 2 * seen.exact + len(seen.found)
            found.append(CaseFound(case, excerpt(case.subject, seen.found), "", case.last_at, points))
    return found


def _targets(query: Query, kind: Thing.Kind) -> dict[int, str]:
    """Return the newest things of a kind that match: {key: all its words}."""
    keys = index().things(kind, query, AT_ONCE)
    rows = Thing.objects.filter(pk__in=keys).values_list("target", "title", "more")
    return {target: f"{title} {more}" for target, title, more in rows}


def _customers(query: Query, person: Person) -> tuple[Named, ...]:
    targets = _targets(query, Thing.Kind.CUSTOMER)
    known = customers_for(person).filter(pk__in=targets).prefetch_related("contacts")
    found = [(each, match(query, each.name, also=targets[each.pk])) for each in known]
    ranked = sorted(
        ((each, seen) for each, seen in found if seen),
        key=lambda pair: (-pair[1].exact, -len(pair[1].found), -pair[0].pk),
    )
    return tuple(
        Named(str(each.pk), excerpt(each.name, seen.found), _reached(each))
        for each, seen in ranked[: MOST["customers"]]
    )


def _reached(customer: Customer) -> str:
    return next((each.value for each in customer.contacts.all()), "")


def _products(query: Query, lang: str) -> tuple[Named, ...]:
    targets = _targets(query, Thing.Kind.PRODUCT)
    found = []
    for each in Product.objects.filter(pk__in=targets).order_by("sku"):
        seen = match(query, each.name(lang), also=targets[each.pk])
        if seen:
            found.append(Named(each.sku, excerpt(each.name(lang), seen.found), each.sku))
    return tuple(found[: MOST["products"]])


def _clauses(query: Query, asked: Searcher) -> tuple[Named, ...]:
    """Return clauses of the plan in force by their words; there are a few hundred, so each is looked at."""
    found = []
    for address, name, words in clauses.in_words(asked.plan, asked.lang):
        seen = match(query, name, also=words)
        if seen:
            found.append((len(seen.found), Named(address, excerpt(name, seen.found), address)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(each for _, each in found[: MOST["clauses"]])
