"""Does what was planned when its time has come: a letter goes out, or somebody is asked to call. Never twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tantam.desk import plans
from tantam.desk.cases import opening, promises
from tantam.desk.cases.act import Act
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Case, CaseEvent, Promise
from tantam.desk.cases.vows import CALL
from tantam.desk.common import clock, work
from tantam.desk.customers.contacts import mail_of
from tantam.desk.customers.models import Customer
from tantam.desk.followups import agreeing, asking
from tantam.desk.followups.models import FollowUp
from tantam.desk.followups.planning import DO, TOO_LATE, Happening, facts_of
from tantam.desk.plans import BadFact, RunningPlan, UnknownName, follow_ups
from tantam.desk.plans.ways import PHONE, way_in

LATELY = timedelta(days=7)  # so long nobody is asked the same again, whatever else they bought
SETTLED = "resolved"
LOOKS_AGAIN = timedelta(days=1)
ANSWERED = {"quoted": ("quoted", "quote_accepted", "quote_declined", "won", "lost")}  # what ends the wait for an answer
ASKED = ("rating_asked", "rated")  # events of a case whose customer was asked how it was

State, Reason = FollowUp.State, FollowUp.Reason


@work.handles(DO)
def do_follow_up(payload: Mapping[str, Any]) -> None:
    """Do one, unless that was done. What may not be done says why. Raises Later in quiet hours."""
    with transaction.atomic():
        found = _held(int(payload["follow_up"]))
        if found is None or found.state != State.PLANNED:
            return
        plan, now = plans.in_force(), clock.now()
        row = _row(found, plan)
        if row is None:
            _end(found, now, Reason.PLAN_CHANGED)
            return
        due = _due(found, row, now)
        if due > now:
            raise work.Later(due)
        reason = agreeing.why_not(found, plan, in_person=row.in_person) or _past(found, due, now)
        if reason is not None:
            _end(found, now, reason)
            return
        until = agreeing.quiet_until(found.customer, plan, now)
        if until is None:
            _call(found, row, plan, now) if row.in_person else _write(found, now)
    if until is not None:
        raise work.Later(until)


def _held(pk: int) -> FollowUp | None:
    """Return it, and keep everybody else from doing what is done for the same customer."""
    found = FollowUp.objects.select_related("customer", "purchase__product", "contract", "case").filter(pk=pk).first()
    if found is None:
        return None
    Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=found.customer_id)
    found.refresh_from_db(fields=["state"])
    return found


def _row(found: FollowUp, plan: RunningPlan) -> follow_ups.FollowUp | None:
    """Return what the plan in force says of it; None where it says nothing of it any more."""
    happened = Happening(
        event=found.event,
        customer=found.customer,
        subject=found.subject,
        at=found.happened_at,
        purchase=found.purchase,
        case=found.case,
    )
    try:
        rows = follow_ups.after(plan, found.event, facts_of(happened, plan), found.happened_at)
    except (BadFact, UnknownName):
        return None
    return next((each for each in rows if each.row == found.row), None)


def _due(found: FollowUp, row: follow_ups.FollowUp, now: datetime) -> datetime:
    """Return when it is time for it; a case that is open again is left alone until it is settled."""
    if found.event != SETTLED or found.case is None:
        return row.due
    if found.case.resolved_at is None or found.case.status != Case.Status.RESOLVED:
        return now + LOOKS_AGAIN
    return found.case.resolved_at + (row.due - found.happened_at)


def _past(found: FollowUp, due: datetime, now: datetime) -> Reason | None:
    """Return why its time is past: nobody worked for days, they answered, or the same was asked meanwhile."""
    since = CaseEvent.objects.filter(case=found.case_id, at__gt=found.happened_at)
    if found.event in ANSWERED and since.filter(code__in=ANSWERED[found.event]).exists():
        return Reason.ANSWERED
    return Reason.TOO_LATE if due < now - TOO_LATE else _asked_lately(found, now)


def _asked_lately(found: FollowUp, now: datetime) -> Reason | None:
    """Return whether the same was asked for another purchase, or of this case by a letter after it was settled."""
    theirs = FollowUp.objects.filter(customer=found.customer_id, row=found.row, done_at__gt=now - LATELY)
    if theirs.exclude(state__in=[State.PLANNED, State.WITHHELD]).exists():
        return Reason.ASKED_LATELY
    of_case = CaseEvent.objects.filter(case=found.case_id, code__in=ASKED, at__gte=found.happened_at)
    return Reason.ASKED_LATELY if found.case_id and of_case.exists() else None


def _end(found: FollowUp, now: datetime, reason: Reason) -> None:
    found.state, found.reason, found.done_at = State.WITHHELD, reason, now
    found.save(update_fields=["state", "reason", "done_at"])


def _write(found: FollowUp, now: datetime) -> None:
    """Let a letter go out; the mail channel writes it."""
    found.state, found.done_at, found.mail = State.SENT, now, mail_of(found.customer)
    found.save(update_fields=["state", "done_at", "mail"])
    work.due(asking.SEND, f"{asking.SEND}:{found.pk}", {"follow_up": found.pk}, now)


def _call(found: FollowUp, row: follow_ups.FollowUp, plan: RunningPlan, now: datetime) -> None:
    """Open a case on which a call is owed: it stands among the calls back, with what is to be asked."""
    lang = asking.language_of(found, plan)
    concern = Concern(
        customer=found.customer,
        body=script(found, row, plan, lang),
        subject=asking.subject(found, plan, lang),
        channel=way_in(plan, PHONE),
        language=lang,
        purchase=found.purchase,
        plan=plan,
    )
    act = opening.begin_unasked(concern)
    owed = Promise(
        kind=CALL,
        due_at=follow_ups.called_by(plan, now),
        clause=row.because.clause,
        because=row.because.stored(),
        plan_version=plan.row,
    )
    promises.write(act, [owed])
    promises.note_next_due(act)
    _tell(act, found, row)
    found.state, found.done_at, found.led_to = State.TO_CALL, now, act.case
    found.save(update_fields=["state", "done_at", "led_to"])


def _tell(act: Act, found: FollowUp, row: follow_ups.FollowUp) -> None:
    act.append("follow_up_begun", clause=row.because.clause, follow_up=found.pk)


def script(found: FollowUp, row: follow_ups.FollowUp, plan: RunningPlan, lang: str) -> str:
    """Return what the colleague who calls is to say: the plan's texts, else what it has done and why."""
    said = follow_ups.texts(plan, row.row, lang)
    return "\n\n".join(said) or row.because.text(lang)
