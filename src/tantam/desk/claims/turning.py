"""What becomes of a claim whose answer facts turned: granted at once, open again, or left to a person.

What was granted is never taken back by itself: a worse answer is marked, and a person looks at it.
"""

from __future__ import annotations

from tantam.desk.cases import outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.actions.reopen import open_again
from tantam.desk.cases.models import Actor, Case, CaseEvent, Message
from tantam.desk.cases.owing_answers import owe_an_answer
from tantam.desk.claims.giving import Gift, carry_out, give, tell_answer, worth
from tantam.desk.claims.late import ANEW, Anew, clause_of, same
from tantam.desk.claims.letters import answer_letter, changed_letter
from tantam.desk.claims.marks import CHANGED, keep_mark, mark
from tantam.desk.claims.models import Claim, Grant
from tantam.desk.common.money import Money

OPEN, GRANTED, REFUSED = Claim.State.OPEN, Claim.State.GRANTED, Claim.State.REFUSED


def turn(act: Act, claim: Claim, anew: Anew) -> Message | None:
    """Keep the facts, and where the answer differs do what follows from it; return what the customer is told, if so.

    act: the plan's.
    """
    claim.facts = anew.decided.kept()["facts"]
    claim.save(update_fields=["facts"])
    if not anew.differs:
        return None
    given = list(claim.grants.filter(reversed_at=None))
    return _beside(act, claim, anew, given) if given else _instead(act, claim, anew)


def _instead(act: Act, claim: Claim, anew: Anew) -> Message | None:
    """Let the claim have the new answer. What a person refused, a person decides again where it is no plain no."""
    by_person = claim.state == REFUSED and _last_by_person(claim)
    if anew.turned:
        _told(act, claim, anew)
    _keep(claim, anew, OPEN)
    tell_answer(act, claim, anew.decided)
    if not by_person or claim.answer["refuses"]:
        carry_out(act, claim, anew.decided)
    if anew.turned:
        return _tell(act, claim, anew)
    return outbox.post(act, answer_letter(claim, act)) if anew.is_news else None


def _beside(act: Act, claim: Claim, anew: Anew, given: list[Grant]) -> Message | None:
    """Weigh the new answer against what was granted: more of the same is given, anything else is for a person."""
    if same(claim.answer, anew.kept):
        return _stands_as_it_was(act, claim, anew)
    if (more := _more(claim, anew, given)) and not mark(act, claim, anew.decided):
        _told(act, claim, anew)
        _keep(claim, anew, GRANTED)
        give(act, claim, anew.decided, Gift(more))
        return _tell(act, claim, anew)
    if anew.turned:
        _told(act, claim, anew, stands=1)
        claim.answer = claim.answer | {ANEW: anew.kept}
        claim.save(update_fields=["answer"])
        keep_mark(act, claim, CHANGED, clause_of(anew.kept), {"terms": list(anew.terms)})
        return _tell(act, claim, anew)
    return None


def _stands_as_it_was(act: Act, claim: Claim, anew: Anew) -> Message | None:
    """Keep the answer that gives the same as what was granted; who was told otherwise meanwhile is told that."""
    told_otherwise = ANEW in claim.answer
    if anew.turned:
        _told(act, claim, anew)
    _keep(claim, anew, GRANTED)
    return _tell(act, claim, anew) if told_otherwise else None


def _tell(act: Act, claim: Claim, anew: Anew) -> Message:
    """Write to the customer what turned; what is not settled by it stands open, and an answer is owed."""
    if claim.state == OPEN or ANEW in claim.answer:
        _give_to_people(act)
    elif claim.state == GRANTED:
        _open(act)  # there is something to carry out
    return outbox.post(act, changed_letter(claim, act, anew.terms))


def _more(claim: Claim, anew: Anew, given: list[Grant]) -> Money | None:
    """Return how much more of the same the plan now grants by itself; None where it is not simply more."""
    now = worth(anew.decided)
    if now is None or not anew.decided.binding or anew.decided.answer.outcome != claim.outcome:
        return None
    if any(each.currency != now.currency for each in given):
        return None
    more = now.minor - sum(each.amount_minor for each in given)
    return Money(more, now.currency) if more > 0 else None


def _keep(claim: Claim, anew: Anew, state: Claim.State) -> None:
    kept = anew.decided.kept() | {"state": state}
    for field, value in kept.items():
        setattr(claim, field, value)
    claim.save(update_fields=[each.removesuffix("_id") for each in kept])


def _told(act: Act, claim: Claim, anew: Anew, *, stands: int = 0) -> CaseEvent:
    """Append that facts turned the answer; the event's clause is the new one."""
    return act.append(
        "decision_changed",
        clause=clause_of(anew.kept),
        plan=anew.decided.plan,
        claim=claim.pk,
        policy=claim.policy,
        outcome=anew.kept["outcome"],
        outcome_before=anew.before["outcome"],
        clause_before=clause_of(anew.before),
        terms=list(anew.terms),
        stands=stands,
    )


def _last_by_person(claim: Claim) -> bool:
    """Whether a person, and not the plan, decided the claim last."""
    told = CaseEvent.objects.filter(case=claim.case_id, code__in=("refused", "reversed"), args__claim=claim.pk)
    last = told.order_by("-id").first()
    return last is not None and last.actor == Actor.PERSON


def _give_to_people(act: Act) -> None:
    """Let a person see it: a settled case is open again, and an answer is owed."""
    _open(act)
    if act.case.status != Case.Status.RESOLVED:
        owe_an_answer(act)


def _open(act: Act) -> None:
    if act.case.merged_into_id is None and act.case.status == Case.Status.RESOLVED:
        open_again(act)
