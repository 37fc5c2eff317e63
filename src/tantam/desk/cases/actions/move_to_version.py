"""Move an open case to another version of the plan: its promises become what that version owes, never worse unsaid."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases import outbox, promises
from tantam.desk.cases.act import Act, act_on, refuse_if_changed
from tantam.desk.cases.letters import in_words_of, letter, told_by
from tantam.desk.cases.models import Actor, Case, Promise
from tantam.desk.cases.moving import Change, Fate, Losses, preview
from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan

REASON = "moved_version"


def move_to_version(
    case: Case, person: Person, number: int, *, losses: Losses = Losses.KEEP, seen: int | None = None
) -> Case:
    """Return the case, under the version `number`; one that is under it already stays as it is.

    losses: KEEP leaves each promise that would be due later or not at all as it was made; TAKE replaces it, and the
    customer is told. seen: the last event that the person has read.
    Raises Refused: not_allowed, not_open, changed_meanwhile; NoPlan.
    """
    if not person.manages:
        raise Refused("not_allowed")
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        if not act.case.is_under_way:
            raise Refused("not_open")
        refuse_if_changed(act, seen)
        plan, before = plans.version(number), plans.version(act.case.plan_version_id)
        if plan.number != before.number:
            _move(act, before, plan, losses)
        return act.case


def _move(act: Act, before: RunningPlan, plan: RunningPlan, losses: Losses) -> None:
    changes = preview(act.case, plan, act.now)
    made = [each for each in changes if not each.is_loss or losses is Losses.TAKE]
    act.save(plan_version=plan.row)
    act.append(
        "moved_version",
        plan=plan,
        version_before=before.name,
        version=plan.name,
        losses=losses.value,
        **{fate.value: [_named(each) for each in changes if each.fate is fate] for fate in Fate},
    )
    for each in made:
        _change(act, each, plan)
    promises.note_next_due(act)
    if lost := [each for each in made if each.is_loss]:
        _tell_customer(act, lost, plan)


def _named(change: Change) -> str | int:
    """Return the promise's id; of one newly owed its kind."""
    return change.promise.pk if change.promise else change.kind


def _change(act: Act, change: Change, plan: RunningPlan) -> None:
    match change.fate, change.promise, change.owed:
        case Fate.GONE, Promise() as promise, _:
            promises.give_up(act, promise, reason=REASON)
        case Fate.NEW, None, owed if owed is not None:
            promises.make(act, owed, plan)
        case Fate.SAME, Promise() as promise, owed if owed is not None:
            other = promises.of_plan(owed, plan)
            promises.rest_on(promise, other)
        case ((Fate.SOONER | Fate.LATER), Promise() as promise, owed) if owed is not None:
            other = promises.of_plan(owed, plan)
            assert change.due is not None
            other.due_at, other.paused_at = change.due, promise.paused_at
            if promise.paused_at is not None:
                other.minutes_left = plan.minutes_left(other.clock, promise.paused_at, change.due)
            promises.replace(act, promise, other, reason=REASON)
        case _:
            pass  # its new time has passed already: it stays as it was made


def _tell_customer(act: Act, lost: Sequence[Change], plan: RunningPlan) -> None:
    with in_words_of(act.case, plan) as lang:
        times = told_by(act.case, plan)
        said = [(plan.promise_label(each.kind, lang), times(each.due) if each.due else "") for each in lost]
    outbox.post(act, letter("cases/letters/moved_version.txt", act.case, plan, {"lost": said}))
