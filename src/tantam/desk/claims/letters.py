"""The letters about a claim: what the plan answered, what was granted, what was refused."""

from __future__ import annotations

from collections.abc import Sequence

from tantam.desk import plans
from tantam.desk.cases.act import Act
from tantam.desk.cases.helping import beside_no, until_then
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Promise
from tantam.desk.claims.choosing import shown_choices
from tantam.desk.claims.evidence import looked_at, wanted
from tantam.desk.claims.late import ANEW
from tantam.desk.claims.models import Claim
from tantam.desk.common import addresses
from tantam.desk.common.money import Money
from tantam.desk.plans import RunningPlan, answers, kinds
from tantam.desk.plans.answers import ShownChoice

PLAN = "plan"  # the published plan; each clause has its place there


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
    context["choices"] = choices(claim, act)
    context["rule"] = f"{addresses.whole(PLAN)}#{claim.clause.replace('#', '-')}" if claim.clause else ""
    context["proofs"] = wanted(claim, case.language) if claim.state == Claim.State.OPEN else ()
    context |= {"no": claim.answer["refuses"], "first_aid": until_then(case, act.plan), **beside_no(case, act.plan)}
    return letter("claims/letters/answered.txt", case, act.plan, context)


def changed_letter(claim: Claim, act: Act, terms: Sequence[str]) -> str:
    """Return what became known, and the answer by it, or that a person looks at it while what was granted stands."""
    case, plan = act.case, plans.version(claim.plan_version_id)
    due = {each.kind: each.due_at for each in case.promises.filter(state=Promise.State.OWED).order_by("-due_at")}
    stands = bool(claim.answer.get(ANEW))
    context = {
        "learned": "; ".join(_said_of(claim, term, plan, case.language) for term in terms),
        "stands": stands,
        "answer": answers.shown(claim.answer, case.language, plan=plan),
        "done_by": due.get(claim.outcome) if claim.state == Claim.State.GRANTED and not stands else None,
        "reply_due": due.get(kinds.FIRST_REPLY) if claim.state == Claim.State.OPEN or stands else None,
        "choices": choices(claim, act),
    }
    return letter("claims/letters/changed.txt", case, act.plan, context)


def looking_letter(claim: Claim, act: Act) -> str:
    """Return that what they sent has come, what a person looks at, and by when they have our answer."""
    looked = looked_at(claim, act.case.language)
    assert looked is not None
    context = {"what": " · ".join(looked.what), "by": looked.by}
    return letter("claims/letters/looking.txt", act.case, act.plan, context)


def grant_letter(claim: Claim, act: Act, amount: Money | None) -> str:
    """Return that it is granted: what, how much, by when."""
    case = act.case
    plan = plans.version(claim.plan_version_id)
    promised = case.promises.filter(kind=claim.outcome, state=Promise.State.OWED).order_by("-due_at").first()
    context = {
        "headline": answers.shown(claim.answer, case.language, plan=plan).headline,
        "money": (amount.minor, amount.currency) if amount and amount.minor else None,
        "done_by": promised.due_at if promised else None,
        "choices": choices(claim, act),
    }
    return letter("claims/letters/granted.txt", case, act.plan, context)


def choices(claim: Claim, act: Act) -> tuple[ShownChoice, ...]:
    """Return what the customer may choose instead now, in the language of the case."""
    return shown_choices(claim, act.plan, act.case.language)


def chosen_letter(claim: Claim, act: Act) -> str:
    """Return what they chose, and by when it is done."""
    case, plan = act.case, plans.version(claim.plan_version_id)
    promised = case.promises.filter(kind=claim.outcome, state=Promise.State.OWED).order_by("-due_at").first()
    shown = answers.shown(claim.answer, case.language, plan=plan)
    context = {"answer": shown, "done_by": promised.due_at if promised else None}
    return letter("claims/letters/chosen.txt", case, act.plan, context)


def stands_letter(claim: Claim, act: Act) -> str:
    """Return that a person looked, and that what was granted stands."""
    shown = answers.shown(claim.answer, act.case.language, plan=plans.version(claim.plan_version_id))
    return letter("claims/letters/stands.txt", act.case, act.plan, {"headline": shown.headline})


def _said_of(claim: Claim, term: str, plan: RunningPlan, lang: str) -> str:
    """Return a fact of the claim in words: what it is called, and what it is."""
    return f"{plan.term_label(term, lang)}: {plan.label(term, claim.facts[term]['value'], lang)}"
