"""Note what somebody asks about their own data: a case on which it is owed by the day that the plan names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases import opening, outbox, promises, said
from tantam.desk.cases.act import Act
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan, kinds, rights, ways
from tantam.desk.plans.languages import language_for
from tantam.desk.plans.seeing import sees_house
from tantam.desk.privacy.models import Request

MOST_WORDS = 2000
_WAYS_IN = {Request.Way.PAGE: ways.WEB, Request.Way.MAIL: ways.MAIL, Request.Way.PHONE: ways.PHONE}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked. kind, way: of Request. words: theirs, "" for none. subject: of the case, in their language."""

    kind: str
    way: str
    words: str = ""
    subject: str = ""


def note_request(customer: Customer, asked: Asked, by: Person | None = None) -> Request:
    """Return the request; asked again while it is open, the same one. by: None for the person themselves, signed in.

    Who signed in by a mailed link is known by it. Raises Refused: not_allowed, customer_merged, unknown_reason,
    too_long.
    """
    if asked.kind not in Request.Kind.values or asked.way not in Request.Way.values:
        raise Refused("unknown_reason")
    if len(asked.words) > MOST_WORDS:
        raise Refused("too_long", most=MOST_WORDS)
    with transaction.atomic():
        held = _held(customer, by)
        before = Request.objects.filter(customer=held, kind=asked.kind, ended_at=None).first()
        return before or _noted(held, asked, by)


def _held(customer: Customer, by: Person | None) -> Customer:
    """Return the customer, locked. Raises Refused."""
    if by is None:
        return Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    if not sees_house(by):
        raise Refused("not_allowed")
    return hold(customer, by)


def _noted(held: Customer, asked: Asked, by: Person | None) -> Request:
    now = clock.now()
    plan = plans.in_force(now)
    owed = rights.right(plan, asked.kind, now)
    act, _made = opening.begin(_concern(held, asked, plan), Actor.PERSON if by else Actor.CUSTOMER, by)
    made = Request(
        customer=held,
        case=act.case,
        kind=asked.kind,
        way=asked.way,
        asked_at=now,
        noted_by=by,
        plan_version=plan.row,
        clause=owed.because.clause if owed else "",
        due_at=owed.due if owed else None,
    )
    if by is None and (owed is None or owed.proof != rights.COLLEAGUE):
        made.proof, made.proven_at = Request.LINK, now
    made.save(force_insert=True)
    if owed is not None:
        _promise(act, owed)
    act.append("privacy_asked", clause=made.clause, request=made.pk, kind=made.kind, way=made.way)
    if by is not None:
        note(held, by, "privacy_asked", [made.kind])
    _confirm(act, made, made.due_at)
    return made


def _promise(act: Act, owed: rights.Right) -> None:
    because = owed.because
    promise = Promise(
        kind=kinds.PERSONAL_DATA,
        due_at=owed.due,
        clause=because.clause,
        because=because.stored(),
        plan_version=act.plan.row,
    )
    promises.write(act, [promise])
    promises.note_next_due(act)


def _confirm(act: Act, made: Request, due: datetime | None) -> None:
    context = {"kind": made.kind, "due": due, "proven": bool(made.proven_at)}
    outbox.post(act, letter("privacy/letters/asked.txt", act.case, act.plan, context))


def _concern(held: Customer, asked: Asked, plan: RunningPlan) -> Concern:
    lang = language_for(plan, held.language)
    with override(lang):  # it stands in their letters, whoever notes it
        subject = asked.subject or str(Request.Kind(asked.kind).label)
    return Concern(
        customer=held,
        body=asked.words.strip() or subject,
        subject=said.first_line(subject, said.SUBJECT),
        channel=ways.way_in(plan, _WAYS_IN.get(Request.Way(asked.way), ways.MAIL)),
        language=lang,
        plan=plan,
    )
