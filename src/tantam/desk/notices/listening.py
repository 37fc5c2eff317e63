"""Hears what happens on cases and asks the worker to tell whom it concerns: one row, in the action's transaction."""

from __future__ import annotations

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import CaseEvent
from tantam.desk.common import work

NOTIFY = "notify"
HEARD = ("handed_over", "taken", "escalated", "mentioned", "received", "landed", "reopened", "resolved")
HEARD += ("bounced", "complained", "disputed", "rated", "decision_changed")
HEARD += ("quote_accepted", "quote_declined")
HEARD += ("reminded", "broken", "endangered", "held_back")
HEARD += ("approval_asked", "approval_passed_up", "approval_given", "approval_refused")


HEARD += ("budget_nearly_spent", "budget_spent")
HEARD += ("step_missed",)


@hears(*HEARD)
def hear(act: Act, event: CaseEvent) -> None:
    """Ask for the telling; who is concerned, and when they are on duty, is found out later."""
    if event.code == "taken" and event.person_id == act.case.owner_id:
        return  # they took it themselves
    if event.code == "step_missed" and not event.args.get("theirs"):
        return  # a colleague's own step stands on the case, and in the figures
    if event.code == "rated" and not event.args["poor"]:
        return  # nobody has to see to it
    work.due(NOTIFY, f"{NOTIFY}:{event.pk}", {"event": event.pk}, act.now)
