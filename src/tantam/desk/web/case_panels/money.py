"""Money that was granted on the case: still owed, paid, or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.claims import ledger
from tantam.desk.claims.access import grants_for
from tantam.desk.claims.models import Claim
from tantam.desk.web.panels import Shown, panel


@panel("money", "right", 12)
def show(shown: Shown) -> Mapping[str, Any] | None:
    """Return what was granted; two queries where a claim of the case was granted, none where not.

    own: whether a colleague must pay it, because this person granted it and it is more than one decides.
    """
    case = shown.case
    if not any(each.state in (Claim.State.GRANTED, Claim.State.REFUSED) for each in case.claims.all()):
        return None
    found = grants_for(shown.person).filter(case=case, amount_minor__gt=0).order_by("id")
    rows = [_row(each, shown) for each in found.select_related("claim", "person").prefetch_related("entries")]
    return {"case": case, "rows": rows, "person": shown.person} if rows else None


def _row(grant: Any, shown: Shown) -> dict[str, Any]:
    paid = next((each for each in grant.entries.all() if each.booking == ledger.Booking.PAID), None)
    owed = paid is None and grant.reversed_at is None
    verb = f"take_back_grant-{grant.pk}"
    return {
        "grant": grant,
        "policy": shown.plan.policy_label(grant.claim.policy, shown.lang) if grant.claim else "",
        "owed": owed,
        "paid_at": paid.at if paid else None,
        "own": owed and grant.person_id == shown.person.pk and ledger.needs_another(grant, shown.plan),
        "typed": shown.typed if shown.typed.verb == verb else None,
    }
