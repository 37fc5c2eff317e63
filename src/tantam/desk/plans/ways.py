"""What a plan calls the ways in that the desk itself serves."""

from __future__ import annotations

from tantam.desk.plans.running import RunningPlan
from tantam.plan.run import unsaid

WEB = ("web", "portal", "form")
MAIL = ("mail", "email")
PHONE = unsaid.PHONE
CHAT = ("chat", "live_chat", "webchat", "web_chat")
PROGRAM = ("api", "web", "portal", "form")


def has(plan: RunningPlan, names: tuple[str, ...]) -> bool:
    """Whether the plan has a way in of one of these names."""
    return any(each in plan.plan.channels for each in names)


def way_in(plan: RunningPlan, names: tuple[str, ...]) -> str:
    """Return the plan's channel of the first of these names; of a plan that has none of them, the first name."""
    return next((each for each in names if each in plan.plan.channels), names[0])
