"""Procedures and troubleshooters, typed: steps by kind, where each goes on, branches as tables of conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tantam.plan.sections.clauses_procedures import (
    CUSTOMER,
    STATES,
    Choice,
    End,
    HandOver,
    Limit,
    Parallel,
    Procedure,
    Question,
    Run,
    Step,
    Task,
    Troubleshooter,
    Wait,
    WaitFor,
    Way,
    Work,
)
from tantam.plan.sections.draft import Draft, Path
from tantam.plan.sections.plan import Plan
from tantam.plan.sections.procedures import Procedure as WrittenProcedure
from tantam.plan.sections.procedures import Step as WrittenStep
from tantam.plan.sections.procedures import Troubleshooter as WrittenTroubleshooter
from tantam.plan.sections.procedures_branches import Branches
from tantam.plan.sections.procedures_reading import Reading
from tantam.plan.tables.plain import read_span
from tantam.plan.tables.table import Hit, Wanted
from tantam.plan.tables.types import Words

SECTION = "procedures"
NO_STEP = ("", "-", "end")
OTHERS = (CUSTOMER, "system", "everybody")
KINDS = ("decide", "all", "hand_over", "run", "end")


def with_procedures(draft: Draft, plan: Plan) -> Plan:
    """Return the plan with its procedures and troubleshooters; what cannot be read of them is noted in the draft."""
    written = draft.document.procedures
    if written is None:
        return plan
    reading = Reading(draft)
    if not isinstance(written, dict):
        reading.kept((SECTION,))
        return plan
    builder = _Builder(plan, reading)
    return replace(plan, procedures=builder.procedures(written), troubleshooters=builder.troubleshooters(written))


class _Builder:
    """Types one procedure after the other, with the names that the rest of the plan has."""

    def __init__(self, plan: Plan, reading: Reading) -> None:
        self.plan, self.reading, self.draft = plan, reading, reading.draft
        document = self.draft.document
        self.names = list(document.procedures)
        self.policies = list(document.policies or {})
        self.doers = [*OTHERS, *(document.levels or {})]
        for section in (document.internal, document.providers, document.teams):
            self.doers += list(section) if isinstance(section, dict) else []
        teams = getattr(document.company, "teams", None)
        self.doers += list(teams) if isinstance(teams, dict) else []

    def procedures(self, written: Mapping[str, Any]) -> dict[str, Procedure]:
        built = {name: self._procedure(name, spec) for name, spec in written.items() if _has_steps(spec)}
        return {name: each for name, each in built.items() if each is not None}

    def troubleshooters(self, written: Mapping[str, Any]) -> dict[str, Troubleshooter]:
        built = {name: self._troubleshooter(name, spec) for name, spec in written.items() if not _has_steps(spec)}
        return {name: each for name, each in built.items() if each is not None}

    def _procedure(self, name: str, spec: Mapping[str, Any]) -> Procedure | None:
        path: Path = (SECTION, name)
        head = self.reading.read(WrittenProcedure, {**spec, "steps": {}}, path)
        steps = _by_name(spec["steps"])
        if head is None or not steps:
            self.reading.kept((*path, "steps"))
            return None
        policies = tuple(dict.fromkeys([*(head.policies or ()), *(head.policy or ())]))
        for each in policies:
            self.reading.known("policy", each, self.policies, (*path, "policies" if head.policies else "policy"))
        return Procedure(
            name,
            self.draft.key_place(*path),
            self.draft.words(head.label or head.name),
            self.draft.words(head.about),
            head.stage or "",
            policies,
            _Steps(self, path, steps).built(),
        )

    def _troubleshooter(self, name: str, spec: Any) -> Troubleshooter | None:
        path: Path = (SECTION, name)
        read = self.reading.read(WrittenTroubleshooter, spec, path) if isinstance(spec, dict) else None
        if read is None:
            self.reading.kept(path)
            return None
        self.reading.known("term", read.goal, self.plan.scope.terms, (*path, "goal"))
        if read.nothing_left:
            self.reading.known("who", read.nothing_left, [*self.doers, *self.names], (*path, "nothing_left"))
        wanted = Wanted(f"{SECTION}.{name}.tries", {"do": Words()}, hit=Hit.COLLECT)
        return Troubleshooter(
            name,
            self.draft.key_place(*path),
            self.draft.words(read.label or read.name),
            self.draft.words(read.about),
            read.goal,
            read.nothing_left or "",
            self.draft.table((*path, "tries"), wanted) if read.tries else None,
        )


class _Steps:
    """Types the steps of one procedure."""

    def __init__(self, builder: _Builder, path: Path, written: Mapping[str, Mapping[str, Any]]) -> None:
        self.builder, self.reading, self.draft = builder, builder.reading, builder.draft
        self.path, self.written = path, written
        self.read = {name: self._read(name, spec) for name, spec in written.items()}
        self.below = dict(zip(written, [*list(written)[1:], ""], strict=True))
        self.meets = {head: each for each in self.read.values() for head in each.all or ()}

    def built(self) -> dict[str, Step]:
        return {name: self._step(name, spec) for name, spec in self.read.items()}

    def at(self, name: str, *keys: str) -> Path:
        """Return the path of something in a step; of a list of steps, by position."""
        raw = self.draft.document.procedures[self.path[1]]["steps"]
        step: str | int = list(self.written).index(name) if isinstance(raw, list) else name
        return (*self.path, "steps", step, *keys)

    def _read(self, name: str, spec: Mapping[str, Any]) -> WrittenStep:
        return self.reading.read(WrittenStep, spec, self.at(name)) or WrittenStep()

    def _step(self, name: str, spec: WrittenStep) -> Step:
        work = self._work(name, spec)
        if len(given := [each for each in KINDS if each in spec.model_fields_set]) > 1:
            self.reading.warn("P03", self.at(name, given[1]), first=given[0], second=given[1])
        if spec.all is not None:
            branches = tuple(self._way(name, "all", each) for each in spec.all)
            return Parallel(work, branches, self._meeting(name, spec))
        if spec.branches is not None:
            return self._choice(name, spec, work)
        if spec.decide:
            self.reading.known("policy", spec.decide, self.builder.policies, self.at(name, "decide"))
        if "end" in spec.model_fields_set:
            return End(work)
        after = self._next(name, spec)
        if spec.hand_over:
            self.reading.known("who", spec.hand_over, self.builder.doers, self.at(name, "hand_over"))
            return HandOver(work, spec.hand_over, after)
        if spec.run:
            self.reading.known("procedure", spec.run, self.builder.names, self.at(name, "run"))
            return Run(work, spec.run, after)
        if work.waits is not None and not spec.do and not spec.ask and not work.asks:
            return Wait(work, after)
        return Question(work, after) if spec.ask or work.asks else Task(work, after)

    def _choice(self, name: str, spec: WrittenStep, work: Work) -> Choice:
        branches = Branches(self.builder.plan, self.reading, self.at(name, "branches"))
        written = spec.branches or {}
        ways = tuple(self._way(name, "branches", each or "", when=when) for when, each in written.items())
        if spec.decide:
            if self.reading.known("policy", spec.decide, self.builder.policies, self.at(name, "decide")):
                branches.outcomes(spec.decide, ways)
            return Choice(work, ways, policy=spec.decide)
        return Choice(work, ways, subject=spec.when or "", table=branches.table(ways, spec.when or ""))

    def _work(self, name: str, spec: WrittenStep) -> Work:
        for each in spec.asks or ():
            self.reading.known("term", each, self.builder.plan.scope.terms, self.at(name, "asks"))
        texts = self.draft.document.texts
        for each in (spec.say or ()) if texts is not None else ():
            self.reading.known("text", each, texts or {}, self.at(name, "say"))
        if spec.who:
            self.reading.known("who", spec.who, self.builder.doers, self.at(name, "who"))
        waits = WaitFor(spec.wait_for, read_span(spec.wait_for)) if spec.wait_for else None
        return Work(
            name,
            self.draft.key_place(*self.at(name)),
            spec.who or CUSTOMER,
            self.draft.words(spec.do or spec.ask or spec.end or spec.label or spec.name),
            tuple(spec.asks or ()),
            tuple(spec.say or ()),
            self._limit(name, spec),
            waits,
            self._state(name, spec),
        )

    def _state(self, name: str, spec: WrittenStep) -> str:
        """Return the state that a step reaches; one that nothing names is kept, and told of."""
        if spec.reaches:
            named = [*STATES, *(self.draft.document.labels or {})]
            self.reading.known("state", spec.reaches, named, self.at(name, "reaches"))
        return spec.reaches or ""

    def _limit(self, name: str, spec: WrittenStep) -> Limit | None:
        if spec.within is None:
            if spec.missed:
                self.reading.warn("P04", self.at(name, "missed"))
            return None
        return Limit(spec.within, read_span(spec.within), self._ends(spec.missed or ""))

    def _next(self, name: str, spec: WrittenStep) -> Way:
        """Without `next` it goes on with the step below; the last of a parallel way, where the ways meet."""
        if "next" in spec.model_fields_set:
            return self._way(name, "next", spec.next or "")
        below = self.below[name]
        if (split := self.meets.get(below)) is not None:
            below = self._ends(split.next or "")
        return Way(below if below in self.written else "", self.draft.key_place(*self.at(name)))

    def _meeting(self, name: str, spec: WrittenStep) -> Way:
        if "next" in spec.model_fields_set:
            return self._way(name, "next", spec.next or "")
        self.reading.warn("P05", self.at(name, "all"), step=name)
        return Way("", self.draft.key_place(*self.at(name)))

    def _way(self, name: str, key: str, to: str, *, when: str = "") -> Way:
        path = self.at(name, key, when) if when else self.at(name, key)
        return Way(self._ends(to), self.draft.place(*path), when)

    def _ends(self, to: str) -> str:
        return "" if to in NO_STEP and to not in self.written else to


def _has_steps(spec: Any) -> bool:
    return isinstance(spec, dict) and "steps" in spec


def _by_name(steps: Any) -> dict[str, Mapping[str, Any]]:
    """Return the steps by name; those of a list by their `name`, else by number from 1."""
    if isinstance(steps, list):
        named: Iterable[tuple[str, Any]] = (
            (str(each.get("name") or number) if isinstance(each, dict) else "", each)
            for number, each in enumerate(steps, 1)
        )
    else:
        named = steps.items() if isinstance(steps, dict) else ()
    return {str(name): each for name, each in named if isinstance(each, dict)}
