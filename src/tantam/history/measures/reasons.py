"""Why a measure has no number: what the plan does not say, what history does not know, or that nothing happened."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.history.measures.definition import Definition
from tantam.history.relations import Relations

QUIET = "nothing_counted"  # history knows it, but not in this stretch and part
CLOCK = "no_clock"  # minutes are unknown for want of the plan's clock alone
FIRST_REPLY = """SELECT 1 FROM event
    WHERE actor = 'person' AND (code = 'replied' OR (code = 'asked' AND source = 'desk')) LIMIT 1"""
RESOLUTION = "SELECT 1 FROM event WHERE code = 'resolved' LIMIT 1"
QUOTE = "SELECT 1 FROM event WHERE code IN ('quote_accepted', 'quote_declined', 'quote_expired') LIMIT 1"
CASE = "SELECT 1 FROM event WHERE code = 'opened' LIMIT 1"


@dataclass(frozen=True, slots=True)
class Why:
    """The reasons of one measure. absent: `seen` gives no row, so nothing of the kind occurs in history at all.

    unknown: things were there, but of none is known what the measure needs; "" where it always is. unsaid: the plan
    does not say what counts.
    """

    absent: str
    seen: str
    unknown: str = ""
    unsaid: str = ""


WHY = {
    "promises_kept": Why("no_promises", "SELECT 1 FROM promise_end LIMIT 1"),
    "first_reply": Why("no_replies", FIRST_REPLY, CLOCK),
    "resolution": Why("no_resolutions", RESOLUTION, CLOCK),
    "reopened": Why("no_resolutions", RESOLUTION, "no_reopenings"),
    "reassigned": Why("no_resolutions", RESOLUTION, "no_owners"),
    "repeat_contact": Why("no_cases", CASE, "no_customers"),
    "complaint_rate": Why("no_cases", CASE, "no_topics", "topics_not_said"),
    "return_rate": Why("no_purchases", "SELECT 1 FROM purchase LIMIT 1", unsaid="outcomes_not_said"),
    "backlog_age": Why("no_cases", CASE, CLOCK),
    "escalated": Why("no_resolutions", RESOLUTION, "no_escalations"),
    "satisfaction": Why("no_ratings", "SELECT 1 FROM event WHERE code = 'rated' LIMIT 1", "no_scores"),
    "renewal_rate": Why("no_contracts", "SELECT 1 FROM event WHERE code IN ('renewed', 'lapsed') LIMIT 1"),
    "conversion": Why("no_enquiries", "SELECT 1 FROM event WHERE code IN ('won', 'lost') LIMIT 1"),
    "quote_to_order": Why("no_quotes", QUOTE),
    "quality": Why("no_reviews", "SELECT 1 FROM event WHERE code = 'quality_reviewed' LIMIT 1", "no_scores"),
}


def reason_for(past: Relations, definition: Definition, *, unknown: int) -> str:
    """Return the code why nothing was counted (docs/reference/measures.md). unknown: how many could not be."""
    why = WHY[definition.of]
    if why.unsaid and not (definition.topics if definition.of == "complaint_rate" else definition.outcomes):
        return why.unsaid
    if unknown:
        return why.unknown
    return QUIET if past.rows(why.seen, {}) else why.absent
