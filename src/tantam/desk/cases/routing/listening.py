"""What sets routing off: a case that begins or changes its level, and words or promises while its owner is away."""

from __future__ import annotations

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import CaseEvent
from tantam.desk.cases.routing.absence import Why, cover
from tantam.desk.cases.routing.route import ask

_WHY: dict[str, Why] = {"received": "received", "broken": "promise", "reopened": "reopened"}


@hears("opened", "escalated", "deescalated")
def find_somebody(act: Act, event: CaseEvent) -> None:
    """Ask for the case to be routed right after; what a department owes is its own people's."""
    if not act.case.department:
        ask(act, event.pk)


@hears("handed_over")
def find_somebody_else(act: Act, event: CaseEvent) -> None:
    """Ask for it where a person gave the case to a level, and so to nobody yet."""
    if event.person_id and not event.args.get("owner"):
        ask(act, event.pk)


@hears("received", "broken", "reopened")
def stand_in_for_the_owner(act: Act, event: CaseEvent) -> None:
    """Give the case to who stands in if its owner is away."""
    if act.case.owner_id is not None:
        cover(act, _WHY[event.code])
    elif event.code == "reopened":
        ask(act, event.pk)
