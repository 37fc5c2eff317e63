"""The whole document as it is written: every section, none of it interpreted yet."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from tantam.plan.sections.aims import Goal, Measure, Need, Review
from tantam.plan.sections.base import Numbered, Raw, Section, Text, Value
from tantam.plan.sections.checks import Setting
from tantam.plan.sections.company import Channel, Company, Deadlines, Group, Level, WorkingDays
from tantam.plan.sections.language import Action, Field_, Output, Requirement, Term
from tantam.plan.sections.policies import Floor, Policy, Promises, Triage
from tantam.plan.sections.procedures import Procedures


def _form(got: Any) -> int:
    if got != "1":
        raise PydanticCustomError("form", "form 1")
    return 1


Form = Annotated[int, PlainValidator(_form), WithJsonSchema({"const": 1})]
Hours = dict[str, dict[str, Any]]  # read by calendars


class Document(Section):
    """A plan in form 1. Only `tantam` and `company` must be there."""

    tantam: Form
    company: Company
    mission: Text | None = None
    profile: Raw = None
    needs: Annotated[dict[str, Need] | None, Numbered] = None
    hours: Hours | None = None
    feeds: dict[str, Value] | None = None
    working_days: WorkingDays | None = None
    deadlines: Deadlines | None = None
    channels: dict[str, Channel] | None = None
    records: dict[str, dict[str, Field_]] | None = None
    terms: dict[str, Term] | None = None
    always: list[Value] | None = None
    outputs: dict[str, Output] | None = None
    requirements: dict[str, Requirement] | None = None
    actions: dict[str, Action] | None = None
    groups: dict[str, Group] | None = None
    levels: dict[str, Level] | None = None
    triage: Triage | None = None
    policies: dict[str, Policy] | None = None
    floors: dict[str, Floor] | None = None
    promises: Promises | None = None
    limits: Raw = None
    goals: Annotated[dict[str, Goal] | None, Numbered] = None
    measures: dict[str, Measure] | None = None
    review: Review | None = None
    texts: dict[str, Text] | None = None
    conduct: Annotated[dict[str, Text] | None, Numbered] = None
    procedures: Procedures = None
    follow_ups: Raw = None
    surveys: Raw = None
    knowledge: Raw = None
    training: Raw = None
    providers: Raw = None
    internal: Raw = None
    recognition: Raw = None
    courtesy: Raw = None
    quality: Raw = None
    topics: Raw = None
    privacy: Raw = None
    sales: Raw = None
    costs: Raw = None
    precedence: Raw = None
    team: Raw = None
    teams: Raw = None
    products: Raw = None
    severities: Raw = None
    labels: dict[str, Text] | None = None
    checks: dict[str, Setting] | None = None
