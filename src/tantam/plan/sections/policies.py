"""What customers are promised and granted: policies, promises, triage, limits."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from tantam.plan.sections.base import Decides, Names, Raw, Section, TableText, Text, Value, text_under

Stage = Literal["before", "during", "after"]


def _outcome(got: Any) -> dict[str, Any]:
    if not isinstance(got, dict):
        raise PydanticCustomError("model_type", "keys and values")
    return got if got.get("label") is None else {**got, "label": text_under("label", got["label"])}


Outcome = Annotated[dict[str, Any], PlainValidator(_outcome), WithJsonSchema({"type": "object"})]


class Policy(Section):
    """One commitment, in words and as rules."""

    kind: Value = ""
    stage: Stage | None = None
    label: Text | None = None
    name: Text | None = None
    commitment: Text | None = None
    pain: Text | None = None
    about: Text | None = None
    answers_pain: Names | None = None
    answers_need: Names | None = None
    priority: Raw = None
    budget: Raw = None
    people: Raw = None
    groups: Names | None = None
    topics: Names | None = None
    needs: Names | None = None
    must: TableText | None = None
    decides: Decides | None = None
    outcomes: dict[str, Outcome] | None = None
    hit: Literal["unique", "any", "priority", "first", "rule_order", "output_order", "collect"] | None = None
    total: Value | dict[Literal["sum", "smallest", "largest", "count"], Value] | None = None
    granted_by: Value | None = None
    pinned: Literal["case", "purchase"] | None = None
    offered: Literal["when_asked", "automatically"] | None = None
    starts: Value | None = None
    waits_for: Value | None = None
    unless: Value | None = None
    marks: dict[str, Value] | None = None
    remind: Names | None = None
    say: Names | None = None
    law: Value | None = None
    proof: Raw = None
    procedure: Value | None = None
    cost: Raw = None
    cost_measure: Value | None = None
    valid: Raw = None
    from_: Value | None = Field(None, alias="from")
    until: Value | None = None


class Floor(Section):
    """What the law grants at least: in the cases that it speaks of, one of these outcomes, whatever a policy says."""

    label: Text | None = None
    about: Text | None = None
    law: Value | None = None
    policies: Names | None = None
    kind: Value | None = None
    when: Value
    gives: Names


class Promises(Section):
    """What is owed to customers by when: one or several tables, the clock they run on, which row counts."""

    short: ClassVar[str] = "table"

    clock: Value | None = None
    on: Value | None = None
    starts: Value | None = None
    when_several: Literal["soonest", "latest", "first"] = "soonest"
    how_sure: Value | None = None
    table: TableText | None = None
    tables: dict[str, TableText] | None = None
    labels: dict[str, Text] | None = None
    names: dict[str, Text] | None = None
    about: Text | None = None
    pauses: Raw = None
    warn: Raw = None


class Triage(Section):
    """How a case is placed: one table for all, or a table for each of stage, severity and level."""

    short: ClassVar[str] = "table"

    table: TableText | None = None
    stage: TableText | None = None
    severity: TableText | None = None
    level: TableText | None = None
    hit: Literal["unique", "any", "first"] | None = None
    otherwise: dict[str, Value] | None = None
    about: Text | None = None
