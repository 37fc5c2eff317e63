"""The typed procedures of a plan: steps that know who does them, how long they may take and where it goes on.

They know nothing of how they are drawn, nor whether the work can be stuck: `plan/procedures` asks that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tantam.plan.errors import Place
from tantam.plan.sections.clauses import Words
from tantam.plan.tables.table import Table
from tantam.plan.tables.values import Span

CUSTOMER = "customer"
OTHERWISE = "otherwise"
PAID = "paid"
STATES = (  # those that the engine has words for; a plan names others under `labels`
    "reported", "return_label", "collected", "received", "inspected", "repaired", "sent", "delivered", PAID, "closed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a step may take. span: None if it is written in words. missed: the step to go on with then, or ""."""

    written: str
    span: Span | None
    missed: str = ""


@dataclass(frozen=True, slots=True)
class WaitFor:
    """What a step waits for before it begins. span: a time; None if it is an event, by its name in `written`."""

    written: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """From a step to another. to: its name, "" where the procedure ends. when: the branch as written, "" if always.

    A name that no step bears is kept; P02 tells of it."""

    to: str
    place: Place
    when: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What every step has. who: `customer`, a level, a department. does: what is done, or asked, in words.

    asks: terms. say: keys of texts. within, waits: None if nothing is said. reaches: the state that its customer's
    concern is in once it is done, as a code that `labels` or the engine's own words name; "" if it says none.
    """

    name: str
    place: Place
    who: str = CUSTOMER
    does: Words = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    within: Limit | None = None
    waits: WaitFor | None = None
    reaches: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Somebody does something. next: where it goes on."""

    work: Work
    next: Way


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody is asked; the work knows the terms."""

    work: Work
    next: Way


@dataclass(frozen=True, slots=True)
class Choice:
    """It goes on by one way of several: by the outcome of a policy, by conditions, or as a person judges.

    policy: "" without one. subject: the term or expression that the branches speak of, as written, or "".
    table: the branches as rows with the step in `next`, None where a policy or a person chooses.
    """

    work: Work
    branches: tuple[Way, ...]
    policy: str = ""
    subject: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Parallel:
    """Several ways are gone at once. next: where they meet and wait for each other; its `to` is "" if they do not."""

    work: Work
    branches: tuple[Way, ...]
    next: Way


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is done but waiting, for a time or an event."""

    work: Work
    next: Way


@dataclass(frozen=True, slots=True)
class HandOver:
    """The case goes to another level or department, which goes on with it. to: its name."""

    work: Work
    to: str
    next: Way


@dataclass(frozen=True, slots=True)
class Run:
    """Another procedure, or a troubleshooter, is gone through, then it goes on here. procedure: its name."""

    work: Work
    procedure: str
    next: Way


@dataclass(frozen=True, slots=True)
class End:
    """The procedure is over. What is reached stands in the work's words."""

    work: Work


Step: TypeAlias = Task | Question | Choice | Parallel | Wait | HandOver | Run | End


def ways(step: Step) -> tuple[Way, ...]:
    """Return where it may go on from a step, a missed time left out; a way whose `to` is "" ends."""
    match step:
        case Choice(branches=branches) | Parallel(branches=branches):
            return branches
        case End(work=work):
            return (Way("", work.place),)
        case _:
            return (step.next,)


@dataclass(frozen=True, slots=True)
class Procedure:
    """How work goes, step by step; the first step begins. policies: those that it carries out. stage: or ""."""

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    about: Words = field(default_factory=dict)
    stage: str = ""
    policies: tuple[str, ...] = ()
    steps: Mapping[str, Step] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Troubleshooter:
    """What is tried, in order, until `goal` holds. nothing_left: who takes over then, or "".

    tries: a table whose rows say `when` and what to `do`, keys of texts or plain names; None if it cannot be read.
    """

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    about: Words = field(default_factory=dict)
    goal: str = ""
    nothing_left: str = ""
    tries: Table | None = None
