"""What a customer may bring so that a conditional answer becomes certain: the `proof` that its terms name.

What comes makes what was told *shown*. That it is so, only a person can say, unless the plan demands no more than that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tantam.desk import plans
from tantam.desk.cases.models import Attachment, Case, Message, Promise
from tantam.desk.claims.deciding import read
from tantam.desk.claims.models import Claim
from tantam.desk.plans import Fact, RunningPlan, Standing, helping, kinds

MOST_OF_A_SIGNATURE = 50_000  # bytes: smaller pictures inside a mail are signs and lines, and show nothing


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody of us looks at now, as customers read it; by: when they have our answer, None if nobody said."""

    what: tuple[str, ...]
    by: datetime | None


def wanted(claim: Claim, lang: str) -> tuple[str, ...]:
    """Return the questions whose answer a photo or paper would prove, as customers read them; the claim's own order.

    Those that its answer rests on and that were only told, of terms with a `proof`.
    """
    return _called(claim, _resting_on(claim, Standing.TOLD), lang)


def missing(claim: Claim, lang: str) -> tuple[str, ...]:
    """Return what is wanted while the claim is open."""
    return wanted(claim, lang) if claim.state == Claim.State.OPEN else ()


def looked_at(claim: Claim, lang: str) -> Looked | None:
    """Return what was shown and a person looks at; None where there is nothing. One query where there is."""
    found = waiting(claim)
    if not found:
        return None
    owed = Promise.objects.filter(case=claim.case_id, kind=kinds.FIRST_REPLY, state=Promise.State.OWED)
    by = owed.order_by("-due_at").values_list("due_at", flat=True).first()
    return Looked(_called(claim, found, lang), by)


def waiting(claim: Claim) -> tuple[str, ...]:
    """Return the terms of an open claim that were shown and that nobody has looked at."""
    return _resting_on(claim, Standing.SHOWN) if claim.state == Claim.State.OPEN else ()


def shown_by(claim: Claim) -> dict[str, Fact]:
    """Return {term: Fact} of what was told and is shown once something comes for it."""
    plan = plans.version(claim.plan_version_id)
    told = {term: claim.facts[term] for term in _resting_on(claim, Standing.TOLD)}
    return {term: Fact(fact.value, Standing.SHOWN) for term, fact in read(told, plan, claim.decided_at).items()}


def shows(files: Sequence[Attachment]) -> bool:
    """Whether any of the files could show something: it was kept, and is no part of a signature."""
    return any(
        each.blob is not None and not (each.content_id and each.blob.bytes < MOST_OF_A_SIGNATURE) for each in files
    )


def shown_before(case: Case, told: Mapping[str, Fact], plan: RunningPlan) -> tuple[dict[str, Fact], int | None]:
    """Return {term: Fact} of what is told and shown by what came on the case before, and the id of the message.

    None and nothing where no file came, or none of the terms has a `proof`.
    """
    terms = [each for each in helping.provable(plan, told) if told[each].standing == Standing.TOLD]
    found = _brought(case.pk) if terms else []
    newest = next((each.message_id for each in reversed(found) if shows([each])), None)
    return ({each: Fact(told[each].value, Standing.SHOWN) for each in terms}, newest) if newest else ({}, None)


def is_shown(claim: Claim) -> list[str]:
    """Return the terms of a claim that stand as shown, in alphabetical order."""
    return sorted(term for term, fact in claim.facts.items() if fact["standing"] == Standing.SHOWN)


def brought(claim: Claim) -> list[Attachment]:
    """Return the files that came with the customer's words on the claim's case, oldest first."""
    return _brought(claim.case_id)


def _brought(case: int) -> list[Attachment]:
    theirs = Attachment.objects.filter(case=case, message__direction=Message.Direction.INCOMING)
    return list(theirs.exclude(blob=None).select_related("blob").order_by("id"))


def _resting_on(claim: Claim, standing: Standing) -> tuple[str, ...]:
    """Return the terms with a `proof` that the answer rests on and that stand so, in the claim's own order."""
    plan = plans.version(claim.plan_version_id)
    rests = helping.provable(plan, claim.answer.get("conditional", ()))
    return tuple(each for each in rests if claim.facts.get(each, {}).get("standing") == standing)


def _called(claim: Claim, terms: Sequence[str], lang: str) -> tuple[str, ...]:
    plan = plans.version(claim.plan_version_id)
    return tuple(plan.term_label(each, lang) for each in terms)
