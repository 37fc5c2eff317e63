"""A plan's facts as a written DMN model takes them, and what both answer to one case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tantam.plan.dmn import Decided, decide, read_facts, read_model
from tantam.plan.dmn.model import Model, Part
from tantam.plan.run.case import case_of
from tantam.plan.run.examples import Example
from tantam.plan.run.ready import ready
from tantam.plan.sections import Plan
from tantam.plan.tables.values import Amount, Family, Span


def given(plan: Plan, model: Model, example: Example, now: datetime) -> dict[str, Any]:
    """Return what is known of the case, as JSON."""
    policy = plan.policy(example.policy)
    case = case_of(plan, example.facts, now=now, own=ready(plan, policy).own)
    # What FEEL cannot compute is an input of the model: the plan's value of it is given.
    unsaid = [each.name for each in model.nodes.values() if each.part is Part.INPUT and each.name in plan.terms]
    values = dict(case.values) | {name: case.value(name) for name in unsaid}
    return {name: json_of(value) for name, value in values.items() if value is not None}


def json_of(value: Any) -> Any:
    """Return a plan's value as JSON for DMN: money in major units, days as numbers, exact durations in ISO 8601."""
    match value:
        case bool() | str() | None:
            return value
        case int():
            return Decimal(value)
        case Fraction():
            return Decimal(value.numerator) / Decimal(value.denominator)
        case Amount(major=major):
            return json_of(major)
        case Span(family=Family.EXACT, amount=seconds):
            return f"PT{seconds}S"
        case Span(key=days):
            return Decimal(days)
        case date() | time():
            return value.isoformat()
        case frozenset():
            return sorted(value)
        case Mapping():
            return {name: json_of(each) for name, each in value.items()}
        case tuple() | list():
            return [json_of(each) for each in value]
    raise TypeError(type(value).__name__)


def model_of(files: Mapping[str, str], stem: str) -> Model:
    """Return a written file, read back."""
    return read_model(files[stem].encode(), f"{stem}.dmn")


def asked(model: Model, policy: str, facts: Mapping[str, Any], now: datetime) -> Decided:
    """Return what the written policy decides on facts; those it does not know are left aside."""
    return decide(model, policy, read_facts(model, facts, {}), now=now)
