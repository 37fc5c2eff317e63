"""The kinds of promise that the desk itself can tell apart, and what it does with them; all other kinds are the plan's.

Documented in docs/reference/plan.md, Promises.
"""

from __future__ import annotations

FIRST_REPLY = "first_reply"
UPDATE = "update"
RESOLUTION = "resolution"
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
    return kind != FIRST_REPLY and kind not in CALL_BACKS
