"""What a plan calls its own things (groups, severities, promises, policies, channels) in a language; "" where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.plans.running import RunningPlan

Words = Mapping[str, str]


def group(plan: RunningPlan, name: str, lang: str) -> str:
    """Return a group's label."""
    return _label(plan.plan.groups, name, lang)


def policy(plan: RunningPlan, name: str, lang: str) -> str:
    """Return a policy's label."""
    return _label(plan.plan.policies, name, lang)


def channel(plan: RunningPlan, name: str, lang: str) -> str:
    """Return a channel's label."""
    return _label(plan.plan.channels, name, lang)


def promise(plan: RunningPlan, kind: str, lang: str) -> str:
    """Return the label of a kind of promise."""
    return _in(plan.plan.promises.labels.get(kind, {}), lang)


def severity(plan: RunningPlan, name: str, lang: str) -> str:
    """Return the label of a severity, from its term's values."""
    term = plan.plan.terms.get("severity")
    return _in(term.values.get(name, {}), lang) if term else ""


def measure(plan: RunningPlan, name: str, lang: str) -> str:
    """Return a measure's label."""
    return _label(plan.plan.measures, name, lang)


def measure_words(plan: RunningPlan, name: str, lang: str) -> str:
    """Return the sentence that says how a measure is counted."""
    found = plan.plan.measures.get(name)
    return _in(found.words, lang) if found else ""


def aim(plan: RunningPlan, name: str, lang: str) -> str:
    """Return a goal's aim."""
    found = plan.plan.goals.get(name)
    return _in(found.aim, lang) if found else ""


def words(given: Words, plan: RunningPlan, lang: str) -> str:
    """Return the words in `lang`, else in the company's own language, else in any."""
    return _in(given, lang) or _in(given, plan.plan.languages[0]) or next(iter(given.values()), "")


def _label(of: Mapping[str, Any], name: str, lang: str) -> str:
    found = of.get(name)
    return _in(found.label, lang) if found else ""


def _in(given: Words, lang: str) -> str:
    return given.get(lang) or given.get("en", "")
