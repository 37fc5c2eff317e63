"""The plan's terms as fields that a colleague fills in: what they ask, of which kind, and what may be chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tantam.desk.common.lengths import read_length
from tantam.desk.plans.running import RunningPlan
from tantam.desk.plans.topics import asked_first, by_triage, policy_of
from tantam.plan.run import Fact, Question
from tantam.plan.run.questions import question

NEVER = ("group", "stage", "severity", "level", "channel", "topic")  # placed, not filled in
LISTS = ("list", "record")  # of which no field can be made


@dataclass(frozen=True, slots=True)
class TermField:
    """kind: as the plan writes it (`one_of`, `money` …). choices: (value, words). unit: of a number, or ""."""

    term: str
    label: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    unit: str


def fields_of(plan: RunningPlan, terms: Iterable[str], lang: str) -> tuple[TermField, ...]:
    """Return the fields of these terms, without those of which none can be made."""
    asked = (question(plan.plan, term) for term in terms if term in plan.plan.terms)
    return tuple(_field(plan, each, lang) for each in asked if each.type not in LISTS)


def not_known(plan: RunningPlan, known: Collection[str]) -> tuple[str, ...]:
    """Return the terms that people can be asked for and that are not known, in the plan's order."""
    return tuple(
        name
        for name, clause in plan.plan.terms.items()
        if name not in NEVER and name not in known and not clause.computed and (clause.ask or clause.label)
    )


def asked_here(plan: RunningPlan, topic: str, known: Mapping[str, Fact]) -> tuple[str, ...]:
    """Return the terms on which the case's place, and the answer of its topic's policy, still rest."""
    policy = by_triage(plan, topic).get("policy") or policy_of(plan, topic)
    asked = asked_first(plan, topic, known) + (plan.questions(policy, known) if policy in plan.plan.policies else ())
    return tuple(dict.fromkeys(each.term for each in asked))


def as_told(plan: RunningPlan, term: str, written: str, today: date) -> str:
    """Return what a person wrote as the plan reads it: a length of time, or the day since when, in their language."""
    asked = question(plan.plan, term)
    if asked.type != "duration" or not written.strip():
        return written
    return read_length(written, today) or written


def _field(plan: RunningPlan, asked: Question, lang: str) -> TermField:
    choices = tuple((each.value, plan.label(asked.term, each.value, lang)) for each in asked.choices)
    if asked.type == "yes_no" and not choices:
        choices = tuple((value, plan.label(asked.term, value, lang)) for value in ("yes", "no"))
    return TermField(asked.term, plan.term_label(asked.term, lang), asked.type, choices, asked.unit)
