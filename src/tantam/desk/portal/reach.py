"""How somebody reaches the company quickest at this moment, by the plan's channels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from tantam.desk.plans import RunningPlan

_PHONE = re.compile(r"\+?[\d\s().-]{4,}")


@dataclass(frozen=True, slots=True)
class Way:
    """A way in. href: tel:, mailto: or https:."""

    label: str
    address: str
    href: str


def quickest(plan: RunningPlan, lang: str, now: datetime) -> Way | None:
    """Return the first channel of the plan that is open now and can be opened from a page."""
    for each in plan.channels(now):
        if each.open and (href := _href(each.address)):
            label = each.words.get(lang) or next(iter(each.words.values()), each.name)
            return Way(label, each.address, href)
    return None


def _href(address: str) -> str:
    if address.startswith("https://"):
        return address
    if "@" in address:
        return f"mailto:{address}"
    return "tel:" + re.sub(r"[^\d+]", "", address) if _PHONE.fullmatch(address) else ""
