"""What may be granted on a case and why: each claim as a card, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.claims import budgets, evidence
from tantam.desk.claims.authority import authority
from tantam.desk.claims.choosing import open_choices
from tantam.desk.claims.late import ANEW
from tantam.desk.claims.models import Claim
from tantam.desk.common import clock, spoken
from tantam.desk.common.money import Money
from tantam.desk.files.listing import Listed, listed
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.answers import BY_PLAN, ShownAnswer, ShownChoice, shown, waits_because

STANDINGS = {
    "told": noop("told"),
    "shown": noop("shown to us"),
    "recorded": noop("on record"),
    "verified": noop("checked"),
}


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact that mattered. open: the plan wants it to be known better. written: its text, for a form.

    shown: the customer sent something for it, and nobody has looked yet.
    """

    term: str
    label: str
    value: str
    standing: str
    sure: bool
    open: bool
    shown: bool
    written: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """Why the plan does not grant by itself: words, the facts that a rule speaks of, and its clause ("" for ours)."""

    words: str
    facts: str
    clause: str


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim, its answer in words, the facts it rests on.

    open: still to be decided. may: whether this person may grant it; who_may: (name, label) of the levels that may.
    waits: why the plan does not grant it by itself though it would, sentences. plainly: whether granting needs no
    reason. anew: what the plan answers by now, where that is another one than what was granted. left: of the policy's
    budget, where what the answer gives is more than that. choices: what the customer may choose instead now.
    version: of the plan that answered, as people call it.
    files: what the customer sent, where somebody is to look at it.
    """

    claim: Claim
    policy: str
    answer: ShownAnswer
    waits: tuple[Wait, ...]
    facts: tuple[FactShown, ...]
    open: bool
    may: bool
    who_may: tuple[tuple[str, str], ...]
    plainly: bool
    anew: ShownAnswer | None
    left: Money | None
    choices: tuple[ShownChoice, ...]
    icon: str
    look: str
    version: int
    files: tuple[Listed, ...] = ()

    @property
    def grant_verb(self) -> str:
        """The name of its form to grant it, where a refusal finds what was typed."""
        return f"grant_it-{self.claim.pk}"

    @property
    def ask_verb(self) -> str:
        """The name of its form to ask for approval."""
        return f"ask_it-{self.claim.pk}"

    @property
    def prove_verb(self) -> str:
        """The name of its form to check facts, where a refusal finds what was typed."""
        return f"prove_it-{self.claim.pk}"

    @property
    def refuse_verb(self) -> str:
        """The name of its form to refuse it."""
        return f"refuse_it-{self.claim.pk}"

    @property
    def to_check(self) -> tuple[FactShown, ...]:
        """The facts that the answer rests on and that somebody must look at."""
        return tuple(each for each in self.facts if each.open)

    @property
    def shown(self) -> tuple[FactShown, ...]:
        """Of these, what the customer sent something for."""
        return tuple(each for each in self.to_check if each.shown)

    @property
    def what_is_shown(self) -> str:
        """What that says, by labels and values."""
        return "; ".join(f"{each.label}: {each.value}" for each in self.shown)

    @property
    def by_itself(self) -> bool:
        """Whether the plan grants it without anybody's leave once what was told is checked."""
        return self.plainly and bool(self.to_check) and self.claim.answer.get("granted_by") == BY_PLAN

    @property
    def who_may_say(self) -> str:
        """The levels that may grant it, by their labels, lowest first."""
        return ", ".join(label for _, label in self.who_may)

    @property
    def only_told(self) -> str:
        """What to check, by its labels, as it stands inside a sentence."""
        return ", ".join(spoken.inside(each.label) for each in self.to_check)


def claim_card(claim: Claim, person: Person, in_force: RunningPlan, lang: str) -> ClaimCard:
    """Return the card; the version of the plan that answered says it, the one in force says who may."""
    plan = plans.version(claim.plan_version_id)
    amount = claim.answer.get("amount")
    found = authority(claim, person.level, Money(*amount) if amount else None, in_force)
    answer, offered = shown({**claim.answer, "waits": None}, lang, plan=plan), open_choices(claim, in_force)
    return ClaimCard(
        claim=claim,
        policy=plan.policy_label(claim.policy, lang),
        answer=answer,
        waits=_waits(claim, plan, lang),
        facts=_facts(claim, plan, lang),
        open=claim.state == Claim.State.OPEN,
        may=found.allowed,
        who_may=tuple((each, in_force.level_label(each, lang)) for each in found.who_may),
        plainly=bool(claim.answer.get("gives")) and not claim.answer.get("waits"),
        anew=shown(claim.answer[ANEW], lang, plan=plan) if ANEW in claim.answer else None,
        left=_left(claim, amount, in_force),
        choices=tuple(each for each in answer.instead if each.outcome in offered),
        icon={"granted": "check", "refused": "cross", "withdrawn": "undo"}.get(claim.state, "swap"),
        look={"granted": "t-kept", "refused": "t-broken"}.get(claim.state, "t-acc"),
        version=plan.version,
        files=_files(claim),
    )


def _files(claim: Claim) -> tuple[Listed, ...]:
    """Return what the customer sent, where nobody has looked at it; one query where there is something."""

    def href(what: str, pk: int) -> str:
        return reverse(f"web:{what}", args=[pk])

    found = evidence.brought(claim) if evidence.waiting(claim) else ()
    return tuple(listed(each.pk, each.name, each.blob, href) for each in found if each.blob)


def _waits(claim: Claim, plan: RunningPlan, lang: str) -> tuple[Wait, ...]:
    """Return why a person looks, each with what the rule speaks of and where it stands."""
    found = claim.answer.get("waits") or ()
    said = zip(waits_because(found), found, strict=True)
    return tuple(Wait(words, _rests_on(each, plan, lang), str(each.get("clause", ""))) for words, each in said)


def _rests_on(found: Mapping[str, Any], plan: RunningPlan, lang: str) -> str:
    facts: Mapping[str, str] = found.get("facts") or {}
    said = ((plan.term_label(term, lang), plan.label(term, value, lang)) for term, value in facts.items())
    return "; ".join(f"{label}: {value}" for label, value in said)


def _left(claim: Claim, amount: Any, in_force: RunningPlan) -> Money | None:
    """Return what is left of the budget where granting the answer would spend more; two queries at most."""
    if claim.state != Claim.State.OPEN or not amount or not amount[0]:
        return None
    left = budgets.left_of(in_force, claim.policy, clock.now())
    return left if left is not None and left.minor < amount[0] else None


def _facts(claim: Claim, plan: RunningPlan, lang: str) -> tuple[FactShown, ...]:
    because: Mapping[str, Any] = claim.answer.get("because", {})
    mattered = [*because.get("facts", {}), *claim.answer.get("conditional", [])]
    terms = [each for each in dict.fromkeys(mattered) if each in claim.facts] or list(claim.facts)
    return tuple(_fact(each, claim, plan, lang) for each in terms)


def _fact(term: str, claim: Claim, plan: RunningPlan, lang: str) -> FactShown:
    kept = claim.facts[term]
    standing = kept["standing"]
    return FactShown(
        term=term,
        label=plan.term_label(term, lang),
        value=plan.label(term, kept["value"], lang),
        standing=gettext(STANDINGS[standing]),
        sure=standing not in ("told", "shown"),
        open=term in claim.answer.get("conditional", []),
        shown=standing == "shown",
        written=kept["value"],
        choices=plan.term_choices(term, lang),
    )
