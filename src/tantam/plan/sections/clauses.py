"""The typed clauses of a plan: names resolved, cells typed, texts by language. Every one knows its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tantam.plan.errors import Place
from tantam.plan.sections.bounds import Bound
from tantam.plan.tables.hits import Total
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.table import Table
from tantam.plan.tables.types import Type
from tantam.plan.tables.values import Amount, Span

Words = Mapping[str, str]  # language -> words; empty if the plan gives none


@dataclass(frozen=True, slots=True)
class TermClause:
    """A term as people meet it; its type and computation are in the plan's scope under the same name.

    ask: the question. because: the fact inside a reason, with `{value}`; without it `label: value`.
    because_no: the same where a yes-no term does not hold.
    values: labels of one_of and some_of values. source: the path in `from`, or "". since: the moment's path that it
    is the age of, or "". demands: told, shown, recorded or verified. unit: of a number, in words.
    builtin: not written in the plan (`group`, `stage`, `channel`, `level`, `severity`).
    """

    name: str
    type: Type
    place: Place
    label: Words = field(default_factory=dict)
    ask: Words = field(default_factory=dict)
    because: Words = field(default_factory=dict)
    because_no: Words = field(default_factory=dict)
    values: Mapping[str, Words] = field(default_factory=dict)
    source: str = ""
    since: str = ""
    read: str = ""
    proof: str = ""
    demands: str = "recorded"
    unit: Words = field(default_factory=dict)
    computed: bool = False
    builtin: bool = False


@dataclass(frozen=True, slots=True)
class OutputClause:
    """Something an outcome may carry. signs: what plus, minus and zero mean to the customer, by language."""

    name: str
    type: Type
    place: Place
    label: Words = field(default_factory=dict)
    signs: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition with a name. otherwise: the outcome if it fails, `decline` by default; say: keys of texts."""

    name: str
    must: Expr
    place: Place
    otherwise: str = "decline"
    say: tuple[str, ...] = ()
    law: str = ""
    label: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """What is done. confirm: after the customer's yes. at_most: as written, `1 per order`, or ""."""

    name: str
    does: str
    place: Place
    confirm: bool = False
    at_most: str = ""
    say: tuple[str, ...] = ()
    label: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an outcome carries. arguments: a table of one row, None if it carries nothing computed.

    instead: outcomes of the same policy that the customer may choose instead, in the plan's order.
    """

    name: str
    place: Place
    arguments: Table | None = None
    label: Words = field(default_factory=dict)
    does: str = ""
    confirm: bool = False
    by: str = ""
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """One commitment and its rules. must: its own requirements, a table; decides: a table, None if it only commits.

    needs: names of shared requirements. granted_by: `plan` or a level. pinned: `case` or `purchase`.
    waits_for, unless: as written, with the expression where it speaks of terms, else None. topics: what it answers.
    marks: by name, in which cases a person looks before the plan grants.
    priority: 1 comes first. procedure: by which it is carried out. budget: as written; budget_amount, where it
    is one, per budget_per (`year`). cost_measure: the measure that counts what it costs.
    """

    name: str
    place: Place
    kind: str = ""
    stage: str = ""
    label: Words = field(default_factory=dict)
    commitment: Words = field(default_factory=dict)
    pain: Words = field(default_factory=dict)
    answers_pain: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    must: Table | None = None
    decides: Table | None = None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    total: str = ""
    total_by: Total = Total.SUM
    granted_by: str = "plan"
    pinned: str = "case"
    offered: str = "when_asked"
    starts: str = ""
    waits_for: str = ""
    waits_for_expr: Expr | None = None
    unless: str = ""
    unless_expr: Expr | None = None
    marks: Mapping[str, Expr] = field(default_factory=dict)
    remind: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    law: str = ""
    topics: tuple[str, ...] = ()
    priority: int | None = None
    procedure: str = ""
    budget: str = ""
    budget_amount: Amount | None = None
    budget_per: str = ""
    cost_measure: str = ""


@dataclass(frozen=True, slots=True)
class Floor:
    """What no policy may fall below: in the cases of `when`, each of `policies` answers with one of `gives`.

    policies: those named and those of the kind named. law: where it is written.
    """

    name: str
    place: Place
    when: Expr
    gives: tuple[str, ...]
    policies: tuple[str, ...] = ()
    label: Words = field(default_factory=dict)
    about: Words = field(default_factory=dict)
    law: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A tier. authority: by kind. escalates_to: by reason; "" is for whatever reason. rank: 0 is the lowest.

    after: a case that no colleague moved for so long goes up, None for never. gives: whether its cases are given to
    somebody who fits; else they are offered, and whoever takes one has it. beyond: where a customer may turn to once
    this level, above which nobody stands, has said no as well.
    """

    name: str
    place: Place
    rank: int
    label: Words = field(default_factory=dict)
    handles: tuple[str, ...] = ()
    authority: Mapping[str, Amount] = field(default_factory=dict)
    escalates_to: Mapping[str, str] = field(default_factory=dict)
    duty: Words = field(default_factory=dict)
    beyond: Words = field(default_factory=dict)
    after: Span | None = None
    gives: bool = False

    def above(self, reason: str) -> str | None:
        """Return the level that takes over for this reason, None at the top."""
        return self.escalates_to.get(reason) or self.escalates_to.get("")


