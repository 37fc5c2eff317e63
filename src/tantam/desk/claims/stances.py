"""What customers say to decisions: which one stands, what they said to it, whether they may still take it back."""

from __future__ import annotations

from tantam.desk.cases.models import Actor, CaseEvent
from tantam.desk.claims.models import Claim, Stance
from tantam.desk.common.errors import Refused

DECIDED = ("answered", "granted", "refused", "reversed", "chosen")
ACTED = ("replied", "asked", "called", "granted", "refused", "proved", "resolved", "approval_asked")
ACTED += ("paid", "reversed", "left_standing", "chosen")  # all by a colleague
CARRIED_OUT = ("kept", "fulfilled")


def decision_of(claim: Claim) -> int | None:
    """Return the id of the event that decided the claim last; None while it is not decided, or no longer."""
    if not is_decided(claim):
        return None
    told = CaseEvent.objects.filter(case=claim.case_id, code__in=DECIDED, args__claim=claim.pk)
    return told.order_by("-id").values_list("pk", flat=True).first()


def is_decided(claim: Claim) -> bool:
    """Whether there is a yes or a no to say something to: granted, refused, or a no that rests on what was told."""
    if claim.state in (Claim.State.GRANTED, Claim.State.REFUSED):
        return True
    return claim.state == Claim.State.OPEN and bool(claim.answer.get("refuses"))


def stance_on(claim: Claim, decision: int | None) -> Stance | None:
    """Return what the customer said to this decision of the claim."""
    return claim.stances.filter(decision=decision).first() if decision else None


def is_acted_on(stance: Stance) -> bool:
    """Whether a colleague acted on the case since, or what was granted is carried out: then nothing is taken back."""
    since = CaseEvent.objects.filter(case__in=_cases_of(stance), pk__gt=stance.event)
    if since.filter(code__in=ACTED, actor=Actor.PERSON).exists():
        return True
    return since.filter(code__in=CARRIED_OUT, args__kind=stance.claim.outcome).exists()


def refuse_unless_open(claim: Claim, decision: int) -> None:
    """Raise Refused for a decision that is none any more, or to which something was said already."""
    if decision_of(claim) != decision:
        raise Refused("decided_anew")
    if stance_on(claim, decision) is not None:
        raise Refused("said_already")


def _cases_of(stance: Stance) -> list[int]:
    """Return the case of the claim, and the one that it was joined to."""
    case = stance.claim.case
    return [case.pk, *([case.merged_into_id] if case.merged_into_id else [])]
