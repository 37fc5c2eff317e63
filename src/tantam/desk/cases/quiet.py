"""Until when quiet hours keep words from a customer: the one rule for letters, messages and calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tantam.desk.cases.models import Actor, Case, Message
from tantam.desk.customers.zones import known_zone
from tantam.desk.plans import RunningPlan, quiet


@dataclass(frozen=True, slots=True)
class Kept:
    """until: when the quiet hours end. zone: by whose clocks. at: the moment that is asked about."""

    until: datetime
    zone: ZoneInfo
    at: datetime

    @property
    def clock(self) -> str:
        """What the clocks show there at that moment."""
        return f"{self.at.astimezone(self.zone):%H:%M}"

    @property
    def ends(self) -> str:
        """What the clocks there show when the quiet hours end."""
        return f"{self.until.astimezone(self.zone):%H:%M}"


def kept_back(case: Case, plan: RunningPlan, at: datetime) -> Kept | None:
    """Return until when words to the case's customer wait that would go out at `at`; None if they go out then.

    What is urgent by the plan never waits, nor does an answer to somebody who was heard of a short while ago.
    """
    if not quiet.has_any(plan) or quiet.goes_out_anyway(plan, case.severity):
        return None
    kept = hours_there(plan, known_zone(case.customer), at)
    return None if kept is None or _is_awake(case, plan, at) else kept


def hours_there(plan: RunningPlan, zone: ZoneInfo | None, at: datetime) -> Kept | None:
    """Return the quiet hours that it is at `at` in a zone, None for the company's; None outside of them."""
    zone = zone or ZoneInfo(plan.timezone)
    until = quiet.ends(plan, zone, at)
    return Kept(until, zone, at) if until else None


def _is_awake(case: Case, plan: RunningPlan, at: datetime) -> bool:
    """Whether the customer wrote, called or did something on a page a short while ago."""
    newest = case.messages.filter(direction=Message.Direction.INCOMING).order_by("-id").values_list("written_at")
    did = case.events.filter(actor=Actor.CUSTOMER).order_by("-id").values_list("at")
    heard = [row[0] for row in (newest.first(), did.first()) if row]
    return any(quiet.is_awake(plan, each, at) for each in heard)
