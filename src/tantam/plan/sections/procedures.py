"""Procedures and troubleshooters as they are written.

Each is read by itself, and what is more than its model knows is kept and told of, so that a plan stays readable.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from tantam.plan.sections.base import Names, TableText, Text, Value
from tantam.plan.sections.policies import Stage


class Lenient(BaseModel):
    """What may say more than we know."""

    model_config = ConfigDict(
        extra="allow", frozen=True, populate_by_name=True, protected_namespaces=(), defer_build=True
    )


def _no_words(got: Any) -> Any:
    """An `end` may say what is reached, or only that it is one."""
    return None if got is None or str(got).lower() in ("true", "yes") else got


class Step(Lenient):
    """One step: `decide` or `branches` make it a choice, `all` a parallel part, and so on; else it is a task."""

    who: Value | None = None
    do: Text | None = None
    ask: Text | None = None
    asks: Names | None = None
    say: Names | None = None
    next: Value | None = None
    decide: Value | None = None
    when: Value | None = None
    branches: dict[str, Value | None] | None = None
    all: Names | None = None
    wait_for: Value | None = None
    within: Value | None = None
    missed: Value | None = None
    hand_over: Value | None = None
    run: Value | None = None
    reaches: Value | None = None
    end: Annotated[Text | None, BeforeValidator(_no_words)] = None
    about: Text | None = None
    label: Text | None = None
    name: Text | None = None


class Written(Lenient):
    """What procedures and troubleshooters have in common."""

    label: Text | None = None
    name: Text | None = None
    about: Text | None = None
    stage: Stage | None = None
    policy: Names | None = None
    policies: Names | None = None


class Procedure(Written):
    """Steps by name, or as a list; one without `next` goes on with the step below it."""

    steps: dict[str, Step] | list[Step]


class Troubleshooter(Written):
    """Tries, one after the other, until the goal holds."""

    goal: Value
    nothing_left: Value | None = None
    tries: TableText | None = None


def _kept(got: Any) -> Any:
    return got


Procedures = Annotated[
    Any,
    PlainValidator(_kept, json_schema_input_type=dict[str, Procedure | Troubleshooter]),
    Field(description="How the work goes, step by step; and what is tried where something is wrong."),
]
