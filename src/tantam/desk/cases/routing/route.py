"""Routes a case within its level: offers it to who fits, or gives it to the fittest, and says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.actions.take import is_beyond
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.routing.fitting import Fit, fits, provider_of
from tantam.desk.common import work
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.plans import routing as by_plan

ROUTE = "route_case"  # work whose payload is {"case": id}, asked for in the transaction that opened the case
MOST_OFFERED = 3

ByHand = Callable[[Case], str | None]
BY_HAND: list[ByHand] = []  # rooms above say whose queue a case was put in by hand, None where nobody did


@dataclass(frozen=True, slots=True)
class Routed:
    """people: ids of those it is offered to, the fittest first; given: whose it became, None if it was only offered."""

    people: tuple[int, ...] = ()
    given: int | None = None


def route(act: Act) -> Routed:
    """Offer the case to the people who fit, or give it to the fittest, as its level's `assign` says.

    A case whose owner may have it stays where it is. Of two cases at once the second sees what the first was given.
    """
    case = act.case
    if case.owner is not None and not is_beyond(act, case.owner):
        return Routed()
    one_at_a_time(f"routing:{case.level}")
    by = replace(act, actor=Actor.PLAN, person=None)
    provider = serve(by)
    found = fits(by, provider)
    fitting = [each for each in found if not each.lacks]
    if not found:
        _later(by)
        return Routed()
    if fitting and by_plan.gives(by.plan, case.level):
        return _give(by, fitting[0])
    best = fitting or [each for each in found if len(each.lacks) == len(found[0].lacks)]
    return _offer(by, best[:MOST_OFFERED])


def serve(act: Act) -> str:
    """Return whose queue the case is in, after putting it there: by hand where somebody said so, else by the plan."""
    held = next((found for each in BY_HAND if (found := each(act.case)) is not None), None)
    provider = provider_of(act) if held is None else held
    if provider != act.case.provider:
        put(act, provider)
    return provider


def put(act: Act, provider: str, **why: Any) -> None:
    """Put the case in the queue of a provider, "" for the house's. why: of the event, if not the plan's scope."""
    before = act.case.provider
    act.save(provider=provider)
    clause = f"providers.{provider}" if provider else ""
    act.append("provided", clause=clause, provider=provider, provider_before=before, **why)


def ask(act: Act, key: object) -> None:
    """Ask the worker to route the case right after this transaction. key: tells this time from another."""
    work.due(ROUTE, f"route:{key}", {"case": act.case.pk}, act.now)


@work.handles(ROUTE)
def route_case(payload: Mapping[str, Any]) -> None:
    """Route the case of a piece of due work, if it is still under way."""
    with transaction.atomic():
        case = Case.objects.filter(pk=payload["case"], status__in=Case.UNDER_WAY).first()
        if case is None:
            return
        act = act_on(case, Actor.PLAN)
        if act.case.is_under_way:
            route(act)


def _give(act: Act, fit: Fit) -> Routed:
    """Make the fittest its owner; told as any other change of owners is, with why it is this one."""
    before, level = act.case.owner_id, act.case.level
    act.save(owner=fit.person)
    told = {"clause": f"levels.{level}.assign", "owner": fit.person.pk, "level": level, "fit": fit.stored}
    if before is None:
        act.append("taken", **told)
    else:
        act.append("handed_over", owner_before=before, **told)
    return Routed((fit.person.pk,), fit.person.pk)


def _offer(act: Act, best: list[Fit]) -> Routed:
    act.append("offered", clause=f"levels.{act.case.level}", level=act.case.level, to=[each.stored for each in best])
    return Routed(tuple(each.person.pk for each in best))


def _later(act: Act) -> None:
    """Route it again when the next shift of its level begins."""
    at = by_plan.next_shift(act.plan, act.case.level, act.now)
    if at is not None and at > act.now:
        work.due(ROUTE, f"route:{act.case.pk}:{at.isoformat()}", {"case": act.case.pk}, at)
