"""The kinds of promise that the desk can tell apart, and what it does with them; the plan's engine says which."""

from tantam.plan.run.kinds import (
    CALL_BACKS,
    FIRST_REPLY,
    PERSONAL_DATA,
    RESOLUTION,
    UPDATE,
    kept_by_the_customer,
    kept_by_words,
    may_pause,
    pauses,
    pausing_clock,
    repeats,
)

__all__ = [
    "CALL_BACKS",
    "FIRST_REPLY",
    "PERSONAL_DATA",
    "RESOLUTION",
    "UPDATE",
    "kept_by_the_customer",
    "kept_by_words",
    "may_pause",
    "pauses",
    "pausing_clock",
    "repeats",
]
