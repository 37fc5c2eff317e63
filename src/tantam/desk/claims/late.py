"""Facts that became known after an answer: which they are, and the answer that the plan gives with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tantam.desk import plans
from tantam.desk.cases.facts import FIELD, terms_of
from tantam.desk.cases.models import Case
from tantam.desk.claims.deciding import Decided, again, written
from tantam.desk.claims.models import Claim
from tantam.desk.customers.facts import facts_of as of_customer
from tantam.desk.plans import Fact, RunningPlan, Standing, answers

ANEW = "anew"  # in a claim's answer: what the plan answers by now, while what was granted stands
_SUBSTANCE = ("outcome", "amount", "pays", "gives", "refuses", "granted_by", "outputs", "items")


@dataclass(frozen=True, slots=True)
class Anew:
    """What the plan answers with facts that became known. learned: their terms; before: the answer told last."""

    decided: Decided
    learned: tuple[str, ...]
    before: Mapping[str, Any]

    @property
    def terms(self) -> tuple[str, ...]:
        """Those of the terms on which the one answer or the other rests; all where none of them is named."""
        named = {*self.kept["because"].get("facts", {}), *self.before.get("because", {}).get("facts", {})}
        named |= {*self.before.get("conditional", ())}
        return tuple(each for each in self.learned if each in named) or self.learned

    @property
    def kept(self) -> dict[str, Any]:
        """The new answer, as a claim keeps it."""
        return answers.stored(self.decided.answer, self.decided.plan)

    @property
    def differs(self) -> bool:
        """Whether it is another answer than they were told, or rests on other words."""
        rests = [*self.before.get("conditional", ())] != [*self.kept.get("conditional", ())]
        return rests or not same(self.before, self.kept) or clause_of(self.before) != clause_of(self.kept)

    @property
    def turned(self) -> bool:
        """Whether something was decided before, and the customer gets something else, or by another clause."""
        if self.before["outcome"] == "ask":
            return False
        return not same(self.before, self.kept) or clause_of(self.before) != clause_of(self.kept)

    @property
    def is_news(self) -> bool:
        """Whether the customer reads of it though nothing turned: it is decided now, or surer than before."""
        before = self.before["outcome"], bool(self.before.get("conditional"))
        return before != (self.kept["outcome"], bool(self.kept.get("conditional")))


def ask_anew(claim: Claim, facts: Mapping[str, Fact], now: datetime) -> Anew:
    """Ask the version that answered again, with these facts, as of the instant when the customer claimed."""
    return Anew(again(claim, facts, now), tuple(sorted(facts)), claim.answer.get(ANEW) or claim.answer)


def learned(claim: Claim, case: Case) -> dict[str, Fact]:
    """Return {term: Fact} of what is on record by now, and was not when the claim was answered, or was otherwise.

    Of the purchase and of what colleagues filled in alone: what else a record says was so when it was asked.
    """
    plan, asked = plans.version(claim.plan_version_id), claim.decided_at
    known = terms_of(plan, of_customer(None, case.purchase, asked) | _filled_in(case), asked)
    return {term: fact for term, fact in known.items() if not _is_known(claim, term, fact, plan)}


def same(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether two stored answers give the same, whatever they rest on."""
    return all(before.get(name) == now.get(name) for name in _SUBSTANCE)


def clause_of(kept: Mapping[str, Any]) -> str:
    """Return the clause that gave a stored answer."""
    return str(kept.get("because", {}).get("clause", ""))


def _filled_in(case: Case) -> dict[str, Fact]:
    return {FIELD + term: Fact(text, Standing.RECORDED) for term, text in case.fields.items() if text}


def _is_known(claim: Claim, term: str, fact: Fact, plan: RunningPlan) -> bool:
    kept, now = claim.facts.get(term), written({term: fact}, plan)[term]
    return kept is not None and kept["value"] == now["value"] and Standing(kept["standing"]).reaches(Standing.RECORDED)
