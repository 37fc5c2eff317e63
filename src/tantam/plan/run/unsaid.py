"""What counts where the plan is silent, and published with it: how long things go on, and by when somebody calls.

Documented in docs/reference/plan.md, Where the plan is silent.
"""

from __future__ import annotations

from tantam.plan.run.kinds import CALL_BACKS
from tantam.plan.run.promises import kinds
from tantam.plan.sections import Plan
from tantam.plan.tables.values import Family, Span

PHONE = ("phone", "hotline", "call", "telephone")  # how a plan may call its telephone as a channel
TALKS = ("chat", "live_chat", "webchat", "web_chat", "zalo", "messenger", "whatsapp", "messaging", "social")
GOES_ON = Span(Family.CALENDAR, 7)
CALLED_BACK = Span(Family.EXACT, 2 * 3600)
TRIED_AGAIN = Span(Family.EXACT, 3600)
AWAKE = Span(Family.EXACT, 2 * 3600)
QUOTES_VALID = Span(Family.CALENDAR, 14)
LOST_AFTER = Span(Family.CALENDAR, 365)
WON_BACK_WITHIN = Span(Family.CALENDAR, 90)
REVIEWED = Span(Family.CALENDAR, 7)
PROOF = "contact"  # who asks about their own data is known by an address that was confirmed
GOOD_FROM = 0.8  # of a review's points
LOST_BECAUSE = ("price", "elsewhere", "not_needed", "too_slow", "no_answer", "other")


def goes_on(plan: Plan, channel: str) -> Span:
    """Return how long after a case was settled its customer goes on in it by one of the TALKS."""
    found = plan.channels.get(channel)
    return (found.goes_on if found else None) or GOES_ON


def tries_again(plan: Plan, channel: str) -> Span:
    """Return in what open time somebody who was not reached by telephone is called once more."""
    found = plan.channels.get(channel)
    return (found.tries_again if found else None) or TRIED_AGAIN


def awake(plan: Plan) -> Span:
    """Return how long after they wrote somebody is answered at once, whatever the hour."""
    quiet = plan.courtesy.quiet
    return (quiet.awake if quiet else None) or AWAKE


def promises_calls(plan: Plan) -> bool:
    """Return whether some row of the plan's promises says by when a missed call is returned."""
    return any(kind in CALL_BACKS for table in plan.promises.tables for kind in kinds(table))


def quotes_valid(plan: Plan) -> Span:
    """Return how long a quote is valid."""
    return plan.sales.quotes_valid or QUOTES_VALID


def lost_because(plan: Plan) -> tuple[str, ...]:
    """Return for which reasons somebody who asked does not buy, in the plan's order."""
    return tuple(plan.sales.lost_because) or LOST_BECAUSE


def lost_after(plan: Plan) -> Span:
    """Return after how long without a purchase somebody who bought before is a lost customer."""
    return plan.sales.lost_after or LOST_AFTER


def won_back_within(plan: Plan) -> Span:
    """Return how soon after we followed them up a purchase counts as won back."""
    return plan.sales.won_back_within or WON_BACK_WITHIN
