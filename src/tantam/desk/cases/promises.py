"""Writes the ledger: promises are made, paused, resumed, kept, broken or withdrawn, always under the case's lock."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet

from tantam.desk import plans
from tantam.desk.cases import joined, sleep, vows
from tantam.desk.cases.act import Act
from tantam.desk.cases.facts import known_of
from tantam.desk.cases.models import RUNNING, STILL_TO_KEEP, Case, Promise
from tantam.desk.cases.owed import owed_on
from tantam.desk.cases.soon import minutes_left
from tantam.desk.cases.stood import first_dues, stood
from tantam.desk.cases.vows import Vow
from tantam.desk.common import work
from tantam.desk.common.models import DueWork
from tantam.desk.common.rows import insert
from tantam.desk.plans import Answer, Fact, Owed, RunningPlan, answers, kinds

DEADLINE = "promise_due"  # work whose payload is {"promise": id}
REMINDER = "promise_reminder"  # work whose payload is {"promise": id, "at": when it was asked for}

State = Promise.State

_SAME = ("kind", "clock", "words", "place", "by_hand", "owed_by", "supports_id", "plan_version_id", "clause")


def make(act: Act, owed: Owed, made_by: RunningPlan) -> Promise:
    """Promise what the version `made_by` says is owed."""
    promise = of_plan(owed, made_by)
    write(act, [promise])
    return promise


def make_all(act: Act, plan: RunningPlan, facts: Mapping[str, Fact]) -> list[Promise]:
    """Promise all that `plan` says is owed from now on."""
    promises = all_of_plan(act.case, plan, facts, act.now)
    write(act, promises)
    return promises


def all_of_plan(case: Case, plan: RunningPlan, facts: Mapping[str, Fact], now: datetime) -> list[Promise]:
    """Return the promises of all that is owed on a case under `plan` from `now` on; they are not written yet.

    What is due in the same instant is left out: nobody can keep or break it.
    """
    return [of_plan(owed, plan) for owed in owed_on(case, plan, facts, now) if owed.due > now]


def of_plan(owed: Owed, made_by: RunningPlan) -> Promise:
    """Return the promise of what the version `made_by` says is owed; it is not written yet."""
    return Promise(
        kind=owed.kind,
        clock=made_by.clock_of(owed),
        due_at=owed.due,
        clause=owed.because.clause,
        because=owed.because.stored(),
        every_minutes=owed.every_minutes,
        how_sure=owed.how_sure,
        plan_version=made_by.row,
    )


def make_of_answer(act: Act, answer: Answer, plan: RunningPlan, due: datetime) -> Promise:
    """Promise to carry out by `due` what `plan` answered; its kind is the outcome's name."""
    because = answer.because
    promise = Promise(
        kind=answer.outcome,
        clock=answers.clock_of(answer, plan),
        due_at=due,
        clause=because.clause,
        because=because.stored(),
        plan_version=plan.row,
    )
    write(act, [promise])
    return promise


def make_by_hand(act: Act, vow: Vow) -> Promise:
    """Promise what a person gave their word for."""
    promise = Promise(
        kind=vow.kind,
        words=vow.words,
        due_at=vow.due,
        ends_at=vow.ends,
        place=vow.place,
        supports_id=vow.supports,
        by_hand=True,
        remind_at=vows.remind_at(vow.kind, vow.due, act.now),
        plan_version=act.plan.row,
    )
    write(act, [promise])
    return promise


def keep(act: Act, promise: Promise) -> None:
    """End one promise as done: kept in time, else broken and made good."""
    _fulfil_one(act, promise)
    note_next_due(act)


def move(act: Act, promise: Promise, due: datetime, ends: datetime | None) -> Promise:
    """Promise it for another time, and return what is owed now.

    A late change counts as one. One whose time is over is broken and stays so; another takes its place.
    """
    late, before = vows.is_late(promise, act.now), promise.due_at
    counted = {"moved": promise.moved + 1, "moved_late": promise.moved_late + late}
    again = {"due_at": due, "ends_at": ends, "remind_at": vows.remind_at(promise.kind, due, act.now)} | counted
    if act.now <= promise.over_at and _change(promise, **again):
        owed_now = promise
        _watch(promise)
    else:
        _break_and_close(act, promise)
        owed_now = _again(act, promise, again)
    said = {"due_before": before.isoformat(), "due": owed_now.over_at.isoformat(), "late": int(late)}
    _tell(act, owed_now, "moved", **said | _begins(owed_now), times=owed_now.moved)
    note_next_due(act)
    return owed_now


def withdraw_by_hand(act: Act, promise: Promise) -> None:
    """End one promise as owed no longer; the caller tells the customer. One whose time is over stays broken."""
    late = vows.is_late(promise, act.now)
    if act.now > promise.over_at or not _change(promise, state=State.WITHDRAWN, ended_at=act.now):
        _break_and_close(act, promise)
    _tell(act, promise, "withdrawn", late=int(late))
    note_next_due(act)


