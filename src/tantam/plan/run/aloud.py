"""How values are read aloud in vi, de and en: amounts, durations, dates, numbers, a plan's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tantam.plan.errors import TantamError
from tantam.plan.run.facts import read_facts, value_text
from tantam.plan.run.records_aloud import list_aloud, record_aloud
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import Words
from tantam.plan.spoken import spoken
from tantam.plan.tables.types import ListOf, RecordOf, SomeOf
from tantam.plan.tables.values import Family, Span
from tantam.plan.words import say

EVERYWHERE = ("ask", "decline", "none", "collect")  # outcomes that every policy may have


def pick(words: Words, lang: str, *, otherwise: str = "") -> str:
    """Return the words in `lang`, else in the first language there is, else `otherwise`."""
    return words.get(lang) or next((each for each in words.values() if each), otherwise)


def term_label(plan: Plan, term: str, lang: str) -> str:
    """Return what people call a term."""
    clause = plan.terms.get(term)
    return pick(clause.label if clause else {}, lang, otherwise=term.replace("_", " "))


def outcome_label(plan: Plan, policy: str, outcome: str, lang: str) -> str:
    """Return what people call an outcome of a policy."""
    found = plan.policies[policy].outcomes.get(outcome) if policy in plan.policies else None
    action = plan.actions.get(outcome)
    words = found.label if found and found.label else action.label if action else {}
    if not words and outcome in EVERYWHERE:
        return say(f"O_{outcome}", lang)
    return pick(words, lang, otherwise=outcome.replace("_", " "))


def policy_label(plan: Plan, policy: str, lang: str) -> str:
    """Return what people call a policy."""
    found = plan.policies.get(policy)
    return pick(found.label if found else {}, lang, otherwise=policy.replace("_", " "))


def level_label(plan: Plan, level: str, lang: str) -> str:
    """Return what people call a level."""
    found = plan.levels.get(level)
    return pick(found.label if found else {}, lang, otherwise=level.replace("_", " "))


def fact_aloud(plan: Plan, term: str, text: str, lang: str) -> str:
    """Return how a person reads a fact given as fact text: `12 days` -> `12 ngày`, `ours` -> its label."""
    clause = plan.terms.get(term)
    if clause is None:
        return text
    if clause.values or text in ("yes", "no") or isinstance(clause.type, SomeOf):
        parts = [each.strip() for each in text.split(",")]
        said = [_value_label(clause.values, each, lang) for each in parts if each]
        return ", ".join(said) or say("D_none", lang)
    try:
        read = read_facts(plan, {term: text}, now=datetime(2000, 1, 1, tzinfo=ZoneInfo("UTC")))
    except TantamError:
        return text
    fact = read.get(term)
    if fact and clause.since and _is_no_day(fact.value):
        return say("D_no_day", lang)
    words = _typed(plan, clause.name, fact.value, lang) if fact else text
    return f"{words} {pick(clause.unit, lang)}".strip()


def _typed(plan: Plan, term: str, value: Any, lang: str) -> str:
    match plan.scope.terms[term].type:
        case RecordOf() as kind if isinstance(value, Mapping):
            return record_aloud(plan, kind, value, lang)
        case ListOf() as kind if isinstance(value, tuple | list):
            return list_aloud(plan, kind, value, lang)
        case _:
            return aloud(value, lang)


def _is_no_day(value: Any) -> bool:
    return isinstance(value, Span) and value.is_zero and value.family is Family.CALENDAR


def _value_label(values: Mapping[str, Words], value: str, lang: str) -> str:
    if value in ("yes", "no") and value not in values:
        return spoken(value == "yes", lang)
    return pick(values.get(value, {}), lang, otherwise=value.replace("_", " "))


def aloud(value: Any, lang: str) -> str:
    """Return how a person reads a value: `500.000 ₫`, `12 ngày`, `5–7 working days`; lists and records as fact text."""
    match value:
        case frozenset() | tuple() | list() | Mapping():
            return value_text(value)
        case _:
            return spoken(value, lang)
