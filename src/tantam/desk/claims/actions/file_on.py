"""File a claim on a case that is there already: begun in a chat, by mail, or for another reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import attachments, joined, outbox, said
from tantam.desk.cases.act import Act, act_on, refuse_if_resolved
from tantam.desk.cases.actions.receive import receive
from tantam.desk.cases.actions.take import own_if_free
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.facts import told_of
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.owing_answers import owe_an_answer
from tantam.desk.claims import evidence
from tantam.desk.claims.actions.file_claim import begin_claim
from tantam.desk.claims.letters import answer_letter
from tantam.desk.claims.models import Claim
from tantam.desk.common.errors import Refused
from tantam.desk.plans import Fact


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. topic: the one that led to the policy, "" for none. facts: {term: Fact} as they told them."""

    policy: str
    topic: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """What the customer sent with it. submission: of the form, so that it counts once; files: that came along."""

    body: str
    channel: str
    submission: str | None = None
    files: Sequence[Brought] = ()


def file_on_for(case: Case, asked: Asked, person: Person) -> Claim:
    """Return the claim that a colleague files for the customer, with its answer, which goes to the customer.

    Raises UnknownName, BadFact, Refused: claimed_already, already_resolved, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        refuse_if_claimed(act.case, asked.policy)
        own_if_free(act)
        return _filed(act, asked)


def file_on_by_customer(case: Case, asked: Asked, words: Words) -> Claim:
    """Return the claim that the customer files themselves; their words are heard first. Sent twice, it is once.

    Raises UnknownName, BadFact, Refused: claimed_already, says_nothing, too_long.
    """
    with transaction.atomic():
        act = joined.act_on_target(case, Actor.CUSTOMER)
        act = act if act.case.customer_id == case.customer_id else act.on(case.pk)
        if said.already(act, words.submission):
            return Claim.objects.filter(case=act.case, policy=asked.policy).order_by("id")[0]
        refuse_if_claimed(act.case, asked.policy)
        message = receive(act.case, words.body, channel=words.channel, submission=words.submission)
        attachments.attach_once(message, words.files)
        act.case.refresh_from_db()
        return _filed(act, asked)


def is_claimed(case: Case, policy: str) -> bool:
    """Whether the same is asked for on the case already, and was not refused."""
    return case.claims.filter(policy=policy, state__in=(Claim.State.OPEN, Claim.State.GRANTED)).exists()


def refuse_if_claimed(case: Case, policy: str) -> None:
    """Raise Refused("claimed_already") where it is."""
    if is_claimed(case, policy):
        raise Refused("claimed_already")


def _filed(act: Act, asked: Asked) -> Claim:
    """Claim by what they tell now and told before; what came already counts as shown."""
    told = told_of(act.case, act.plan, act.now) | dict(act.plan.known(asked.facts))
    shown, message = evidence.shown_before(act.case, told, act.plan)
    noted = {"topic": asked.topic} if asked.topic and not act.case.topic else {}
    if noted:
        act.save(topic=asked.topic)
    claim, by_plan = begin_claim(act, asked.policy, told | shown, **noted)
    if message is not None and evidence.is_shown(claim):
        act.append("shown", claim=claim.pk, policy=claim.policy, terms=evidence.is_shown(claim), message=message)
    if claim.state == Claim.State.OPEN:
        owe_an_answer(by_plan)
    outbox.post(by_plan, answer_letter(claim, by_plan))
    return claim
