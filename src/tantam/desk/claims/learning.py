"""Hears that something came on record after an answer, and has the worker ask the plan again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.claims.actions.learn import learn
from tantam.desk.claims.models import Claim
from tantam.desk.common import clock, work
from tantam.desk.common.ids import new_id
from tantam.desk.common.models import DueWork
from tantam.desk.customers.bought import hears_corrections

LEARN = "learn_late_facts"  # work whose payload is {"case": id}


@hears("purchase_noted", "filled_in")
def hear(act: Act, event: CaseEvent) -> None:
    """Have the claims of the case looked at again."""
    if act.case.claims.exists():
        _ask_for([act.case.pk])


@hears_corrections
def hear_corrections(purchases: Collection[int]) -> None:
    """Have every claim over these purchases looked at again."""
    claims = Claim.objects.filter(case__purchase__in=purchases).exclude(state=Claim.State.WITHDRAWN)
    _ask_for(claims.order_by("case_id").values_list("case_id", flat=True).distinct())


@work.handles(LEARN)
def ask_again(payload: Mapping[str, Any]) -> None:
    """Ask again with what is on record by now."""
    case = Case.objects.filter(pk=payload["case"]).first()
    if case is not None:
        learn(case)


def _ask_for(cases: Collection[int]) -> None:
    now = clock.now()
    work.all_due([_piece(each, now) for each in cases])


def _piece(case: int, now: datetime) -> DueWork:
    return DueWork(kind=LEARN, key=f"learn:{case}:{new_id()}", payload={"case": case}, due_at=now)
