"""Offers what a policy grants before the customer asks: the plan answers, and they read what it grants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tantam.desk import plans
from tantam.desk.cases import outbox, promises
from tantam.desk.cases.act import Act
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Message, Promise
from tantam.desk.cases.owing_answers import owe_an_answer
from tantam.desk.claims.deciding import decide_in
from tantam.desk.claims.giving import carry_out, tell_answer
from tantam.desk.claims.letters import choices
from tantam.desk.claims.models import Claim
from tantam.desk.plans import Fact, answers, kinds


@dataclass(frozen=True, slots=True)
class Offer:
    """policy: by which it is put right; facts: {term: Fact} that we know; words: why we write, as they read it."""

    policy: str
    facts: Mapping[str, Fact]
    words: str


def offer(act: Act, made: Offer) -> tuple[Claim, Message]:
    """Return the claim that we file for the customer, and the letter; granted if the plan grants it by itself.

    What a person must decide owes the customer an answer. act: of a case that the plan began. Raises BadFact,
    UnknownName.
    """
    decided = decide_in(act, made.policy, act.plan.known(made.facts))
    claim = Claim(case=act.case, policy=made.policy, decided_at=act.now, **decided.kept())
    claim.save(force_insert=True)
    tell_answer(act, claim, decided)
    carry_out(act, claim, decided)
    if claim.state == Claim.State.OPEN:
        owe_an_answer(act)
    promises.note_next_due(act)
    return claim, outbox.post(act, _letter(claim, act, made.words))


def _letter(claim: Claim, act: Act, words: str) -> str:
    case, plan = act.case, plans.version(claim.plan_version_id)
    due = {each.kind: each.due_at for each in case.promises.filter(state=Promise.State.OWED).order_by("-due_at")}
    granted = claim.state == Claim.State.GRANTED
    context = {
        "words": words,
        "answer": answers.shown(claim.answer, case.language, plan=plan),
        "granted": granted,
        "done_by": due.get(claim.outcome) if granted else None,
        "reply_due": None if granted else due.get(kinds.FIRST_REPLY),
        "choices": choices(claim, act),
    }
    return letter("claims/letters/offered.txt", case, act.plan, context)
