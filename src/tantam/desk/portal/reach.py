"""How somebody reaches the company now, by the plan: which ways are open, until when, how soon they are answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tantam.desk.plans import RunningPlan, ways
from tantam.desk.plans.reached import answered_within, closed_for
from tantam.desk.plans.running import WayIn

MOST_SECONDS = 60  # for which a browser may keep what is said of now
_PHONE = re.compile(r"\+?[\d\s().-]{4,}")


@dataclass(frozen=True, slots=True)
class Way:
    """A way in. href: tel:, mailto: or https:, "" for one that no page opens. open, until, next: as the plan has it.

    within: in what time it is answered at the latest, in words, "" where the plan says nothing of this way.
    closed_for: the holiday or reason for which it is closed today, "" for none.
    """

    label: str
    address: str
    href: str
    open: bool
    until: datetime | None
    next: datetime | None
    within: str
    closed_for: str


def ways_in(plan: RunningPlan, lang: str, now: datetime) -> tuple[Way, ...]:
    """Return the ways in besides these pages themselves, open ones first, each group in the plan's order."""
    here = ways.way_in(plan, ways.WEB)
    known = [each for each in plan.channels(now) if each.name != here]
    return tuple(_way(plan, each, lang, now) for each in sorted(known, key=lambda way: not way.open))


def quickest(found: Sequence[Way]) -> Way | None:
    """Return the first way that is open now and can be opened from a page."""
    return next((each for each in found if each.open and each.href), None)


def seconds_left(plan: RunningPlan, now: datetime) -> int:
    """Return for how many seconds what is said of now stays true: to the next change, at most MOST_SECONDS."""
    opening = plan.openness(now)
    changes = [at for each in (opening, *plan.channels(now)) for at in (each.until, each.next) if at is not None]
    return max(0, min([MOST_SECONDS, *(int((at - now).total_seconds()) for at in changes)]))


def _way(plan: RunningPlan, way: WayIn, lang: str, now: datetime) -> Way:
    return Way(
        label=plan.called(way.name, way.words, lang),
        address=way.address,
        href=_href(way.address),
        open=way.open,
        until=way.until,
        next=way.next,
        within=answered_within(plan, way.name, lang),
        closed_for="" if way.open else closed_for(plan, way.name, now, lang),
    )


def _href(address: str) -> str:
    if address.startswith("https://"):
        return address
    if "@" in address:
        return f"mailto:{address}"
    return "tel:" + re.sub(r"[^\d+]", "", address) if _PHONE.fullmatch(address) else ""
