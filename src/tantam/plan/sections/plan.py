"""The whole plan, typed: what the engine runs, checks and publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tantam.plan.calendars import DeadlineRules, Hours, WorkingDays
from tantam.plan.errors import Finding, Place, UnknownName
from tantam.plan.files import Mapping as Root
from tantam.plan.files import Source, at, place_of
from tantam.plan.sections.clauses import (
    Action,
    Channel,
    Floor,
    Goal,
    Group,
    Level,
    Measure,
    Need,
    OutputClause,
    Policy,
    Promises,
    Requirement,
    Review,
    TermClause,
    Words,
)
from tantam.plan.sections.clauses_care import (
    Cost,
    Courtesy,
    Knowledge,
    ProductLine,
    QualityForm,
    Retention,
    Sales,
    Survey,
    Topic,
    Trait,
)
from tantam.plan.sections.clauses_checks import CheckSetting
from tantam.plan.sections.clauses_people import Course, Department, Duty, Provider, Recognition, Shift, Site, Team
from tantam.plan.sections.clauses_procedures import Procedure, Troubleshooter
from tantam.plan.sections.company import Company
from tantam.plan.sections.document import Document
from tantam.plan.tables.evaluate import CompiledTable, compile_table
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Table
from tantam.plan.tables.types import OneOf, SomeOf

TOPIC = "case.topic"


@dataclass(frozen=True)
class Condition:
    """Something that always holds (`always:`), as written and typed."""

    text: str
    expr: Expr
    place: Place


@dataclass(frozen=True)
class Plan:
    """One plan. hash: 12 hex digits of the SHA-256 of its canonical form. version: its number once enacted.

    root: every key and scalar with its place. document: as written, by section; for sections that have no typed
    form yet it is the only one. scope: terms and records for expressions. texts: {key: {language: words}}.
    languages: the company's, its own first. zone: IANA name. findings: warnings and notes from reading.
    """

    hash: str
    sources: tuple[Source, ...]
    root: Root
    document: Document
    languages: tuple[str, ...]
    zone: str
    currency: str
    scope: Scope
    version: int | None = None
    company_name: Words = field(default_factory=dict)
    mission: Words = field(default_factory=dict)
    terms: Mapping[str, TermClause] = field(default_factory=dict)
    outputs: Mapping[str, OutputClause] = field(default_factory=dict)
    always: tuple[Condition, ...] = ()
    requirements: Mapping[str, Requirement] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    hours: Mapping[str, Hours] = field(default_factory=dict)
    working_days: WorkingDays | None = None
    deadlines: DeadlineRules = field(default_factory=DeadlineRules)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)
    severities: tuple[str, ...] = ()
    triage: tuple[Table, ...] = ()
    policies: Mapping[str, Policy] = field(default_factory=dict)
    floors: Mapping[str, Floor] = field(default_factory=dict)
    promises: Promises = field(default_factory=Promises)
    limits: Table | None = None
    follow_ups: Table | None = None
    needs: Mapping[str, Need] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    review: Review = field(default_factory=Review)
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    troubleshooters: Mapping[str, Troubleshooter] = field(default_factory=dict)
    texts: Mapping[str, Words] = field(default_factory=dict)
    labels: Mapping[str, Words] = field(default_factory=dict)
    tone: Words = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)
    shifts: Mapping[str, Shift] = field(default_factory=dict)
    duties: Mapping[str, Duty] = field(default_factory=dict)
    profile: Mapping[str, Trait] = field(default_factory=dict)
    surveys: Mapping[str, Survey] = field(default_factory=dict)
    knowledge: Knowledge = field(default_factory=Knowledge)
    training: Mapping[str, Course] = field(default_factory=dict)
    providers: Mapping[str, Provider] = field(default_factory=dict)
    departments: Mapping[str, Department] = field(default_factory=dict)
    recognition: Mapping[str, Recognition] = field(default_factory=dict)
    courtesy: Courtesy = field(default_factory=Courtesy)
    quality: Mapping[str, QualityForm] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    privacy: Mapping[str, Retention] = field(default_factory=dict)
    sales: Sales = field(default_factory=Sales)
    costs: Mapping[str, Cost] = field(default_factory=dict)
    precedence: tuple[str, ...] = ()
    products: Mapping[str, ProductLine] = field(default_factory=dict)
    checks: Mapping[str, CheckSetting] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def company(self) -> Company:
        """The company, as written."""
        return self.document.company

    @property
    def name(self) -> str:
        """The version as people and events name it: `3-a1b2c3d4e5f6`, without a number the hash."""
        return f"{self.version}-{self.hash}" if self.version is not None else self.hash

    def policy(self, name: str) -> Policy:
        """Return a policy. Raises UnknownName."""
        if name not in self.policies:
            raise UnknownName("policy", name, list(self.policies))
        return self.policies[name]

    def level(self, name: str) -> Level:
        """Return a level. Raises UnknownName."""
        if name not in self.levels:
            raise UnknownName("level", name, list(self.levels))
        return self.levels[name]

    def clock(self, name: str) -> Hours:
        """Return hours by name. Raises UnknownName."""
        if name not in self.hours:
            raise UnknownName("hours", name, list(self.hours))
        return self.hours[name]

    def compiled(self, table: Table) -> CompiledTable:
        """Return one of the plan's tables ready to decide, compiled once."""
        return self.compiled_only(table, "", "")

    def compiled_only(self, table: Table, label: str, value: str) -> CompiledTable:
        """Return the rows of one of the plan's tables that bear `value` in the column `label`, ready to decide."""
        key = (table.name, label, value)
        known = self._compiled.get(key)
        if known is None:
            known = compile_table(table.only(label, value) if label else table, self.scope)
            self._compiled[key] = known
        return known

    @cached_property
    def _compiled(self) -> dict[tuple[str, str, str], CompiledTable]:
        return {}

    @cached_property
    def prepared(self) -> dict[Any, Any]:
        """What was worked out of the plan once, by those who work it out; as `Scope.prepared`."""
        return {}

    @cached_property
    def case_topics(self) -> tuple[str, ...]:
        """What customers may come for: the values of the terms that are read from the case's topic."""
        types = (term.type for term in self.terms.values() if term.source == TOPIC)
        asked = (each.values for each in types if isinstance(each, OneOf | SomeOf))
        return tuple(dict.fromkeys(value for values in asked for value in values))

    def tables(self) -> Mapping[str, Table]:
        """Return every table by its address, in the order of the plan."""
        found = {each.name: each for each in self.triage}
        for policy in self.policies.values():
            found |= {each.name: each for each in (policy.must, policy.decides) if each}
        found |= {each.name: each for each in self.promises.tables}
        found |= {term.table.name: term.table for term in self.scope.terms.values() if term.table}
        return found | {each.name: each for each in (self.limits, self.follow_ups) if each}

    def place(self, clause: str) -> Place:
        """Return where a clause stands: `policies.exchange`, `policies.exchange.decides#faulty`."""
        address, _, rule = clause.partition("#")
        table = self.tables().get(address)
        for row in table.rows if table and rule else ():
            if row.name == rule:
                return row.place
        return place_of(self.root, address.split("."))

    def has(self, clause: str) -> bool:
        """Return whether the plan has a clause at this address (without `#rule`)."""
        return at(self.root, clause.split(".")) is not None

    def text(self, key: str, lang: str) -> str:
        """Return the text `key` in `lang`, else in the company's own language; `key` itself if there is none."""
        words = self.texts.get(key, {})
        return words.get(lang) or words.get(self.languages[0]) or next(iter(words.values()), key)
