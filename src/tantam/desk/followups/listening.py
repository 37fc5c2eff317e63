"""Hears on cases what the plan may have something done after: each event of a case that follow-ups know."""

from __future__ import annotations

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import Actor, CaseEvent
from tantam.desk.cases.quietly import ends_quietly
from tantam.desk.followups.models import FollowUp
from tantam.desk.followups.planning import Happening, plan_after
from tantam.desk.plans import follow_ups
from tantam.desk.plans.sales import BEFORE

# The event of a case and what the plan calls it.
HEARD = {
    "opened": ("opened",),
    "resolved": ("resolved",),
    "reopened": ("reopened",),
    "granted": ("granted",),
    "recalled": ("recalled",),
    "refused": ("refused",),
    "broken": ("promise_broken",),
    "call_missed": ("missed_call",),
    "rated": ("low_rating",),
    "quoted": ("quoted",),
    "lost": ("lost",),
}


@hears(*HEARD)
def plan_for_case(act: Act, event: CaseEvent) -> None:
    """Plan what follows, in the action's transaction; nothing after spam, between departments, or a call of ours."""
    wanted = [each for each in _names(act, event) if each in follow_ups.events(act.plan)]
    if not wanted or ends_quietly(event) or act.case.department:
        return
    if FollowUp.objects.filter(led_to=act.case).exists():
        return
    for name in wanted:
        plan_after(_happened(act, event, name), act.plan)


def _names(act: Act, event: CaseEvent) -> tuple[str, ...]:
    if event.code == "opened" and act.actor is Actor.PLAN:
        return ()
    if event.code == "rated" and not event.args.get("poor"):
        return ()
    asked = ("asked",) if event.code == "opened" and act.case.stage == BEFORE else ()
    return (*HEARD[event.code], *asked)


def _happened(act: Act, event: CaseEvent, name: str) -> Happening:
    case, quote = act.case, event.args.get("quote")
    subject = f"quote:{quote}" if quote else f"case:{case.pk}"
    return Happening(event=name, customer=case.customer, subject=subject, at=act.now, purchase=case.purchase, case=case)
