"""Who the case goes to: its level and why, who fits, the way down; and on top, an absence or a customer's wish."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext

from tantam.desk import duty
from tantam.desk.accounts.access import colleagues
from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Actor, CaseEvent, Message
from tantam.desk.cases.routing.absence import AWAY
from tantam.desk.cases.routing.wishes import wants_higher
from tantam.desk.common import spoken
from tantam.desk.web import event_words, routing_words
from tantam.desk.web.panels import Shown, panel


@panel("routing", "top", 20)
def notes(shown: Shown) -> Mapping[str, Any] | None:
    """Return what cannot be overlooked: the customer asks for somebody higher, the owner is away, or back."""
    case = shown.case
    if not case.is_under_way:
        return None
    absence = duty.away(case.owner, shown.now) if case.owner else None
    before = _before_absence(shown)
    back = before is not None and before.pk != case.owner_id and duty.away(before, shown.now) is None
    found = {
        "wish": _wish(shown),
        "away": _away(absence, shown) if absence else "",
        "back": before.name if before and back else "",
    }
    return found if any(found.values()) else None


def _last(shown: Shown, *codes: str) -> CaseEvent | None:
    """Return the newest turn of these codes."""
    return next((each for each in shown.turns if each.code in codes), None)


def _before_absence(shown: Shown) -> Person | None:
    """Return who had the case until they were away, if nothing moved it since."""
    last = _last(shown, "taken", "handed_over")
    if last is None or last.args.get("because") != AWAY:
        return None
    return colleagues().filter(pk=last.args["owner_before"]).first()


def _asked_already(shown: Shown) -> bool:
    """Return whether they pressed the button for it, and nobody answered since."""
    last = _last(shown, "replied", "asked", "escalated")
    return last is not None and last.code == "escalated" and last.actor == Actor.CUSTOMER


def _wish(shown: Shown) -> str:
    """Return the level above if the customer's last words ask for it and nobody answered them yet."""
    case = shown.case
    above = shown.plan.next_level(case.level, "asked")
    if not above or case.last_direction != Message.Direction.INCOMING or _asked_already(shown):
        return ""
    last = case.messages.filter(direction=Message.Direction.INCOMING).order_by("-id").values_list("body", flat=True)
    words = next(iter(last[:1]), "")
    return shown.plan.level_label(above, shown.lang) if wants_higher(words) else ""


def _away(absence: Any, shown: Shown) -> str:
    owner = shown.case.owner
    deputy = duty.stand_in(owner, shown.now) if owner else None
    told = {"owner": owner.name if owner else "", "until": spoken.instant(absence.until, shown.now)}
    if deputy is None:
        return gettext("%(owner)s is away until %(until)s, and nobody stands in. Take it, or hand it over.") % told
    words = gettext(
        "%(owner)s is away until %(until)s. With the customer's next word %(deputy)s has it, who stands in."
    )
    return words % (told | {"deputy": deputy.name})


@panel("level", "left", 60)
def level(shown: Shown) -> Mapping[str, Any] | None:
    """Return how the case came to this level, who fits it there, and where it may go down to."""
    plan = shown.plan
    moved = _last(shown, "escalated", "deescalated")
    below = _below(shown, moved)
    said = event_words.said([moved], plan, shown.case.customer.shown) if moved else []
    return {
        "why": said[0].text if said else "",
        "fits": _fits(shown),
        "below": plan.level_label(below, shown.lang) if below else "",
        "severities": [(each, plan.label("severity", each, shown.lang)) for each in plan.severities()],
    }


def _below(shown: Shown, moved: CaseEvent | None) -> str:
    """Return the level that the case came up from, else the one below its own; "" for the lowest."""
    level = shown.case.level
    lower = next((lower for lower, each in pairwise(shown.plan.levels()) if each == level), "")
    if moved is None or (moved.code, moved.args.get("level")) != ("escalated", level):
        return lower
    return str(moved.args.get("level_before") or lower)


def _fits(shown: Shown) -> list[str]:
    """Return who fits the case at its level, in words; nobody is looked for once somebody has it."""
    offered = None if shown.case.owner_id else _last(shown, "offered")
    if offered is None or offered.args.get("level") != shown.case.level:
        return []
    names = dict(Person.objects.filter(pk__in=list(routing_words.people(offered.args))).values_list("pk", "name"))
    return [routing_words.fit(each, shown.plan, names) for each in offered.args.get("to", ())]