def calendar_of(promise: Promise) -> dict[str, object]:
    """Return what an invitation says of an appointment or visit, as its event keeps it. sequence: grows with moves."""
    return _begins(promise) | {"ends": promise.over_at.isoformat(), "sequence": promise.moved}


def fulfil(act: Act, concerns: Callable[[Promise], bool]) -> None:
    """End the owed promises that `concerns` holds for: kept in time, else broken; broken ones are made good.

    One that repeats is owed again while the case stays open. What a person gave their word for ends by `keep` alone:
    the very answer that gives it must not keep it.
    """
    for promise in _all_of(act).filter(STILL_TO_KEEP, by_hand=False).order_by("due_at", "id"):
        if concerns(promise):
            _fulfil_one(act.on(promise.case_id), promise)
    note_next_due(act)


def kept_by_words(promise: Promise) -> bool:
    """Whether words to the customer fulfil it."""
    return kinds.kept_by_words(promise.kind) or _repeats(promise)


def kept_by_the_customer(promise: Promise) -> bool:
    """Whether it is fulfilled when the customer says that the case is settled."""
    return kinds.kept_by_the_customer(promise.kind)


def pause(act: Act) -> None:
    """Stop the clocks that the plan lets stop, each with the open minutes that it has left."""
    rules = _all_of(act).filter(by_hand=False, owed_by="")
    for promise in rules.filter(RUNNING, due_at__gt=act.now):
        if not plans.version(promise.plan_version_id).pauses(promise.kind):
            continue
        left = minutes_left(promise, act.now)
        if _change(promise, paused_at=act.now, minutes_left=left):
            _tell(act, promise, "paused", minutes=left)
    note_next_due(act)


def resume(act: Act) -> None:
    """Let paused clocks run again from now with the minutes that they had left."""
    for promise in _all_of(act).filter(state=State.OWED).exclude(paused_at=None):
        made_by = plans.version(promise.plan_version_id)
        due = made_by.due_again(promise.clock, act.now, promise.minutes_left or 0)
        if _change(promise, paused_at=None, minutes_left=None, due_at=due):
            _watch(promise)
            _tell(act, promise, "resumed", due=due.isoformat())
    note_next_due(act)


def withdraw_all(act: Act) -> None:
    """End what is still owed as owed no longer; the customer knows."""
    for promise in _all_of(act).filter(state=State.OWED):
        if _change(promise, state=State.WITHDRAWN, ended_at=act.now):
            _tell(act, promise, "withdrawn")
    note_next_due(act)


def give_up(act: Act, promise: Promise, *, reason: str) -> bool:
    """End one promise as owed no longer; return False if it has ended meanwhile. reason: a code."""
    if not _change(promise, state=State.WITHDRAWN, ended_at=act.now):
        return False
    _tell(act, promise, "withdrawn", reason=reason)
    return True


def replace(act: Act, promise: Promise, other: Promise, *, reason: str) -> None:
    """Owe `other` in the place of a promise, from when that was made; nothing happens if that has ended meanwhile."""
    if give_up(act, promise, reason=reason):
        other.made_at = promise.made_at
        write(act, [other])


def rest_on(promise: Promise, other: Promise) -> bool:
    """Let an owed promise rest on the version and clause of `other`, due as it was; return False if it has ended."""
    named = ("clause", "because", "clock", "every_minutes", "how_sure", "plan_version")
    return _change(promise, **{each: getattr(other, each) for each in named})


def break_if_missed(act: Act, promise: Promise) -> bool:
    """Break the promise if it is owed, runs, and its time has come; return whether it was broken now."""
    over = Q(ends_at=None, due_at__lte=act.now) | Q(ends_at__lte=act.now)
    missed = Promise.objects.filter(over, RUNNING, pk=promise.pk)
    if not missed.update(state=State.BROKEN, ended_at=act.now):
        return False
    promise.refresh_from_db()
    _tell_broken(act, promise)
    note_next_due(act)
    return True


def note_next_due(act: Act) -> None:
    """Repeat on the case that stands for this one when the next thing is due on it, or on what was joined to it.

    What was broken and is not made good counts as due then. A case that sleeps is woken before.
    """
    if act.case.merged_into_id is not None:
        note_next_due(dataclasses.replace(act, case=joined.target(act.case)))
        return
    due = _all_of(act).filter(STILL_TO_KEEP, paused_at=None).aggregate(due=Min("due_at"))["due"]
    if act.case.status == Case.Status.RESOLVED:
        due = None
    if due != act.case.next_due_at:
        act.save(next_due_at=due)
        sleep.watch(act.case)


def _all_of(act: Act) -> QuerySet[Promise]:
    """Return the promises of the case and of all that were joined to it."""
    return Promise.objects.filter(case__in=act.stands_for)


def _repeats(promise: Promise) -> bool:
    return promise.every_minutes is not None or kinds.repeats(promise.kind)


def write(act: Act, promises: Sequence[Promise]) -> None:
    """Write promises of the case, with their events and the work that looks when they are due."""
    for each in promises:
        each.case, each.made_at, each.made_by = act.case, each.made_at or act.now, act.person
    insert(promises)
    work.all_due([each for promise in promises for each in _to_do(promise)])
    act.append_each("promised", [_told(each, **_as_promised(each)) for each in promises])


