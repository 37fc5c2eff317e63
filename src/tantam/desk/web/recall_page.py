"""What the pages of faulty batches show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.http import QueryDict

from tantam.desk.customers.models import Product
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.known_of_all import asked_once
from tantam.desk.recalls.meeting import foreseen
from tantam.desk.recalls.models import Owned, Recall
from tantam.desk.web import case_words
from tantam.desk.web.leaves import leaf

MOST_PRODUCTS = 500
MOST_SHOWN = 100
NAMED = ("product", "policy", "serials", "since", "until", "words")


def rows(found: Iterable[Recall], plan: RunningPlan, lang: str) -> list[dict[str, Any]]:
    """Return each recall with its product and policy in words, and how many of its things are seen to; two queries."""
    recalls = list(found)
    counted = Owned.objects.filter(recall__in=recalls).values("recall", "state").annotate(number=Count("id"))
    numbers = {(each["recall"], each["state"]): each["number"] for each in counted.order_by("recall", "state")}
    return [_row(each, numbers, plan, lang) for each in recalls]


def _row(recall: Recall, numbers: Mapping[tuple[int, str], int], plan: RunningPlan, lang: str) -> dict[str, Any]:
    """Return one recall as a list shows it. done: of `all` its things, how many are seen to."""
    in_all = sum(number for (pk, _state), number in numbers.items() if pk == recall.pk)
    return {
        "recall": recall,
        "product": recall.product.name(lang),
        "policy": plan.policy_label(recall.policy, lang),
        "all": in_all,
        "done": in_all - numbers.get((recall.pk, Owned.State.WAITING), 0),
    }


def form(plan: RunningPlan, typed: Mapping[str, str], lang: str, now: datetime) -> dict[str, Any]:
    """Return the form: first product and policy, then what the policy needs to know that no record tells."""
    policy = typed.get("policy", "") if typed.get("policy", "") in plan.policies() else ""
    asked = asked_once(plan, policy, now) if policy else ()
    products = Product.objects.order_by("sku")[:MOST_PRODUCTS]
    return {
        "products": [(each, each.name(lang)) for each in products],
        "policies": [(each, plan.policy_label(each, lang)) for each in plan.policies()],
        "typed": {name: typed.get(name, "") for name in NAMED},
        "policy": policy,
        "questions": [_question(each.term, plan, lang, typed) for each in asked],
    }


def one(recall: Recall, plan: RunningPlan, lang: str, asked: QueryDict, now: datetime) -> dict[str, Any]:
    """Return one recall: before it begins what it would do, then its owners, those first who have to be called.

    asked: by the page's address, which leaves of its lists.
    """
    context = rows([recall], plan, lang)[0]
    context["known"] = [
        (plan.term_label(term, lang), plan.label(term, value, lang)) for term, value in recall.facts.items()
    ]
    if recall.state == Recall.State.PREPARED:
        seen = foreseen(recall, plan, now)
        outcomes = [(_outcome(plan, recall.policy, each, lang), number) for each, number in seen.outcomes.items()]
        return context | {"seen": seen, "outcomes": outcomes}
    owned = Owned.objects.filter(recall=recall).select_related("purchase__customer", "claim__case").order_by("id")
    to_call = owned.filter(state=Owned.State.OPENED, reached=False)
    return context | {
        "to_call": leaf(to_call, asked, most=MOST_SHOWN, name="calls", at="to-call"),
        "owned": leaf(owned, asked, most=MOST_SHOWN, name="owned", at="owned"),
    }


def _question(term: str, plan: RunningPlan, lang: str, typed: Mapping[str, str]) -> tuple[Any, ...]:
    """Return the term, what it is called, what it may be, and what was written."""
    return term, plan.term_label(term, lang), plan.term_choices(term, lang), typed.get(f"term-{term}", "")


def _outcome(plan: RunningPlan, policy: str, outcome: str, lang: str) -> str:
    return plan.outcome_label(policy, outcome, lang) or case_words.outcome(outcome)
