"""Makes the example's year: the plan in force since before it, people, customers, purchases, and every case's course.

The same seed and the same last instant give the same year; ids and keys alone are new each time.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import CaseEvent, Message
from tantam.desk.cases.outbox import DELIVER
from tantam.desk.common import clock
from tantam.desk.common.models import DueWork
from tantam.desk.demo import staff
from tantam.desk.demo.aside import in_halves, made_aside
from tantam.desk.demo.business import do_business
from tantam.desk.demo.changes import begin_directive, enact_earlier
from tantam.desk.demo.concerns import KINDS, Kind
from tantam.desk.demo.customers_more import know_more
from tantam.desk.demo.followed import follow_up
from tantam.desk.demo.given_words import give_words
from tantam.desk.demo.ladder import show_ladder
from tantam.desk.demo.lately import let_come
from tantam.desk.demo.looked_at import look_at_conversations
from tantam.desk.demo.news import take_readers, tell_news
from tantam.desk.demo.people import bought, buyers
from tantam.desk.demo.quotes import make_quotes
from tantam.desk.demo.ratings import rate_cases
from tantam.desk.demo.seasons import moments, weight_of
from tantam.desk.demo.shared import share_work
from tantam.desk.demo.steps import WALKED, let_time_pass
from tantam.desk.demo.stories import Story
from tantam.desk.demo.team import go_away, take_posts
from tantam.desk.demo.world import World
from tantam.desk.demo.writing import ready_texts
from tantam.desk.plans.actions import enact
from tantam.desk.plans.models import PlanVersion

SEED = 20260217
YEAR = timedelta(days=365)
STEPS_A_TRANSACTION = 250
# The mail of the last hours is left to the worker, so that the catch-all has something to show.
LEFT_TO_DELIVER = timedelta(hours=8)

# Of the cases that nobody has answered yet, what these places are about; the others are as usual.
PRESSING = dict(
    enumerate(each for name in ("danger", "staff", "danger", "staff") for each in KINDS if each.name == name)
)

Told = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a year is made. fresh: cases of the last minutes, which nobody has answered yet."""

    customers: int = 600
    purchases: int = 1500
    cases: int = 1500
    fresh: int = 12


def is_loaded() -> bool:
    """Whether there is anything to serve already: the example, or somebody's own people and data."""
    return Person.objects.exists()


def load(plan: Any, until: datetime, *, size: Size | None = None, told: Told = lambda share: None) -> bool:
    """Make the year that ends at `until` (aware, in UTC), all of it or nothing.

    plan: a file, a folder, or a plan already read, as `enact` takes it. told: hears the share that is done, 0..1.
    Returns False where the plan in force lacks the example's policies, or was not yet in force a year ago: then there
    are people, but no customers. Raises PlanUnreadable, PlanHasFindings for a plan that cannot be put in force.
    """
    with made_aside():
        return _make(plan, until, size or Size(), told)


def _make(plan: Any, until: datetime, size: Size, told: Told) -> bool:
    dice, since = Random(SEED), until - YEAR
    with transaction.atomic(), clock.set_to(since - timedelta(days=300)):
        if not PlanVersion.objects.exists():
            enact_earlier(plan, clock.now())
            enact(plan)
        in_force = plans.in_force(until)
        people = staff.hire(in_force.levels(), in_force.company("en"))
        take_posts(people, in_force)
    suits = {each.policy for each in KINDS if each.policy} <= set(in_force.policies())
    if not suits or not PlanVersion.objects.filter(in_force_from__lte=since).exists():
        return False
    who = list(buyers(dice, size.customers, until.year))
    world = World(dice, in_force, people, who, bought(dice, who, size.purchases, until))
    with transaction.atomic():
        world.stock(since)
    stories = list(_stories(world, since, until, size))
    for each in stories:
        each.walks = each.opens_at > until - WALKED

    def half(part: Sequence[Story], told: Callable[[datetime], None]) -> None:
        play([*world.sales(since), *(each.events() for each in part)], until, told=told)

    in_halves(half, stories, told=lambda at: told((at - since) / YEAR))
    let_time_pass(until)
    know_more(world.customers, people, in_force, until)
    go_away(people, in_force, until)
    begin_directive(people, in_force, until)
    show_ladder(until)
    share_work(until)
    give_words(in_force, until)
    ready_texts()
    take_readers(people, in_force)
    rate_cases(in_force, until)
    look_at_conversations(in_force, until)
    let_come(in_force, until)
    make_quotes(people, in_force, until)
    follow_up(until)
    do_business(people, in_force, until)
    tell_news(until)
    _settle_work(until)
    told(1.0)
    return True