@dataclass(frozen=True, slots=True)
class Group:
    """Customers alike. when: None if people are put in it by hand. exclusive: groups one cannot be in as well."""

    name: str
    place: Place
    when: Expr | None = None
    label: Words = field(default_factory=dict)
    care: Words = field(default_factory=dict)
    exclusive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in. hours: the name of its hours, "" if always open. answered: the hours
    in which somebody reads it, if others. fallback: the channel for when it is closed. goes_on: so long after a case
    was settled its customer goes on in it; tries_again: until somebody who was not reached is called once more. None
    for the usual times (`run.unsaid`)."""

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    hours: str = ""
    answered: str = ""
    fallback: str = ""
    address: str = ""
    goes_on: Span | None = None
    tries_again: Span | None = None


@dataclass(frozen=True, slots=True)
class Promises:
    """Who is owed what by when. clock: the hours' name for rows that name none, "" for calendar time.

    tables: each with the label column `promise`. when_several: soonest, latest or first.
    labels: of the kinds. starts: the path of the moment that times run from, "" for the case's opening.
    """

    tables: tuple[Table, ...] = ()
    clock: str = ""
    when_several: str = "soonest"
    how_sure: str = ""
    starts: str = ""
    labels: Mapping[str, Words] = field(default_factory=dict)
    place: Place = Place("", 1, 1)


@dataclass(frozen=True, slots=True)
class Need:
    """What customers need, or a pain of theirs. weight: as written."""

    name: str
    place: Place
    words: Words
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """aim × group × stage × measure × target × date. target: as written, `>= 95 %`.

    bound: the same in the measure's own unit, None where it cannot be compared with what is counted.
    """

    name: str
    place: Place
    aim: Words
    measure: str
    target: str
    bound: Bound | None = None
    groups: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """How something is counted. of: which of counted.COUNTED; its own name if it is one of them, or none.

    direction: `up` if more is better, `down` if less is, "" if unsaid. exclusions: what is left out. within: minutes.
    topics: which are complaints. outcomes: by which goods come back, also as `policy.outcome`. promise: the one kind
    that counts. alarm: it rings while this bound holds; None without one, or if alarm_written is none.
    """

    name: str
    place: Place
    of: str = ""
    label: Words = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    unit: str = ""
    direction: str = ""
    clock: str = ""
    exclusions: tuple[str, ...] = ()
    within: float | None = None
    topics: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    promise: str = ""
    alarm: Bound | None = None
    alarm_written: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """When the plan is looked at again, by whom, and what calls for it earlier; as written."""

    cadence: str = ""
    owners: tuple[str, ...] = ()
    triggers: tuple[Any, ...] = ()
