"""The plan at work: (plan, facts, now) in, an answer with its because out. No clock, no database, no file."""

from tantam.plan.run.aloud import (
    aloud,
    fact_aloud,
    level_label,
    outcome_label,
    policy_label,
    term_label,
)
from tantam.plan.run.answers import (
    Answer,
    Because,
    Care,
    Choice,
    Grant,
    Openness,
    Owed,
    Question,
    Triage,
    because_of,
)
from tantam.plan.run.authority import may_grant
from tantam.plan.run.counted import counted_aloud, why_due, why_in_time
from tantam.plan.run.decide import decide
from tantam.plan.run.escalate import escalate
from tantam.plan.run.facts import Given, fact_text, json_value, money, read_fact, read_facts
from tantam.plan.run.groups import care, groups_if_known, groups_of
from tantam.plan.run.hours import open_now
from tantam.plan.run.promises import due_again, due_at, open_minutes_left, owed
from tantam.plan.run.questions import question, questions
from tantam.plan.run.reasons import filled
from tantam.plan.run.standing import Fact, Standing
from tantam.plan.run.triage import triage

__all__ = [
    "Answer",
    "Because",
    "Care",
    "Choice",
    "Fact",
    "Given",
    "Grant",
    "Openness",
    "Owed",
    "Question",
    "Standing",
    "Triage",
    "aloud",
    "because_of",
    "care",
    "counted_aloud",
    "decide",
    "due_again",
    "due_at",
    "escalate",
    "fact_aloud",
    "fact_text",
    "filled",
    "groups_if_known",
    "groups_of",
    "json_value",
    "level_label",
    "may_grant",
    "money",
    "open_minutes_left",
    "open_now",
    "outcome_label",
    "owed",
    "policy_label",
    "question",
    "questions",
    "read_fact",
    "read_facts",
    "term_label",
    "triage",
    "why_due",
    "why_in_time",
]