def play(courses: Iterable[Iterator[datetime]], until: datetime, *, told: Callable[[datetime], None]) -> None:
    """Let every course go on at the instants it asks for, in order of time, up to `until`."""
    diary = [(next(course), order, course) for order, course in enumerate(courses)]
    heapq.heapify(diary)
    while diary and diary[0][0] <= until:
        told(diary[0][0])
        with transaction.atomic():
            for _ in range(STEPS_A_TRANSACTION):
                if not diary or diary[0][0] > until:
                    break
                at, order, course = heapq.heappop(diary)
                with clock.set_to(at):
                    upcoming = next(course, None)
                if upcoming is not None:
                    heapq.heappush(diary, (max(upcoming, at), order, course))


def _stories(world: World, since: datetime, until: datetime, size: Size) -> Iterator[Story]:
    """Yield the cases: those of the year as its seasons have it, more in the last days, and some just now."""
    dice = world.dice
    lately = size.cases // 20
    times = moments(dice, size.cases - lately - size.fresh, since, until)
    times += moments(dice, lately, until - timedelta(days=3), until)
    for at in times:
        busy = weight_of(at.date())
        yield _story(world, at, pace=0.8 + 0.25 * busy + (0.9 if at > until - timedelta(days=3) else 0.0))
    for place in range(size.fresh):
        at = until - timedelta(minutes=dice.uniform(1, 14))
        yield _story(world, at, pace=1.0, answered=False, kind=PRESSING.get(place))


def _story(world: World, at: datetime, *, pace: float, answered: bool = True, kind: Kind | None = None) -> Story:
    dice = world.dice
    kind = kind or dice.choices(KINDS, [each.weight for each in KINDS])[0]
    place = None if kind.about == "none" else world.purchase_about(kind, at)
    if place is None and kind.about != "none":
        kind = _without_purchase()
    buyer = dice.randrange(len(world.buyers)) if place is None else world.bought[place].buyer
    return Story(world, kind, buyer, place, at, Random(dice.random()), pace, answered)


def _without_purchase() -> Kind:
    return next(each for each in KINDS if each.about == "none")


def _settle_work(until: datetime) -> None:
    """Mark as done what the worker would have done long ago: deadlines that passed, and mail but the latest."""
    early = until - LEFT_TO_DELIVER
    with transaction.atomic():
        DueWork.objects.filter(due_at__lte=until).exclude(kind=DELIVER).update(done_at=until)
        DueWork.objects.filter(due_at__lte=early, kind=DELIVER).update(done_at=until)
        waiting = Message.objects.filter(written_at__lte=early, delivered_at=None).exclude(sent_to="")
        _deliver(list(waiting.values_list("pk", "case_id", "case__plan_version_id", "written_at")))


def _deliver(written: list[tuple[int, int, int, datetime]]) -> None:
    """Note as the channel does that each was handed over, two seconds after it was written."""
    events = []
    for message, case, version, at in written:
        with clock.set_to(at + timedelta(seconds=2)):
            events.append(
                CaseEvent(
                    case_id=case,
                    at=clock.now(),
                    code="delivered",
                    args={"message": message},
                    actor="plan",
                    plan_version_id=version,
                )
            )
        Message.objects.filter(pk=message).update(delivered_at=at + timedelta(seconds=2))
    CaseEvent.objects.bulk_create(events, batch_size=500)


__all__ = ["SEED", "Size", "is_loaded", "load", "play"]
