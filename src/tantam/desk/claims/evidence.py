"""What a customer may bring so that a conditional answer becomes certain: the `proof` that its terms name."""

from __future__ import annotations

from tantam.desk import plans
from tantam.desk.cases.models import Attachment, Message
from tantam.desk.claims.models import Claim
from tantam.desk.plans import helping


def wanted(claim: Claim, lang: str) -> tuple[str, ...]:
    """Return the questions whose answer a photo or paper would prove, as customers read them; the claim's own order.

    Those that its answer rests on and that were only told, of terms with a `proof`.
    """
    plan = plans.version(claim.plan_version_id)
    return helping.proofs(plan, claim.answer.get("conditional", ()), lang)


def missing(claim: Claim, lang: str) -> tuple[str, ...]:
    """Return what is wanted while the customer has sent no file with their words; one query where anything is."""
    found = wanted(claim, lang) if claim.state == Claim.State.OPEN else ()
    if not found:
        return ()
    brought = Attachment.objects.filter(
        case_id=claim.case_id, message__direction=Message.Direction.INCOMING, blob__isnull=False
    )
    return () if brought.exists() else found
