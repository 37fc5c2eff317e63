"""The plan at work: (plan, facts, now) in, an answer with its because out. No clock, no database, no file."""

from tantam.plan.run.agreed import Agreed, order_of, owed_with, time_agreed
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
from tantam.plan.run.belonging import OTHERWISE, UNKNOWN, Belonging, Ground, belonging, countable
from tantam.plan.run.buying import Buying, buying
from tantam.plan.run.counted import counted_aloud, why_due, why_in_time
from tantam.plan.run.decide import decide
from tantam.plan.run.escalate import escalate
from tantam.plan.run.facts import Given, fact_text, json_value, money, read_fact, read_facts
from tantam.plan.run.groups import care, groups_if_known, groups_of
from tantam.plan.run.hours import open_now
from tantam.plan.run.marks import Met, marks
from tantam.plan.run.promises import due_again, due_at, open_minutes_left, owed
from tantam.plan.run.questions import question, questions
from tantam.plan.run.reasons import filled
from tantam.plan.run.renewal import end_by_notice, renewed_end, times_renewed
from tantam.plan.run.serving import Served, asked_of, serving
from tantam.plan.run.standing import Fact, Standing
from tantam.plan.run.triage import triage

__all__ = [
    "OTHERWISE",
    "UNKNOWN",
    "Agreed",
    "Answer",
    "Because",
    "Belonging",
    "Buying",
    "Care",
    "Choice",
    "Fact",
    "Given",
    "Ground",
    "Grant",
    "Met",
    "Openness",
    "Owed",
    "Question",
    "Served",
    "Standing",
    "Triage",
    "aloud",
    "asked_of",
    "because_of",
    "belonging",
    "buying",
    "care",
    "countable",
    "counted_aloud",
    "decide",
    "marks",
    "due_again",
    "due_at",
    "end_by_notice",
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
    "order_of",
    "owed",
    "owed_with",
    "policy_label",
    "question",
    "questions",
    "read_fact",
    "read_facts",
    "renewed_end",
    "serving",
    "term_label",
    "time_agreed",
    "times_renewed",
    "triage",
    "why_due",
    "why_in_time",
]
