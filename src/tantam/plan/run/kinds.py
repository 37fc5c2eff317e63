"""The kinds of promise that can be told apart, and what keeps and pauses them; all other kinds are the plan's own.

Documented in docs/reference/plan.md, Promises.
"""

from __future__ import annotations

from tantam.plan.run.answers import Owed
from tantam.plan.sections import Plan

FIRST_REPLY = "first_reply"
UPDATE = "update"
RESOLUTION = "resolution"
PERSONAL_DATA = "personal_data"  # what somebody asks about their own data; the law's time never stands
CALL_BACKS = ("callback", "call_back")


def kept_by_words(kind: str) -> bool:
    """Return whether words to the customer keep it; any other kind is kept when the case is settled."""
    return kind in (FIRST_REPLY, UPDATE)


def kept_by_the_customer(kind: str) -> bool:
    """Return whether it is kept when the customer says that the case is settled; any other kind is then withdrawn."""
    return kind == RESOLUTION


def repeats(kind: str) -> bool:
    """Return whether it is owed anew each time it was kept, also where the plan counts it in days."""
    return kind == UPDATE


def may_pause(kind: str) -> bool:
    """Return whether its clock may stand while the customer is asked: we owe these whatever the customer does."""
    return kind not in (FIRST_REPLY, PERSONAL_DATA) and kind not in CALL_BACKS


def pauses(plan: Plan, kind: str) -> bool:
    """Return whether a promise of `kind` that this plan makes pauses while the customer is asked."""
    return may_pause(kind) and ((named := _pausing(plan)) is None or kind in named)


def _pausing(plan: Plan) -> frozenset[str] | None:
    """Return the kinds that the plan names under `promises: pauses:`, None if it says nothing of it."""
    written = plan.document.promises
    named = written.pauses if written else None
    if named is None:
        return None
    return frozenset(each.strip() for each in (named.split(",") if isinstance(named, str) else named))


def pausing_clock(plan: Plan, owed: Owed) -> str:
    """Return the hours on which a promise's remaining time is counted while it pauses, "" for calendar time.

    A promise in working days ends at an instant that no minutes gave; what is left of it is open time all the same.
    """
    return clock_of(plan, owed.clock, owed.minutes, owed.because.args.get("within", ""))


def clock_of(plan: Plan, clock: str, minutes: int | None, within: str) -> str:
    """Return the same for a promise with this clock, these minutes (None for days) and this written time."""
    if clock or minutes is not None:
        return clock
    written = plan.document.working_days
    return written.on if written and "working" in within else ""
