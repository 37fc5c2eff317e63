"""Ask again what was answered on a case, with what has come on record since."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case
from tantam.desk.claims.late import ask_anew, learned
from tantam.desk.claims.models import Claim
from tantam.desk.claims.turning import turn


def learn(case: Case) -> None:
    """Ask anew for each claim of the case whose facts are otherwise on record by now. Asked twice, it is once."""
    with transaction.atomic():
        act = act_on(case, Actor.PLAN)
        for claim in act.case.claims.exclude(state=Claim.State.WITHDRAWN).order_by("id"):
            if facts := learned(claim, act.case):
                turn(act, claim, ask_anew(claim, facts, claim.decided_at))
