"""What a customer may still choose instead of what was granted: another outcome of the same answer.

It is open until somebody begins to carry out what was granted. What counts as begun in a room above, that room says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tantam.desk import plans
from tantam.desk.cases import joined
from tantam.desk.cases.models import Case
from tantam.desk.claims.authority import authority
from tantam.desk.claims.deciding import again
from tantam.desk.claims.late import ANEW
from tantam.desk.claims.models import Claim, Entry, Grant
from tantam.desk.claims.twice import granted_before
from tantam.desk.common.money import Money
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.answers import ShownChoice, shown

Begun = Callable[[Claim], bool]
_BEGUN: list[Begun] = []


def closes_choice(begun: Begun) -> Begun:
    """Register who knows that a granted claim is being carried out; register it from the room's `apps.ready`."""
    if begun not in _BEGUN:
        _BEGUN.append(begun)
    return begun


def open_choices(claim: Claim, in_force: RunningPlan) -> tuple[str, ...]:
    """Return the outcomes that may be chosen now instead of the one that stands, in the plan's order.

    Nothing is asked of the database where the answer leaves no choice. in_force: whose authority counts for what a
    person granted. Left out is what rests on what was only told or is not known, and what was granted over the same
    purchase before.
    """
    if not may_differ(claim):
        return ()
    grant = standing(claim)
    if grant is None or _is_begun(claim, grant):
        return ()
    decided = again(claim, {}, claim.decided_at)
    offered = [each["outcome"] for each in claim.answer["instead"] if _is_granted_alike(claim, grant, each, in_force)]
    return tuple(each for each in offered if granted_before(claim, decided.taken(each)) is None)


def shown_choices(claim: Claim, in_force: RunningPlan, lang: str) -> tuple[ShownChoice, ...]:
    """Return what may be chosen now, as people read it; nothing is read for an answer that leaves no choice."""
    offered = open_choices(claim, in_force)
    found = shown(claim.answer, lang, plan=plans.version(claim.plan_version_id)).instead if offered else ()
    return tuple(each for each in found if each.outcome in offered)


def may_differ(claim: Claim) -> bool:
    """Whether the claim is granted by an answer that leaves a choice, with nothing for a person to look at first."""
    if claim.state != Claim.State.GRANTED or ANEW in claim.answer or claim.answer.get("waits"):
        return False
    return bool(claim.answer.get("instead"))


def standing(claim: Claim) -> Grant | None:
    """Return the one grant that stands, None where there are several, or it is not what the plan answered."""
    found = list(claim.grants.filter(reversed_at=None).select_related("person").prefetch_related("entries")[:2])
    amount = claim.answer.get("amount")
    if len(found) != 1 or found[0].amount_minor != (amount[0] if amount else 0):
        return None
    return found[0]


def _is_begun(claim: Claim, grant: Grant) -> bool:
    """Whether what was granted is settled, paid, done as promised, or under way by a procedure."""
    case = claim.case
    if joined.target(case).status == Case.Status.RESOLVED:
        return True
    if any(each.booking == Entry.Booking.PAID for each in grant.entries.all()):
        return True
    promised = case.promises.filter(kind=claim.outcome, clause=grant.clause, made_at__gte=grant.granted_at)
    if promised.exclude(fulfilled_at=None).exists():
        return True
    return any(begun(claim) for begun in _BEGUN)


def _is_granted_alike(claim: Claim, grant: Grant, other: Mapping[str, Any], in_force: RunningPlan) -> bool:
    """Whether the same would grant the other at once: the plan itself, or the level that granted what stands."""
    if other["conditional"] or other["missing"] or not other["gives"]:
        return False
    if other["granted_by"] != claim.answer.get("granted_by"):
        return False
    if grant.person_id is None:
        return True
    amount = other.get("amount")
    return authority(claim, grant.level, Money(*amount) if amount else None, in_force).allowed
