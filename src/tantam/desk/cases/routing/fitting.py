"""Who fits a case, and why: on duty at its level, with its language and topic, with room for one more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.db.models import Count

from tantam.desk import duty, providers
from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import Act
from tantam.desk.cases.actions.take import is_beyond
from tantam.desk.cases.facts import known_of
from tantam.desk.cases.models import Case
from tantam.desk.duty.at_desk import state_of
from tantam.desk.duty.models import Presence
from tantam.desk.plans.providers import Served, asked_of

Full = Callable[[Case, Collection[int]], set[int]]
FULL: list[Full] = []  # rooms above say who of these people has no room for such a case
_AT_HAND = {"here": 0, "busy": 1, "gone": 2}


@dataclass(frozen=True, slots=True)
class Fit:
    """How somebody fits a case. open: how many cases they have. lacks: what speaks against them, codes.

    language, topic: those of the case that they have of their own, "" where they are just anybody's.
    """

    person: Person
    knows: bool
    language: str
    topic: str
    open: int
    lacks: tuple[str, ...]
    at_hand: str

    @property
    def stored(self) -> dict[str, Any]:
        """The same as an event keeps it: codes and numbers."""
        kept = {"person": self.person.pk, "open": self.open}
        more = {"knows": self.knows, "language": self.language, "topic": self.topic, "lacks": list(self.lacks)}
        return kept | {name: value for name, value in more.items() if value}


def provider_of(act: Act) -> str:
    """Return whose queue the case belongs in by the plan, "" for the house's own."""
    case, asked = act.case, asked_of(act.plan)
    known = known_of(case, act.plan, act.now) if asked else {}
    served = Served(
        case.topic,
        case.channel,
        case.level,
        groups=tuple(each for each in case.groups.split("|") if each),
        values={term: str(known[term].value) for term in asked if term in known},
    )
    return providers.serving(act.plan, served, act.now)


def fits(act: Act, provider: str) -> list[Fit]:
    """Return who is on duty for the case, the fittest first. Five queries, however many people there are."""
    known = _known(act)
    people = {each.pk: each for each in duty.on_duty(act.now, level=act.case.level) if works_here(each)}
    if known is not None and known.pk not in people and not is_beyond(act, known) and duty.on_shift(known, act.now):
        people[known.pk] = known
    load = _load(people)
    full = {pk for each in FULL for pk in each(act.case, people)}
    seen = {each.person_id: each for each in Presence.objects.filter(person__in=people)} if people else {}
    found = [
        Fit(
            each,
            knows=known is not None and each.pk == known.pk,
            language=act.case.language if act.case.language in each.languages else "",
            topic=act.case.topic if act.case.topic in each.skills else "",
            open=load.get(each.pk, 0),
            lacks=tuple(_lacks(act.case, each, provider, load=load.get(each.pk, 0), full=each.pk in full)),
            at_hand=state_of(seen.get(each.pk), act.now),
        )
        for each in people.values()
    ]
    return sorted(found, key=lambda each: _order(act.case, each))


def _known(act: Act) -> Person | None:
    """Return the colleague whom the customer knows: who answered for their last case."""
    before = Case.objects.filter(customer=act.case.customer_id, owner__isnull=False).exclude(pk=act.case.pk)
    last = before.order_by("-id").select_related("owner").only("id", "owner").first()
    return last.owner if last and works_here(last.owner) else None


def _load(people: Iterable[int]) -> dict[int, int]:
    """Return how many cases each of them has under way; sleeping ones are no load."""
    theirs = Case.objects.filter(owner__in=list(people), status__in=Case.UNDER_WAY, snoozed_at=None)
    return dict(theirs.order_by().values_list("owner").annotate(number=Count("pk")))


def _lacks(case: Case, person: Person, provider: str, *, load: int, full: bool) -> Iterable[str]:
    if person.provider != provider:
        yield "provider"
    if person.languages and case.language not in person.languages:
        yield "language"
    if case.topic and person.skills and case.topic not in person.skills:
        yield "topic"
    if full or person.most_cases and load >= person.most_cases:
        yield "room"


def _order(case: Case, fit: Fit) -> tuple[Any, ...]:
    """Order: nothing against them, the customer's own agent, at their desk, least to do; then by lot, case by case."""
    lot = crc32(f"{case.pk}:{fit.person.pk}".encode())
    full = fit.open / fit.person.most_cases if fit.person.most_cases else fit.open / 1000
    return (len(fit.lacks), not fit.knows, _AT_HAND.get(fit.at_hand, 2), fit.open, full, lot)
