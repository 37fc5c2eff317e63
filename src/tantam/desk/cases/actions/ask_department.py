"""Ask a department for what the plan says that it owes: a case of its own, with a promise on the same ledger."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import opening, promises
from tantam.desk.cases.act import Act, act_on, refuse_if_merged
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.departments import give_to_its_people
from tantam.desk.cases.models import Actor, Case, CaseLink, Promise
from tantam.desk.common.errors import Refused
from tantam.desk.customers.internal import of_person
from tantam.desk.plans import RunningPlan, departments, ways
from tantam.desk.plans.departments import Owing


def ask_department(case: Case, person: Person, owing: Owing, words: str, *, submission: str | None = None) -> Case:
    """Return the department's case, linked with this one; the same submission again gives the same case.

    The promise to the outer customer that is due last rests on what the department owes.
    Raises Refused: nothing_owed, says_nothing, too_long, is_merged, not_allowed.
    """
    with transaction.atomic():
        outer = act_on(case, Actor.PERSON, person)
        refuse_if_merged(outer)
        if (earlier := opening.opened_before(submission=submission)) is not None:
            return earlier
        due = departments.due(outer.plan, owing, outer.now)
        if due is None:
            raise Refused("nothing_owed")
        concern = Concern(
            customer=of_person(person),
            body=words,
            subject=departments.what(outer.plan, owing.clause, person.language),
            channel=ways.way_in(outer.plan, ways.WEB),
            language=person.language,
            submission=submission,
            department=owing.department,
            plan=outer.plan,
        )
        inner, _ = opening.begin(concern, Actor.PERSON, person)
        made = promise_of(inner, owing, inner.plan, due, supports=_resting(outer))
        _link(inner, outer)
        outer.append(
            "asked_department", clause=owing.clause, case=inner.case.pk, promise=made.pk, department=owing.department
        )
        return inner.case


def promise_of(act: Act, owing: Owing, plan: RunningPlan, due: datetime, *, supports: Promise | None = None) -> Promise:
    """Promise what a department owes by `due` in its own case."""
    made = Promise(
        kind=owing.name,
        clock=departments.clock_of(plan, owing),
        due_at=due,
        clause=owing.clause,
        owed_by=owing.department,
        supports=supports,
        plan_version=plan.row,
    )
    promises.write(act, [made])
    promises.note_next_due(act)
    give_to_its_people(act)
    return made


def _resting(outer: Act) -> Promise | None:
    """Return the promise to the customer that what is asked for serves: of those that run, the one due last."""
    owed = outer.case.promises.filter(state=Promise.State.OWED, owed_by="")
    return owed.order_by("-due_at", "-id").first()


def _link(inner: Act, outer: Act) -> None:
    younger, older = inner.case, outer.case
    CaseLink.objects.create(case=younger, other=older, kind=CaseLink.Kind.FOLLOWS, person=inner.person, at=inner.now)


__all__ = ["ask_department", "promise_of"]
