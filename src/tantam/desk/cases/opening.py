"""How a case begins: triage, its first words, what is owed; without the letter, which depends on what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, connection, transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases import promises, said
from tantam.desk.cases.act import Act
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.contacts import habits_of
from tantam.desk.cases.facts import facts_of_new, groups_of, placed_facts, terms_of
from tantam.desk.cases.grouping import packed
from tantam.desk.cases.models import Actor, Case, Message, Promise
from tantam.desk.common import clock
from tantam.desk.common.rows import insert
from tantam.desk.customers.told import kept_of
from tantam.desk.plans import BadFact, Fact, RunningPlan, Standing, Triage, limits

T = TypeVar("T")

_BY_SUBMISSION = "SELECT case_id FROM cases_message WHERE submission = %s"
_BY_MAIL = "SELECT case_id FROM cases_message WHERE message_id = %s"


def opened_before(*, submission: str | None, message_id: str | None = None) -> Case | None:
    """Return the case that this very form or mail opened, or None."""
    if submission:
        statement, value = _BY_SUBMISSION, said.once("open", submission)
    elif message_id:
        statement, value = _BY_MAIL, message_id
    else:
        return None
    with connection.cursor() as cursor:  # asked at every filing, and nearly always in vain: no model is made for that
        cursor.execute(statement, [value])
        found = cursor.fetchone()
    return Case.objects.select_related("customer").get(pk=found[0]) if found else None


def once(
    open_it: Callable[[], T], found: Callable[[Case], T], *, submission: str | None, message_id: str | None = None
) -> T:
    """Return what `open_it` opens in one transaction; for a form or mail that opened a case before, `found` of that.

    Of two that come at once the first counts, and what the second did is undone.
    """
    try:
        with transaction.atomic():
            before = opened_before(submission=submission, message_id=message_id)
            return found(before) if before else open_it()
    except IntegrityError:
        if (other := opened_before(submission=submission, message_id=message_id)) is None:
            raise
        return found(other)


def begin(concern: Concern, actor: Actor, person: Person | None) -> tuple[Act, list[Promise]]:
    """Write the case, its first message and its promises; return the act and the promises, inside the transaction."""
    body = said.clean(concern.body)
    act, made = _place(concern, body, concern.came_at or clock.now(), actor, person)
    insert([_first_message(concern, act.case, body)])
    promises.write(act, made)
    return act, made


def answering(act: Act, concern: Concern) -> Act:
    """Return the act as of now, for the letter: what had to wait is answered only now."""
    return replace(act, now=clock.now()) if concern.came_at else act


def begin_with(concern: Concern, person: Person, came_at: datetime) -> Act:
    """Write a case of words that a person moves into it, which came at `came_at`: it is owed what is owed since then.

    Return the act, as of then, inside the transaction; the caller moves the messages.
    """
    act, made = _place(concern, concern.body, came_at, Actor.PERSON, person)
    promises.write(act, made)
    return act


def begin_unasked(concern: Concern) -> Act:
    """Write a case that the plan begins of its own accord; return the act, inside the transaction.

    Its words are a note for whoever sees to it. Nobody asked for anything, so nothing is owed but what the caller
    promises.
    """
    body = said.clean(concern.body)
    act, _owed_to_who_asks = _place(concern, body, clock.now(), Actor.PLAN, None)
    act.save(next_due_at=None)
    said.note_down(act, body)
    return act


def _place(
    concern: Concern, body: str, now: datetime, actor: Actor, person: Person | None
) -> tuple[Act, list[Promise]]:
    """Write the case by the plan's triage, with its event; return the act, and what is owed, not written yet."""
    plan = concern.plan or plans.in_force(concern.came_at or clock.now())
    case = _unplaced(concern, body)
    case.opened_at = case.last_at = now
    case.plan_version = plan.row
    told = kept_of([case.customer_id], plan, now)[case.customer_id] | plan.known(concern.facts)
    recorded = facts_of_new(case, now) | habits_of([case.customer_id], plan, now)[case.customer_id]
    known = terms_of(plan, recorded, now)
    facts = told | known
    placed = plan.triage(facts, now)
    case.stage, case.severity, case.level = placed.stage, placed.severity, placed.level
    groups = groups_of(case, facts, plan, now=now)
    case.groups = packed(groups)
    owed = _owed(case, plan, told | terms_of(plan, recorded | placed_facts(case), now))
    case.next_due_at = min((each.due_at for each in owed), default=None)
    rule = limits.met_by(plan, case.topic)
    case.limit_rule = rule.name if rule else ""
    insert([case])
    act = Act(case, now, plan, actor, person)
    _tell(act, placed, groups, told=told, recorded=known)
    if rule is not None:
        act.append("limited", clause=rule.clause, rule=rule.name, topic=case.topic)
    return act, owed


def _owed(case: Case, plan: RunningPlan, facts: Mapping[str, Fact]) -> list[Promise]:
    """Return what the plan owes a customer; between departments only what one of them owes the other counts."""
    return [] if case.department else promises.all_of_plan(case, plan, facts, case.opened_at)


def _unplaced(concern: Concern, body: str) -> Case:
    return Case(
        customer=concern.customer,
        purchase=concern.purchase,
        subject=said.first_line(concern.subject.strip() or body, said.SUBJECT),
        topic=concern.topic,
        department=concern.department,
        channel=concern.channel,
        language=concern.language,
        last_words=said.first_line(body, said.LAST_WORDS),
    )


def _first_message(concern: Concern, case: Case, body: str) -> Message:
    return Message(
        case=case,
        direction=said.Direction.INCOMING,
        channel=concern.channel,
        body=body,
        written_at=case.opened_at,
        submission=said.once("open", concern.submission),
        message_id=concern.message_id or None,
    )


def _tell(
    act: Act, placed: Triage, groups: tuple[str, ...], *, told: Mapping[str, Fact], recorded: Mapping[str, Fact]
) -> None:
    case, plan = act.case, act.plan
    act.append(
        "opened",
        clause=placed.because.clause,
        reference=case.reference,
        customer=str(case.customer_id),
        purchase=case.purchase.number if case.purchase else None,
        channel=case.channel,
        topic=case.topic,
        stage=case.stage,
        severity=case.severity,
        level=case.level,
        language=case.language,
        groups=list(groups),
        facts={term: plan.fact_text(term, fact) for term, fact in told.items()},
        recorded=_on_record(plan, recorded, act.now),
    )


def _on_record(plan: RunningPlan, facts: Mapping[str, Fact], now: datetime) -> dict[str, str]:
    """Return the facts as text, without those that no text can say, so that all of it can be read back."""
    written = {}
    for term, fact in facts.items():
        text = plan.fact_text(term, fact)
        try:
            plan.read({term: text}, Standing.RECORDED, now)
        except BadFact:
            continue
        written[term] = text
    return written
