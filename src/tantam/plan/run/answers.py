"""What the plan answers: every answer carries its because, by code and arguments, never as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tantam.plan.run.facts import json_value
from tantam.plan.run.reasons import sentence
from tantam.plan.sections import Plan


@dataclass(frozen=True, slots=True)
class Because:
    """Why the plan answered so.

    version: the plan's number and hash, or its hash alone. clause: `policies.exchange.decides#faulty`.
    rule: the row's or requirement's name, "" where none fired. key: the sentence's key in words/run.toml.
    args: what the sentence names, as codes. facts: the terms that mattered, with their values as fact text.
    law: the source that the row cites, or "".
    plan: whose words the sentence takes; it is not stored.
    """

    version: str
    clause: str
    rule: str
    key: str
    args: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    law: str = ""
    plan: Plan | None = field(default=None, compare=False, repr=False)

    def text(self, lang: str) -> str:
        """Return the reason as one sentence in `lang`, naming the facts that mattered."""
        return sentence(self, lang)

    def stored(self) -> dict[str, Any]:
        """Return what a database keeps: codes and arguments, ready for JSON; `because_of` reads it back."""
        return {
            "version": self.version,
            "clause": self.clause,
            "rule": self.rule,
            "key": self.key,
            "args": dict(self.args),
            "facts": dict(self.facts),
            "law": self.law,
        }


def because_of(plan: Plan, stored: Mapping[str, Any]) -> Because:
    """Return a stored because, able to speak again. plan: the version that it names."""
    return Because(
        stored["version"],
        stored["clause"],
        stored["rule"],
        stored["key"],
        args=dict(stored.get("args", {})),
        facts=dict(stored.get("facts", {})),
        law=stored.get("law", ""),
        plan=plan,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a policy answers to facts.

    outcome: the outcome's name, `ask` when a fact is missing, `decline` when a requirement fails, `collect`
    where items are added up. outputs: what the outcome carries, by output name, as values of the outputs' types.
    items: under `hit: collect`, one mapping an item. total: their sum, None elsewhere.
    ask: the next term to ask for, None if nothing is missing. say: keys of `texts`, in order.
    conditional: terms that the answer rests on and that are known less well than the plan demands.
    granted_by: `plan` (binding at once) or a level. pinned: `case` or `purchase`.
    waits_for: terms or conditions still open before it is carried out. starts: the moment its times run from,
    as a path such as `claim.received_on`, or "". confirm: list the details and wait for a yes first.
    action: what is done (`does`), or "". at_most: how often, `1 per order`, or "".
    remind: keys of texts said before the confirmation. law: the source that the rule cites, or "".
    missing: terms that outputs of a standing answer still lack.
    instead: what the customer may choose instead, each an answer of its own by the same clause. chosen_over: the
    outcome that stands unless they choose, in an answer that they chose; "" elsewhere.
    The outcome is `none` if no row answers: then a person decides.
    """

    policy: str
    outcome: str
    because: Because
    outputs: Mapping[str, Any] = field(default_factory=dict)
    items: tuple[Mapping[str, Any], ...] = ()
    total: Any = None
    ask: str | None = None
    say: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    granted_by: str = "plan"
    pinned: str = "case"
    waits_for: tuple[str, ...] = ()
    starts: str = ""
    confirm: bool = False
    action: str = ""
    at_most: str = ""
    remind: tuple[str, ...] = ()
    law: str = ""
    missing: tuple[str, ...] = ()
    instead: tuple[Answer, ...] = ()
    chosen_over: str = ""

    @property
    def known(self) -> bool:
        """Whether the policy could answer; False if a fact is missing."""
        return self.outcome != "ask"

    def stored(self) -> dict[str, Any]:
        """Return the answer as plain JSON: codes, fact texts and numbers, no sentence."""
        return {
            "policy": self.policy,
            "outcome": self.outcome,
            "outputs": {name: json_value(value) for name, value in self.outputs.items()},
            "items": [{name: json_value(value) for name, value in item.items()} for item in self.items],
            "total": json_value(self.total),
            "ask": self.ask,
            "say": list(self.say),
            "conditional": list(self.conditional),
            "granted_by": self.granted_by,
            "pinned": self.pinned,
            "waits_for": list(self.waits_for),
            "starts": self.starts,
            "confirm": self.confirm,
            "action": self.action,
            "at_most": self.at_most,
            "remind": list(self.remind),
            "law": self.law,
            "missing": list(self.missing),
            "instead": [each.stored() for each in self.instead],
            "chosen_over": self.chosen_over,
            "because": self.because.stored(),
        }


@dataclass(frozen=True, slots=True)
class Triage:
    """Where a case belongs: stage (before, during, after), severity, and the level that takes it first."""

    stage: str
    severity: str
    level: str
    because: Because


@dataclass(frozen=True, slots=True)
class Care:
    """How a group is cared for: its text key by language, and the group whose care it is."""

    group: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Owed:
    """One promise to the customer.

    kind: `first_reply`, `resolution` … due: aware, UTC. clock: the name of the hours whose open time counts,
    "" for calendar time. every_minutes: open minutes between repeats, None if owed once.
    how_sure: `surely` unless the plan says otherwise. minutes: the open minutes that were given (None for days).
    """

    kind: str
    due: datetime
    because: Because
    clock: str = ""
    every_minutes: int | None = None
    minutes: int | None = None
    how_sure: str = "surely"


@dataclass(frozen=True, slots=True)
class Grant:
    """Whether a level may grant an amount. limit: what the level may, None for no limit stated at all (nothing).

    who_may: the levels that may, lowest first; empty if nobody may.
    """

    allowed: bool
    limit: Any
    because: Because
    who_may: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be answered, with its label by language."""

    value: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One fact to be asked for.

    words: the question by language. type: yes_no, number, money, duration, date, time, moment, text, one_of,
    some_of, list, record. choices: for one_of, some_of and yes_no. unit: the currency of money, the unit of a
    number or duration, else "". proof: what evidences it (`photo`), or "".
    """

    term: str
    words: Mapping[str, str]
    type: str
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Openness:
    """Whether hours are open. until: when they close, if open; next: when they open, if closed; aware or None."""

    open: bool
    until: datetime | None = None
    next: datetime | None = None
