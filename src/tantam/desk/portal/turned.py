"""That facts turned the answer to a claim, as its customer reads it: what became known, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tantam.desk import plans
from tantam.desk.cases.models import CaseEvent
from tantam.desk.claims.late import ANEW
from tantam.desk.claims.models import Claim
from tantam.desk.common import spoken


@dataclass(frozen=True, slots=True)
class Turned:
    """learned: what we know now. stands: what was granted stands until a person has looked, and is the answer."""

    at: datetime
    learned: str
    stands: bool


def turned_of(claim: Claim, lang: str) -> Turned | None:
    """Return when facts last turned the claim's answer, and which; None if none did. A query."""
    told = CaseEvent.objects.filter(case=claim.case_id, code="decision_changed", args__claim=claim.pk)
    last = told.order_by("-id").first()
    if last is None:
        return None
    plan = plans.version(claim.plan_version_id)
    known = [each for each in last.args["terms"] if each in claim.facts]
    said = [(plan.term_label(each, lang), plan.label(each, claim.facts[each]["value"], lang)) for each in known]
    learned = "; ".join(f"{spoken.inside(label)}: {value}" for label, value in said)
    return Turned(last.at, learned, ANEW in claim.answer)
