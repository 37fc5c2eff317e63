"""Whether a case ended without anybody being told: as spam, whose writer is asked nothing and sent nothing."""

from __future__ import annotations

from tantam.desk.cases.models import Case, CaseEvent

AS, SPAM = "as", "spam"  # of a `resolved` event's args: as what it ended, where that is no settling


def ends_quietly(event: CaseEvent) -> bool:
    """Whether a `resolved` event is to be followed by no letter."""
    return event.args.get(AS) == SPAM


def ended_quietly(case: Case) -> bool:
    """Whether the case was resolved so the last time that it was."""
    last = case.events.filter(code="resolved").order_by("-id").first()
    return last is not None and ends_quietly(last)
