"""Why a measure has no number: what the plan does not say, what history does not know, or that nothing happened."""

from __future__ import annotations

from tantam.history.measures.answers import Past
from tantam.history.measures.definition import Definition, Kind

QUIET = "nothing_counted"  # history knows it, but not in this stretch and part
UNSAID = {"complaint_rate": "topics_not_said", "return_rate": "outcomes_not_said"}
UNKNOWNS = {  # things were there, but of none is known what this measure needs
    "reopened": "no_reopenings",
    "reassigned": "no_owners",
    "escalated": "no_escalations",
    "repeat_contact": "no_customers",
    "complaint_rate": "no_topics",
}
FIRST_REPLY = """SELECT 1 FROM event
    WHERE actor = 'person' AND (code = 'replied' OR (code = 'asked' AND source = 'desk')) LIMIT 1"""
ABSENT = {  # nothing of the kind occurs in history at all
    "promises_kept": ("no_promises", "SELECT 1 FROM event WHERE code IN ('kept', 'broken') LIMIT 1"),
    "first_reply": ("no_replies", FIRST_REPLY),
    "resolution": ("no_resolutions", "SELECT 1 FROM event WHERE code = 'resolved' LIMIT 1"),
    "return_rate": ("no_purchases", "SELECT 1 FROM purchase LIMIT 1"),
    "backlog_age": ("no_cases", "SELECT 1 FROM event WHERE code = 'opened' LIMIT 1"),
}
ABSENT |= dict.fromkeys(("reopened", "reassigned", "escalated"), ABSENT["resolution"])
ABSENT |= dict.fromkeys(("repeat_contact", "complaint_rate"), ABSENT["backlog_age"])


def reason_for(past: Past, definition: Definition, *, unknown: int) -> str:
    """Return the code why nothing was counted (docs/reference/measures.md). unknown: how many could not be."""
    if (definition.of == "complaint_rate" and not definition.topics) or (
        definition.of == "return_rate" and not definition.outcomes
    ):
        return UNSAID[definition.of]
    if unknown:
        return "no_clock" if definition.kind is Kind.MINUTES else UNKNOWNS[definition.of]
    code, probe = ABSENT[definition.of]
    return QUIET if past.rows(probe, {}) else code
