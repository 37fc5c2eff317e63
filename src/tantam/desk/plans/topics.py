"""What customers come for, as the plan names it: each topic with its stage and the policy that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tantam.desk.plans import limits
from tantam.desk.plans.running import Facts, RunningPlan
from tantam.plan.run import Question, question
from tantam.plan.tables.cells import contains
from tantam.plan.tables.table import Row, Table

TERM = "topic"


@dataclass(frozen=True, slots=True)
class Topic:
    """name: a value of the plan's topic, "" for a policy that no topic leads to. stage, policy: names or "".

    kind: of the policy. declined: the key of the text that says why we do not do this, "" for what we do.
    """

    name: str
    label: str
    stage: str = ""
    policy: str = ""
    kind: str = ""
    declined: str = ""

    @property
    def code(self) -> str:
        """By what it is chosen: its name, else its policy's."""
        return self.name or self.policy


@lru_cache(maxsize=16)
def topics(plan: RunningPlan, lang: str) -> tuple[Topic, ...]:
    """Return the topics in the plan's order; for a plan without topics, one a policy that decides something."""
    term = plan.plan.terms.get(TERM)
    if term is None or not term.values:
        return tuple(_of_policy(plan, name, lang) for name, clause in plan.plan.policies.items() if clause.decides)
    return tuple(_topic(plan, name, plan.word(words, lang) or name) for name, words in term.values.items())


def _of_policy(plan: RunningPlan, name: str, lang: str) -> Topic:
    clause = plan.plan.policy(name)
    return Topic("", plan.policy_label(name, lang), clause.stage, name, clause.kind)


def asked_first(plan: RunningPlan, topic: str, known: Facts) -> tuple[Question, ...]:
    """Return the questions on which it depends where a case of this topic belongs, without those that are known."""
    terms = [
        column.name
        for table in plan.plan.triage
        for row in _rows(table, topic)
        for column, cell in zip(table.inputs, row.conditions)
        if cell is not None and column.name != TERM
    ]
    asked = (plan.plan.terms.get(each) for each in dict.fromkeys(terms) if each not in known)
    return tuple(question(plan.plan, term.name) for term in asked if term is not None and term.ask)


def _topic(plan: RunningPlan, name: str, label: str) -> Topic:
    found = by_triage(plan, name)
    policy = found.get("policy") or policy_of(plan, name)
    clause = plan.plan.policies.get(policy)
    asks = clause is not None and clause.decides is not None and clause.offered == "when_asked"
    return Topic(
        name,
        label,
        stage=found.get("stage", ""),
        policy=policy if asks else "",
        kind=clause.kind if clause else "",
        declined=_declined(plan, name),
    )


def by_triage(plan: RunningPlan, name: str) -> dict[str, str]:
    """Return what triage says where it first speaks of this topic: its stage, severity, level, policy, procedure."""
    found: dict[str, str] = {}
    for table in plan.plan.triage:
        for row in _rows(table, name)[:1]:
            found |= {column: out.text for column, out in row.outputs.items()}
    return found


def policy_of(plan: RunningPlan, name: str) -> str:
    """Return the policy that says it answers this topic, "" if none does."""
    written = plan.plan.document.policies or {}
    return next((policy for policy, section in written.items() if name in (section.topics or ())), "")


def _rows(table: Table, name: str) -> list[Row]:
    """Return the rows that speak of this topic by name."""
    at = next((place for place, column in enumerate(table.inputs) if column.name == TERM), None)
    if at is None:
        return []
    cells = ((row, row.conditions[at]) for row in table.rows)
    return [row for row, cell in cells if cell and cell.region and contains(cell.region, name)]


def _declined(plan: RunningPlan, name: str) -> str:
    rule = limits.met_by(plan, name)
    return rule.say[0] if rule and rule.say else ""
