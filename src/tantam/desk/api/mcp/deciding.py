"""The tool that asks what the plan grants, with the reason, and what it still needs to be told."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from pydantic import Field

from tantam.desk.api.body import Told
from tantam.desk.api.mcp.calling import Answer, Calling, reading
from tantam.desk.api.schemas import FactText
from tantam.desk.cases.act import Act
from tantam.desk.cases.facts import told_of
from tantam.desk.cases.models import Actor
from tantam.desk.claims.deciding import Decided, decide_in
from tantam.desk.claims.deciding import decide as decide_alone
from tantam.desk.common import clock
from tantam.desk.common.fields import MOST_PLAN_NAME
from tantam.desk.customers.models import Purchase
from tantam.desk.plans import RunningPlan, Standing, UnknownName, answers


class PolicyAsked(Told):
    """A policy and what is known."""

    policy: str = Field(max_length=MOST_PLAN_NAME, description="A policy's name, such as exchange.")
    facts: dict[str, FactText] = Field(
        default_factory=dict,
        max_length=100,
        description='What the customer told, by term: {"owned": "12 days"}. What is on record counts before it.',
    )
    case: str = Field("", max_length=200, description="The case, by reference or private link, if there is one.")
    purchase: str = Field("", max_length=40, description="The number of a purchase of your own customer.")


class Missing(Answer):
    """A fact that the policy still needs. choices: values that may be given, [] for any of its type."""

    term: str
    question: str
    type: str
    choices: list[str]


class PlanAnswer(Answer):
    """What the plan answers. amount, within: "" where it names none. conditional: why it is not certain yet, or "".

    who_could: who may grant it: plan (by itself, at once) or levels, the lowest first; [] where nothing is granted.
    """

    outcome: str
    headline: str
    because: str
    clause: str
    rule: str
    version: str
    amount: str
    within: str
    conditional: str
    say: list[str]
    next: str
    who_could: list[str]
    missing: list[Missing]


@reading("Ask what the plan grants")
def decide(calling: Calling, asked: PolicyAsked) -> PlanAnswer:
    """Ask a policy of the company's plan what it grants a customer, and why. It changes nothing and grants nothing.
    Give the facts that the customer told; `missing` says what to ask them next, one at a time, in these words. Tell the
    customer the answer with its reason and never more than it says: what is conditional is not certain, and what
    `who_could` names a person for is decided by a person. To claim it, call open_case with the same policy and facts.
    """
    plan = calling.plan
    if asked.policy not in plan.policies():
        raise UnknownName("policy", asked.policy, plan.policies())
    found = _decided(calling, asked)
    return answer_of(found, asked.policy, calling.lang)


def answer_of(found: Decided, policy: str, lang: str, waits: object = None) -> PlanAnswer:
    """Return an answer in words. waits: why a person looks at a claim of it first, as the claim keeps it."""
    plan = found.plan
    words = answers.shown(answers.stored(found.answer, plan) | {"waits": waits}, lang, plan=plan)
    same = ("outcome", "headline", "because", "clause", "version", "amount", "within", "conditional", "next")
    return PlanAnswer(
        **{each: getattr(words, each) for each in same},
        rule=str(found.answer.because.rule),
        say=list(words.say),
        who_could=who_could(found, policy),
        missing=[] if found.answer.known else _missing(found, policy, lang),
    )


def who_could(found: Decided, policy: str) -> list[str]:
    """Return who may grant what was answered: the plan, or names of levels, the lowest first."""
    plan, answer = found.plan, found.answer
    levels = plan.levels()
    if not answers.gives(answer, plan):
        return []
    if answer.granted_by == answers.BY_PLAN:
        return [answers.BY_PLAN]
    money = answers.amount(answer, plan)
    given = plan.may_grant(levels[0], plan.kind_of(policy), money.minor if money else 0, plan.currency)
    enough = levels[levels.index(answer.granted_by) :] if answer.granted_by in levels else levels
    return [each for each in given.who_may if each in enough]


def _decided(calling: Calling, asked: PolicyAsked) -> Decided:
    plan, now = calling.plan, clock.now()
    told = plan.read(asked.facts, Standing.TOLD)
    if asked.case:
        case = calling.reach(asked.case).case
        act = Act(case, now, plan, Actor.PERSON, calling.assistant.person)
        return decide_in(act, asked.policy, told_of(case, plan, now) | told)
    own = calling.assistant.customer
    bought = bought_by(calling, asked.purchase)
    return decide_alone(asked.policy, told, in_force=plan, customer=own, purchase=bought)


def bought_by(calling: Calling, number: str) -> Purchase | None:
    """Return the purchase of the assistant's own customer, None if none is named. Raises Http404."""
    if not number.strip():
        return None
    own, name = calling.assistant.customer, "".join(number.split()).upper()
    found = Purchase.objects.select_related("customer", "product").filter(customer=own, number=name).first()
    if own is None or found is None:
        raise Http404
    return found


def _missing(found: Decided, policy: str, lang: str) -> list[Missing]:
    plan: RunningPlan = found.plan
    asked: Any = plan.questions(policy, found.facts)
    return [
        Missing(
            term=each.term,
            question=plan.word(each.words, lang),
            type=each.type,
            choices=[str(choice.value) for choice in each.choices],
        )
        for each in asked
    ]
