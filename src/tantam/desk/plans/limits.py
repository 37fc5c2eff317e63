"""What the plan says that the company does not do: the rule that a topic meets, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tantam.desk.plans.running import RunningPlan
from tantam.plan.sections.typed_policies import text_keys

CLAUSE = "limits"
_TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `limits` that refuses. topic: its name in the plan. say, instead: keys of the plan's texts."""

    name: str
    topic: str
    say: tuple[str, ...]
    instead: tuple[str, ...] = ()

    @property
    def clause(self) -> str:
        """Where it stands in the plan."""
        return f"{CLAUSE}#{self.name}"


def rules(plan: RunningPlan) -> tuple[Rule, ...]:
    """Return what the plan refuses, in its order."""
    table = plan.plan.limits
    rows = table.rows if table else ()
    return tuple(_rule(row) for row in rows if row.outputs["we"].text == "no")


def met_by(plan: RunningPlan, topic: str) -> Rule | None:
    """Return the rule that refuses this topic; None for what we do."""
    return next((each for each in rules(plan) if topic and each.topic == topic), None)


def named(plan: RunningPlan, name: str) -> Rule | None:
    """Return the rule of this name; None if the plan has it no more."""
    return next((each for each in rules(plan) if each.name == name), None)


def words(plan: RunningPlan, rule: Rule, lang: str) -> tuple[str, ...]:
    """Return what the plan says to who asks for it, with where to turn."""
    return tuple(plan.text(each, lang) for each in rule.say)


def label(plan: RunningPlan, name: str, lang: str) -> str:
    """Return what the rule is about, as a person reads it."""
    rule = named(plan, name)
    if rule is None or _TOPIC not in plan.plan.terms:
        return (rule.topic if rule else name).replace("_", " ")
    return plan.label(_TOPIC, rule.topic, lang)


def _rule(row: Any) -> Rule:
    return Rule(row.name, row.labels.get(_TOPIC, ""), _keys(row, "say"), _keys(row, "instead"))


def _keys(row: Any, output: str) -> tuple[str, ...]:
    return tuple(text_keys(row.outputs[output].text if output in row.outputs else ""))
