"""Requests for approval: who may decide one, by when it is needed, who is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from tantam.desk import duty
from tantam.desk.accounts.access import colleagues, works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import RUNNING
from tantam.desk.claims.authority import authority
from tantam.desk.claims.models import Approval
from tantam.desk.common import clock, work
from tantam.desk.common.money import Money
from tantam.desk.duty.roster import absences_at, follow
from tantam.desk.plans import RunningPlan
from tantam.desk.plans import routing as by_plan

ASK = "ask_for_approval"  # work whose payload is {"approval": id, "person": id}; the mail channel does it
LATE = "approval_late"  # work whose payload is {"approval": id, "level": name}
END = "approval_ends"  # work whose payload is {"approval": id}
USUALLY = 240  # open minutes in which it is needed where nothing is owed on the case
LASTS = timedelta(days=14)
MOST_ASKED = 5

State = Approval.State


def asked_amount(approval: Approval) -> Money | None:
    """Return the amount that is asked for, None for what costs no money."""
    return None if approval.amount_minor is None else Money(approval.amount_minor, approval.currency)


def decides_as(approval: Approval, person: Person, plan: RunningPlan, amount: Money | None) -> str | None:
    """Return the level by which this person may grant that amount: their own, or of somebody for whom they stand in.

    None if they may not, and for who asked: nobody approves their own request.
    """
    if approval.asked_by_id == person.pk or not works_here(person):
        return None
    for level in levels_of(person, but=approval.asked_by_id):
        if level in plan.levels() and authority(approval.claim, level, amount, plan).allowed:
            return level
    return None


def levels_of(person: Person, *, but: int | None = None) -> tuple[str, ...]:
    """Return the levels by which this person decides: their own, then those of the colleagues whom they stand in for.

    but: of whom they decide nothing. At most two queries.
    """
    absent = absences_at(clock.now())
    away = Person.objects.filter(pk__in=absent).exclude(pk=but) if absent else []
    stood_in_for = (each for each in away if (deputy := follow(each, absent)) and deputy.pk == person.pk)
    return (person.level, *(each.level for each in stood_in_for))


def address(act: Act, approval: Approval, who_may: tuple[str, ...]) -> None:
    """Set by when the request is needed and who is asked, and ask for the mails and the looks at the clock.

    Whoever is on duty at its level is asked at once; where nobody is, everybody of it as their next shift begins.
    """
    approval.due_at = _needed_by(act)
    people = _asked(act, approval)
    approval.offered = sorted({*approval.offered, *(each.pk for each in people)})
    approval.save(update_fields=["level", "due_at", "offered"])
    for each in people:
        at = act.now if duty.on_shift(each, act.now) else duty.next_on_duty(each, act.now)
        if at is not None:
            key = f"{ASK}:{approval.pk}:{each.pk}"
            work.due(ASK, key, {"approval": approval.pk, "person": each.pk}, at)
    if approval.level != who_may[-1]:
        payload = {"approval": approval.pk, "level": approval.level}
        work.due(LATE, f"{LATE}:{approval.pk}:{approval.level}", payload, approval.due_at)


def _needed_by(act: Act) -> datetime:
    """Return half of the open time that is left until the next thing is due to the customer."""
    running = act.case.promises.filter(RUNNING, due_at__gt=act.now)
    due = running.order_by("due_at").values_list("due_at", flat=True).first()
    if due is None:
        return by_plan.in_open_minutes(act.plan, act.now, USUALLY)
    return by_plan.half_way(act.plan, act.now, due)


def _asked(act: Act, approval: Approval) -> list[Person]:
    there = [each for each in duty.on_duty(act.now, level=approval.level) if each.pk != approval.asked_by_id]
    if there:
        return there[:MOST_ASKED]
    absent = absences_at(act.now)
    level = list(colleagues().filter(level=approval.level).exclude(pk=approval.asked_by_id))
    stand_ins = [follow(each, absent) for each in level if each.pk in absent]
    known = {each.pk: each for each in (*stand_ins, *level) if each and each.pk not in absent and works_here(each)}
    return [each for each in known.values() if each.pk != approval.asked_by_id][:MOST_ASKED]


def waiting(plan: RunningPlan, levels: tuple[str, ...]) -> Q:
    """Return which requests wait for somebody of these levels: those addressed to one of them or to one below."""
    order = plan.levels()
    reached = max((order.index(each) for each in levels if each in order), default=-1)
    return Q(state=State.WAITING, level__in=order[: reached + 1])


def end(act: Act, approval: Approval, state: Approval.State, code: str, **told: object) -> None:
    """End a request that nobody decided, with its event."""
    approval.state, approval.decided_at = state, act.now
    approval.save(update_fields=["state", "decided_at"])
    act.append(code, approval=approval.pk, claim=approval.claim_id, level=approval.level, **told)


def who_may(approval: Approval, plan: RunningPlan) -> tuple[str, ...]:
    """Return the levels that may grant what is asked, lowest first."""
    return authority(approval.claim, approval.level, asked_amount(approval), plan).who_may
