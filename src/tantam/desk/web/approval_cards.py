"""A request for approval as pages and mails show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.ledger import PromiseChip, chips, most_urgent
from tantam.desk.claims.approvals import State, asked_amount, decides_as
from tantam.desk.claims.models import Approval
from tantam.desk.common import clock
from tantam.desk.customers.address import called
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.answers import ShownAnswer, shown
from tantam.desk.web import routing_words

ICONS = {"waiting": "clock", "approved": "check", "changed": "check", "refused": "cross"}


@dataclass(frozen=True, slots=True)
class ApprovalCard:
    """what: what is asked for. limit: up to what the asker may grant themselves. given: what was granted.

    answer: the plan's, in words. owed: what is owed to the customer next, whose clock runs on. may: whether the reader
    may decide it; own: whether they asked for it.
    """

    approval: Approval
    what: str
    customer: str
    level: str
    state: str
    icon: str
    given: str
    may: bool
    own: bool
    waits: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A request laid out to be decided: its card, the plan's answer, and what is owed meanwhile.

    version: of the plan that answered, as people call it.
    """

    card: ApprovalCard
    answer: ShownAnswer
    version: int
    limit: str
    owed: PromiseChip | None
    owed_words: str


def card(approval: Approval, person: Person, plan: RunningPlan, lang: str) -> ApprovalCard:
    """Return the card. approval: with case, customer, claim and both people."""
    waits = approval.state == State.WAITING
    return ApprovalCard(
        approval=approval,
        what=routing_words.asked(approval, plans.version(approval.claim.plan_version_id), lang),
        customer=called(approval.case.customer, lang) or approval.case.customer.shown,
        level=plan.level_label(approval.level, lang),
        state=gettext(routing_words.STATES[approval.state]),
        icon=ICONS.get(approval.state, "undo"),
        given=routing_words.money(approval.given_minor, approval.currency),
        may=waits and decides_as(approval, person, plan, asked_amount(approval)) is not None,
        own=approval.asked_by_id == person.pk,
        waits=waits,
        late=waits and approval.due_at <= clock.now(),
    )


def laid(approval: Approval, person: Person, plan: RunningPlan, lang: str) -> Laid:
    """Return the request with all that one decides it by."""
    made_by = plans.version(approval.claim.plan_version_id)
    asker = approval.asked_by
    found = plan.may_grant(asker.level, approval.kind, 0, plan.currency) if asker.level in plan.levels() else None
    urgent = most_urgent(chips(approval.case, clock.now()))
    return Laid(
        card=card(approval, person, plan, lang),
        answer=shown(approval.claim.answer, lang, plan=made_by),
        version=made_by.version,
        limit=routing_words.money(found.limit.minor, found.limit.currency) if found and found.limit else "",
        owed=urgent,
        owed_words=plan.promise_label(urgent.kind, lang, urgent.clause) if urgent else "",
    )
