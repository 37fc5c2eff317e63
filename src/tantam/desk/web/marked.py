"""Claims that a rule marked, newest first, each with which rule it was, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.claims import marks
from tantam.desk.claims.access import claims_for
from tantam.desk.claims.late import ANEW
from tantam.desk.claims.models import Claim, Mark
from tantam.desk.plans.answers import waits_because

MOST = 50
_TURNED = noop("It was granted, and by facts known since the plan would answer otherwise.")
_STOOD = noop("What was granted stands")
_STILL = noop("Somebody has to look at it")
_BECAME = {
    Claim.State.OPEN: _STILL,
    Claim.State.GRANTED: noop("Granted after a look"),
    Claim.State.REFUSED: noop("Refused after a look"),
    Claim.State.WITHDRAWN: noop("Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Marked:
    """why: a sentence; facts: what a rule of the plan speaks of, or ""; became: in words; open: nobody looked yet."""

    mark: Mark
    policy: str
    why: str
    facts: str
    became: str
    open: bool


def marked(person: Person, lang: str) -> list[Marked]:
    """Return the newest marks on what this person sees; a query."""
    found = Mark.objects.filter(claim__in=claims_for(person)).select_related("claim__case__customer")
    return [_marked(each, lang) for each in found.order_by("-id")[:MOST]]


def _marked(mark: Mark, lang: str) -> Marked:
    claim, plan = mark.claim, plans.version(mark.claim.plan_version_id)
    turned = mark.rule == marks.CHANGED
    why = gettext(_TURNED) if turned else waits_because([{"rule": mark.rule, **mark.args}])[0]
    facts = (mark.args.get("facts") or {}).items()
    still = ANEW in claim.answer or claim.state == Claim.State.OPEN
    stood = turned and not still and claim.state == Claim.State.GRANTED
    return Marked(
        mark,
        plan.policy_label(claim.policy, lang),
        why,
        "; ".join(f"{plan.term_label(term, lang)}: {plan.label(term, value, lang)}" for term, value in facts),
        gettext(_STOOD if stood else _STILL if still else _BECAME[Claim.State(claim.state)]),
        still,
    )