def _as_promised(promise: Promise) -> dict[str, object]:
    by_hand = {"by_hand": 1} if promise.by_hand else {}
    return {"due": promise.over_at.isoformat(), "clock": promise.clock} | by_hand | _begins(promise)


def _begins(promise: Promise) -> dict[str, object]:
    """Return when an appointment or visit begins, as its events say it."""
    return {"begins": promise.due_at.isoformat()} if promise.ends_at else {}


def _again(act: Act, promise: Promise, changes: Mapping[str, object]) -> Promise:
    """Promise the same once more, for another time."""
    same = {name: getattr(promise, name) for name in _SAME}
    again = Promise(**same | changes)
    write(act, [again])
    return again


def _break_and_close(act: Act, promise: Promise) -> None:
    """Break what its time has passed over, and close it: what happens now takes its place."""
    if _change(promise, state=State.BROKEN, ended_at=act.now):
        _tell_broken(act, promise)
    Promise.objects.filter(pk=promise.pk, fulfilled_at=None).update(fulfilled_at=act.now)
    promise.refresh_from_db()


def _watch(promise: Promise) -> None:
    work.all_due(_to_do(promise))


def _to_do(promise: Promise) -> list[DueWork]:
    """Return the work that looks at it when its time is over, and that reminds its maker before."""
    over, at = promise.over_at, promise.remind_at
    found = [_piece(DEADLINE, f"promise:{promise.pk}", {"promise": promise.pk}, over)]
    if at is not None:
        found.append(_piece(REMINDER, f"reminder:{promise.pk}", {"promise": promise.pk, "at": at.isoformat()}, at))
    return found


def _piece(kind: str, key: str, payload: dict[str, object], at: datetime) -> DueWork:
    return DueWork(kind=kind, key=f"{key}:{int(at.timestamp() * 1000)}", payload=payload, due_at=at)


def _change(promise: Promise, **changes: object) -> bool:
    """Change an owed promise; return False if it has ended meanwhile."""
    for field, value in changes.items():
        setattr(promise, field, value)
    return bool(Promise.objects.filter(pk=promise.pk, state=State.OWED).update(**changes))


def _fulfil_one(act: Act, promise: Promise) -> None:
    if promise.state == State.BROKEN:
        _make_good(act, promise)
    elif promise.paused_at is not None or act.now <= promise.over_at:
        if _change(promise, state=State.KEPT, ended_at=act.now, fulfilled_at=act.now):
            _tell(act, promise, "kept", due=promise.over_at.isoformat(), minutes=_minutes_taken(act, promise))
    elif _change(promise, state=State.BROKEN, ended_at=act.now):
        _tell_broken(act, promise)
        _make_good(act, promise)
    if _repeats(promise) and joined.target(act.case).status != Case.Status.RESOLVED:
        _owe_again(act, promise)


def _make_good(act: Act, promise: Promise) -> None:
    Promise.objects.filter(pk=promise.pk, fulfilled_at=None).update(fulfilled_at=act.now)
    promise.fulfilled_at = act.now
    late = _minutes(promise.over_at, act.now)
    _tell(act, promise, "fulfilled", minutes_late=late, minutes=_minutes_taken(act, promise))


def _owe_again(act: Act, promise: Promise) -> None:
    """Owe a repeating promise from now on, by the version that made it; no row any more, and nothing is owed."""
    made_by = plans.version(promise.plan_version_id)
    for owed in owed_on(act.case, made_by, known_of(act.case, made_by, act.now), act.now):
        if owed.kind == promise.kind:
            make(act, owed, made_by)


def _tell_broken(act: Act, promise: Promise) -> None:
    late = _minutes(promise.over_at, act.now)
    _tell(act, promise, "broken", due=promise.over_at.isoformat(), minutes_late=late)


def _tell(act: Act, promise: Promise, code: str, **args: object) -> None:
    act = act.on(promise.case_id)
    clause, made_by, told = _told(promise, **args)
    act.append(code, clause=clause, plan=made_by, **told)


def _told(promise: Promise, **args: object) -> tuple[str, RunningPlan, dict[str, object]]:
    """Return what an event of the promise says: its clause, the plan that made it, and the args."""
    made_by = plans.version(promise.plan_version_id)
    return promise.clause, made_by, {"promise": promise.pk, "kind": promise.kind} | args


def _minutes_taken(act: Act, promise: Promise) -> int:
    """Return the promise's open minutes since it was made, without those in which its clock stood."""
    open_minutes = plans.version(promise.plan_version_id).minutes_left
    if promise.by_hand:  # never paused
        return open_minutes(promise.clock, promise.made_at, act.now)
    told = act.case.events.filter(args__promise=promise.pk)
    counted_until = promise.paused_at or act.now
    return max(0, open_minutes(promise.clock, promise.made_at, counted_until) - stood(promise, first_dues(told)))


def _minutes(since: datetime, until: datetime) -> int:
    return max(0, (until - since) // timedelta(minutes=1))
