"""What an answer does to a claim: granted, refused, or left to a person; a grant's row, event and promise."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk.accounts.models import Person
from tantam.desk.cases import promises
from tantam.desk.cases.act import Act
from tantam.desk.claims import budgets, ledger
from tantam.desk.claims.deciding import Decided
from tantam.desk.claims.marks import mark
from tantam.desk.claims.models import Claim, Grant
from tantam.desk.common.money import Money
from tantam.desk.plans import answers


@dataclass(frozen=True, slots=True)
class Gift:
    """What is given: an amount, None for no money; why, for the record; by whose level, "" for the plan's own."""

    amount: Money | None
    reason: str = ""
    level: str = ""


def tell_answer(act: Act, claim: Claim, decided: Decided) -> None:
    """Append what the plan answered."""
    act.append(
        "answered",
        clause=decided.answer.because.clause,
        plan=decided.plan,
        claim=claim.pk,
        policy=claim.policy,
        outcome=decided.answer.outcome,
        conditional=list(decided.answer.conditional),
    )


def carry_out(act: Act, claim: Claim, decided: Decided) -> None:
    """Grant what the plan grants itself; a plain no that rests on nothing told is refused by it; else it stays open.

    What a rule marks stays open too: a person looks at it.
    """
    if marks := mark(act, claim, decided):
        claim.answer["waits"] = [{"rule": each.rule, "clause": each.clause, **each.args} for each in marks]
        claim.save(update_fields=["answer"])
    elif decided.binding:
        give(act, claim, decided, Gift(worth(decided)))
    elif claim.answer["refuses"] and not decided.answer.conditional:
        claim.state = Claim.State.REFUSED
        claim.save(update_fields=["state"])
        act.append("refused", clause=claim.clause, plan=decided.plan, claim=claim.pk, outcome=claim.outcome)


def give(act: Act, claim: Claim, decided: Decided, gift: Gift) -> Grant:
    """Grant the claim within the act: by the plan, or by the person who acts."""
    given = _given(act, claim, decided, gift, act.person)
    claim.state = Claim.State.GRANTED
    claim.save(update_fields=["state"])
    _tell(act, claim, decided, given)
    _owe(act, decided, given)
    return given


def give_instead(act: Act, claim: Claim, decided: Decided, before: Grant) -> Grant:
    """Grant what the customer chose in the place of what was granted, by whoever granted that; its time runs from now.

    The event is the caller's.
    """
    given = _given(act, claim, decided, Gift(worth(decided), before.reason, before.level), before.person)
    _owe(act, decided, given)
    return given


def _given(act: Act, claim: Claim, decided: Decided, gift: Gift, by: Person | None) -> Grant:
    amount = gift.amount
    return Grant.objects.create(
        claim=claim,
        case=act.case,
        kind=decided.plan.kind_of(claim.policy),
        amount_minor=amount.minor if amount else 0,
        currency=amount.currency if amount else "",
        person=by,
        level=gift.level,
        clause=claim.clause,
        reason=gift.reason,
        granted_at=act.now,
    )


def _owe(act: Act, decided: Decided, given: Grant) -> None:
    """Book the grant, and promise to carry it out where the answer names a time."""
    ledger.book(act, given, ledger.Booking.GRANTED)
    budgets.watch(act, given)
    if due := answers.due(decided.answer, decided.plan, act.now):
        promises.make_of_answer(act, decided.answer, decided.plan, due)


def worth(decided: Decided) -> Money | None:
    """Return the money that the answer gives, None if it speaks of none."""
    return answers.amount(decided.answer, decided.plan)


def _tell(act: Act, claim: Claim, decided: Decided, gift: Grant) -> None:
    act.append(
        "granted",
        clause=claim.clause,
        plan=decided.plan,
        claim=claim.pk,
        grant=gift.pk,
        policy=claim.policy,
        outcome=claim.outcome,
        kind=gift.kind,
        minor=gift.amount_minor,
        currency=gift.currency,
        level=gift.level,
    )
