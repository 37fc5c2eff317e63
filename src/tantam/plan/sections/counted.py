"""The fifteen measures that history counts: what each one's value is, and which settings a plan may give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["share", "minutes"]
DAY = 1440.0  # minutes
CALENDAR = "calendar"  # the clock that never stops

EXCLUSIONS = ("waiting",)  # what a plan may leave out: the time in which we waited for the customer
SETTINGS = ("clock", "exclusions", "within", "topics", "outcomes", "promise")


@dataclass(frozen=True, slots=True)
class Counted:
    """One measure. unit: a share of 1, or minutes (a median). direction: `up` if more is better, else `down`.

    takes: those of SETTINGS that change how it is counted. within: minutes, where the plan says none.
    """

    unit: Unit
    direction: Literal["up", "down"]
    takes: tuple[str, ...] = ()
    within: float | None = None


COUNTED = {
    "promises_kept": Counted("share", "up", ("promise",)),
    "first_reply": Counted("minutes", "down", ("clock",)),
    "resolution": Counted("minutes", "down", ("clock", "exclusions")),
    "reopened": Counted("share", "down", ("within",), 14 * DAY),
    "reassigned": Counted("share", "down"),
    "repeat_contact": Counted("share", "down", ("within",), 30 * DAY),
    "complaint_rate": Counted("share", "down", ("topics",)),
    "return_rate": Counted("share", "down", ("outcomes",)),
    "backlog_age": Counted("minutes", "down", ("clock", "exclusions")),
    "escalated": Counted("share", "down"),
    "satisfaction": Counted("share", "up"),
    "renewal_rate": Counted("share", "up"),
    "conversion": Counted("share", "up"),
    "quote_to_order": Counted("share", "up"),
    "quality": Counted("share", "up"),
}
