"""The letters about a claim: what the plan answered, what was granted, what was refused."""

from __future__ import annotations

from tantam.desk import plans
from tantam.desk.cases.act import Act
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Promise
from tantam.desk.claims.models import Claim
from tantam.desk.common.money import Money
from tantam.desk.plans import answers, kinds


def answer_letter(claim: Claim, act: Act) -> str:
    """Return the plan's answer with its reason, and what is owed from now on."""
    case = act.case
    plan = plans.version(claim.plan_version_id)
    due = {each.kind: each.due_at for each in case.promises.filter(state=Promise.State.OWED).order_by("-due_at")}
    given = due.get(claim.outcome) if claim.state == Claim.State.GRANTED else None
    context = {
        "answer": answers.shown(claim.answer, case.language, plan=plan),
        "done_by": given,
        "reply_due": due.get(kinds.FIRST_REPLY) if claim.state == Claim.State.OPEN else None,
    }
    return letter("claims/letters/answered.txt", case, act.plan, context)


def grant_letter(claim: Claim, act: Act, amount: Money | None) -> str:
    """Return that it is granted: what, how much, by when."""
    case = act.case
    plan = plans.version(claim.plan_version_id)
    promised = case.promises.filter(kind=claim.outcome, state=Promise.State.OWED).order_by("-due_at").first()
    context = {
        "headline": answers.shown(claim.answer, case.language, plan=plan).headline,
        "money": (amount.minor, amount.currency) if amount and amount.minor else None,
        "done_by": promised.due_at if promised else None,
    }
    return letter("claims/letters/granted.txt", case, act.plan, context)
