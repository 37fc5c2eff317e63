"""Which of what was counted: the slices, and how the row of a counted thing names its own place in each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

UNKNOWN = "?"  # the key of what history does not know
HELPER = "helper"  # the one field by which no figures are cut
NONE = "-"  # the key of what has none: no owner, no group, no clause


@dataclass(frozen=True, slots=True)
class Part:
    """Which of the counted things: each "" for any, a name, UNKNOWN or NONE.

    group, stage, channel: of the case as it was opened. level, person: whose case it was at the counted instant.
    provider: in whose queue it was at that instant, by the plan's names, NONE for the house's own.
    policy: one that was claimed in the case. clause: that counted; of a case, the one that opened it.
    version: the plan version that counted, as `3`. source: `desk`, or an imported log.
    helper: who wrote to the customer in the case, or a draft for it: a program has no queue. No figures are cut by it.
    """

    group: str = ""
    stage: str = ""
    channel: str = ""
    level: str = ""
    person: str = ""
    provider: str = ""
    policy: str = ""
    clause: str = ""
    version: str = ""
    source: str = ""
    helper: str = ""

    def said(self) -> dict[str, str]:
        """Return the fields that narrow, by name."""
        return {name: getattr(self, name) for name in (*SLICES, HELPER) if getattr(self, name)}


SLICES = tuple(each.name for each in fields(Part) if each.name != HELPER)
EVERYTHING = Part()


@dataclass(frozen=True, slots=True)
class Listed:
    """Which counted things are listed, and in what order.

    only: 1 or 0, those that made the share or those that did not; None for all. order: worst is the longest first, of a
    share those that the measure's direction calls bad, and among equals the newest.
    """

    part: Part = EVERYTHING
    only: int | None = None
    order: Literal["worst", "newest"] = "worst"


ALL_OF_IT = Listed()
