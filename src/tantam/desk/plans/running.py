"""One version of the plan at work: everything that the desk asks of it, by codes; the words come with a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tantam.desk.common import clock
from tantam.plan import run
from tantam.plan.run import Answer, Because, Care, Fact, Grant, Openness, Owed, Question, Triage

if TYPE_CHECKING:
    from tantam.desk.plans.models import PlanVersion
    from tantam.plan.sections import Plan

Facts = Mapping[str, Fact]


class RunningPlan:
    """A thawed plan with its row. Facts are {term: Fact}; `terms_of` makes them from {path: Fact}."""

    def __init__(self, row: PlanVersion, plan: Plan) -> None:
        self.row, self.plan = row, plan

    # ------------------------------------------------------------------ what it is

    @property
    def number(self) -> int:
        """The version's number."""
        return self.row.number

    @property
    def name(self) -> str:
        """The version as people and events name it: `3-a1b2c3d4e5f6`."""
        return self.plan.name

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The company's languages, its first one first."""
        raise NotImplementedError

    @cached_property
    def timezone(self) -> str:
        """The company's time zone."""
        raise NotImplementedError

    @cached_property
    def country(self) -> str:
        """The company's country as two letters (`VN`), "" where the plan names none."""
        raise NotImplementedError

    @cached_property
    def currency(self) -> str:
        """The company's currency."""
        raise NotImplementedError

    def company(self, lang: str) -> str:
        """Return the company's name in `lang`."""
        raise NotImplementedError

    # ------------------------------------------------------------------ what it answers

    def terms_of(self, recorded: Facts, now: datetime | None = None) -> dict[str, Fact]:
        """Return {term: Fact} of what is on record by path (`purchase.price`), for the terms that come from there."""
        raise NotImplementedError

    def read(self, told: Mapping[str, Any], standing: run.Standing, now: datetime | None = None) -> dict[str, Fact]:
        """Return what was written or chosen for terms as facts, without empty ones. Raises UnknownName, BadFact."""
        raise NotImplementedError

    def triage(self, facts: Facts, now: datetime | None = None) -> Triage:
        """Return stage, severity and level of a case."""
        return run.triage(self.plan, facts, now=now or clock.now())

    def groups(self, facts: Facts, now: datetime | None = None) -> tuple[str, ...]:
        """Return the groups that the customer is in."""
        return run.groups_of(self.plan, facts, now=now or clock.now())

    def care(self, groups: Iterable[str]) -> tuple[Care, ...]:
        """Return how to care for a customer of these groups."""
        return run.care(self.plan, groups)

    def owed(self, facts: Facts, start: datetime) -> tuple[Owed, ...]:
        """Return what is owed to a case whose clock starts at `start`, soonest first."""
        return run.owed(self.plan, facts, start=start)

    def decide(self, policy: str, facts: Facts, now: datetime | None = None) -> Answer:
        """Return the policy's answer. Raises UnknownName, BadFact."""
        return run.decide(self.plan, policy, facts, now=now or clock.now())

    def questions(self, policy: str, known: Facts, now: datetime | None = None) -> tuple[Question, ...]:
        """Return what the policy still needs to be told, in order."""
        return run.questions(self.plan, policy, known, now=now or clock.now())

    def may_grant(self, level: str, kind: str, minor: int, currency: str) -> Grant:
        """Return whether `level` may grant so much of `kind`, and who may if not."""
        raise NotImplementedError

    def next_level(self, level: str, why: str = "missed") -> str | None:
        """Return the level above, None at the top or for a level that this version does not know."""
        raise NotImplementedError

    def level_handles(self, level: str, severity: str) -> bool:
        """Return whether `level` handles cases of `severity`."""
        raise NotImplementedError

    def levels(self) -> tuple[str, ...]:
        """Return the names of the levels, lowest first."""
        raise NotImplementedError

    def pauses(self, kind: str) -> bool:
        """Return whether a promise of `kind` pauses while the customer is asked. A first reply never does."""
        return kind != "first_reply"

    # ------------------------------------------------------------------ time

    def openness(self, now: datetime | None = None) -> Openness:
        """Return whether anybody can be reached now, until when, or when next."""
        raise NotImplementedError

    def minutes_left(self, clock_name: str, now: datetime, due: datetime) -> int:
        """Return the open minutes from `now` to `due` on that clock ("" is calendar time), >= 0."""
        return run.open_minutes_left(self.plan, clock_name, now=now, due=due)

    def due_again(self, clock_name: str, now: datetime, minutes: float) -> datetime:
        """Return when so many open minutes will have passed on that clock."""
        return run.due_again(self.plan, clock_name, now=now, minutes=round(minutes))

    # ------------------------------------------------------------------ words

    def text(self, key: str, lang: str, args: Mapping[str, Any] | None = None) -> str:
        """Return one of the plan's texts in `lang` with its named places filled."""
        raise NotImplementedError

    def label(self, term: str, value: str, lang: str) -> str:
        """Return how a person reads a term's value, given as fact text."""
        raise NotImplementedError

    def term_label(self, term: str, lang: str) -> str:
        """Return how a person calls the term."""
        raise NotImplementedError

    def level_label(self, level: str, lang: str) -> str:
        """Return how a person calls the level."""
        raise NotImplementedError

    def because(self, stored: Mapping[str, Any], lang: str) -> str:
        """Return a stored because as one sentence."""
        return run.because_of(self.plan, stored).text(lang) if stored else ""

    # ------------------------------------------------------------------ what it says of itself

    def policies(self, stage: str | None = None) -> tuple[str, ...]:
        """Return the names of the policies, of one stage or all."""
        raise NotImplementedError

    def limits(self, lang: str) -> Any:
        """Return what the company does and does not do."""
        raise NotImplementedError

    def channels(self, now: datetime | None = None) -> Any:
        """Return the ways in, each with whether it is open."""
        raise NotImplementedError

    def goals(self) -> Any:
        """Return the goals."""
        raise NotImplementedError

    def measures(self) -> Any:
        """Return the measures."""
        raise NotImplementedError

    def body(self, lang: str, audience: str) -> str:
        """Return the published plan's article as HTML, for `customer` or `staff`."""
        raise NotImplementedError


__all__ = ["Because", "Facts", "RunningPlan"]
