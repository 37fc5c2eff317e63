"""Who the case goes to: its level and why, who fits, the way down; and on top, an absence or a customer's wish."""

from __future__ import annotations

from collections.abc import Mapping
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


def _before_absence(shown: Shown) -> Person | None:
    """Return who had the case until they were away, if nothing moved it since."""
    last = next((each for each in shown.turns if each.code in ("taken", "handed_over")), None)
    if last is None or last.args.get("because") != AWAY:
        return None
    return colleagues().filter(pk=last.args["owner_before"]).first()


def _asked_already(shown: Shown) -> bool:
    """Return whether they pressed the button for it, and nobody answered since."""
    last = next((each for each in shown.turns if each.code in ("replied", "asked", "escalated")), None)
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
    plan, case = shown.plan, shown.case
    levels = plan.levels()
    turns = shown.turns
    moved = next((each for each in turns if each.code in ("escalated", "deescalated")), None)
    offered = next((each for each in turns if each.code == "offered"), None) if not case.owner_id else None
    severities = [(each, plan.label("severity", each, shown.lang)) for each in plan.severities()]
    below = levels[levels.index(case.level) - 1] if case.level in levels and levels.index(case.level) else ""
    if moved is not None and moved.code == "escalated" and moved.args.get("level") == case.level:
        below = str(moved.args.get("level_before") or below)
    said = event_words.said([moved], plan, case.customer.name) if moved else []
    return {
        "why": said[0].text if said else "",
        "fits": _fits(offered, shown) if offered and offered.args.get("level") == case.level else [],
        "below": plan.level_label(below, shown.lang) if below else "",
        "severities": severities,
    }


def _fits(offered: CaseEvent, shown: Shown) -> list[str]:
    names = dict(Person.objects.filter(pk__in=list(routing_words.people(offered.args))).values_list("pk", "name"))
    return [routing_words.fit(each, shown.plan, names) for each in offered.args.get("to", ())]
