"""One action on a case under way: the lock, the instant, the plan, who acts, and the events it leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from tantam.desk import plans
from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Actor, Case, CaseEvent
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.rows import insert
from tantam.desk.plans import RunningPlan

NO_NEWS = (  # events that change nothing for whoever reads the case
    "delivered",
    "offered",
    "watched",
    "unwatched",
    "contacts_shown",
    "quality_drawn",
    "quality_reviewed",
    "assistant_looked",
    "assistant_refused",
)


@dataclass(frozen=True)
class Act:
    """case: locked until the transaction ends. now: read after the lock. plan: in force now.

    any_hour: its words go out in quiet hours, too. remembered: what listeners need again within the act, by the
    room's name.
    """

    case: Case
    now: datetime
    plan: RunningPlan
    actor: Actor
    person: Person | None = None
    any_hour: bool = False
    remembered: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def stands_for(self) -> tuple[int, ...]:
        """The ids of the case and of all that were joined to it; read once an act."""
        found, newest = [self.case.pk], [self.case.pk]
        while newest := list(Case.objects.filter(merged_into__in=newest).order_by("id").values_list("pk", flat=True)):
            found += newest
        return tuple(found)

    def on(self, case_id: int) -> Act:
        """Return the same act on one of the cases that this one stands for; the lock on this one guards them all."""
        if case_id == self.case.pk:
            return self
        return replace(self, case=Case.objects.select_related("customer").get(pk=case_id))

    def append(
        self,
        code: str,
        *,
        clause: str = "",
        plan: RunningPlan | None = None,
        handling_seconds: int | None = None,
        **args: Any,
    ) -> CaseEvent:
        """Append an event. args: codes, ids, numbers, ISO instants. plan: whose clause it is, if not that in force."""
        event = self._event(code, clause, plan or self.plan, args, handling_seconds)
        self._write([event])
        return event

    def append_each(self, code: str, of: Iterable[tuple[str, RunningPlan, Mapping[str, Any]]]) -> None:
        """Append several events of one code at once. of: the clause, the plan whose it is, and the args of each."""
        self._write([self._event(code, clause, plan, args) for clause, plan, args in of])

    def _write(self, events: Sequence[CaseEvent]) -> None:
        insert(events)
        for each in events:
            for listener in LISTENERS.get(each.code, ()):  # in the order in which they registered
                listener(self, each)

    def _event(
        self, code: str, clause: str, plan: RunningPlan, args: Mapping[str, Any], seconds: int | None = None
    ) -> CaseEvent:
        return CaseEvent(
            case=self.case,
            at=self.now,
            code=code,
            args=dict(args),
            actor=self.actor,
            person=self.person,
            plan_version_id=plan.number,
            clause=clause,
            handling_seconds=seconds,
        )

    def save(self, **changes: Any) -> None:
        """Change the case's fields, and only those."""
        for name, value in changes.items():
            setattr(self.case, name, value)
        self.case.save(update_fields=list(changes))


Listener = Callable[[Act, CaseEvent], None]
LISTENERS: dict[str, list[Listener]] = defaultdict(list)  # by the code of an event; `hearing.hears` registers them


def act_on(case: Case, actor: Actor, person: Person | None = None) -> Act:
    """Lock the case and return the act; the caller is inside a transaction. What the case held before is read anew.

    The lock keeps out who acts on the case, not who writes an event or message that points to it.

    Raises Refused("not_allowed") for a person who does not work here.
    """
    if actor is Actor.PERSON and not works_here(person):
        raise Refused("not_allowed")
    locked = Case.objects.select_for_update(of=("self",), no_key=True).select_related("customer").get(pk=case.pk)
    now = clock.now()
    return Act(locked, now, plans.in_force(now), actor, person)


def refuse_if_changed(act: Act, seen: int | None) -> None:
    """Raise Refused("changed_meanwhile") if something happened on the case after the event `seen`; None looks away."""
    if seen is not None and has_news(act.case, seen):
        raise Refused("changed_meanwhile")


def has_news(case: Case, seen: int) -> bool:
    """Whether something happened on the case after the event `seen` that changes anything for whoever reads it."""
    return case.events.filter(pk__gt=seen).exclude(code__in=NO_NEWS).exists()


def refuse_if_resolved(act: Act) -> None:
    """Raise Refused("already_resolved") for a resolved case, Refused("is_merged") for one joined to another."""
    refuse_if_merged(act)
    if act.case.status == Case.Status.RESOLVED:
        raise Refused("already_resolved")


def refuse_if_merged(act: Act) -> None:
    """Raise Refused("is_merged") for a case that another one stands for."""
    into = act.case.merged_into
    if into is not None:
        raise Refused("is_merged", into=into.reference)
