"""A procedure together with all that it runs: its steps by their path, their addresses, and what may happen there.

A path names a step, within the step that runs its procedure, and so on: `("fetch", "ask")` is the step `ask` of the
procedure that the step `fetch` runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tantam.plan.errors import UnknownName
from tantam.plan.procedures.net import MEETING, Move, Net, net_of
from tantam.plan.procedures.tries import steps_of
from tantam.plan.sections.clauses_procedures import Parallel, Procedure, Run, Step, ways
from tantam.plan.sections.plan import Plan

MOST_DEPTH = 8  # procedures within each other; what is deeper is a step like any other
Path = tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """The way through one procedure or troubleshooter of a plan. It has steps."""

    plan: Plan
    procedure: Procedure
    nets: dict[str, Net] = field(default_factory=dict)

    def procedure_at(self, path: Path) -> Procedure | None:
        """Return the procedure that the last name of a path is a step of, None if the plan has no such way."""
        procedure: Procedure | None = self.procedure
        for name in path[:-1]:
            step = procedure.steps.get(name) if procedure else None
            procedure = procedure_named(self.plan, step.procedure) if isinstance(step, Run) else None
        return procedure

    def step(self, path: Path) -> Step | None:
        """Return a step; None for a meeting, and for a step that is not there."""
        procedure = self.procedure_at(path)
        return procedure.steps.get(path[-1]) if procedure else None

    def address(self, path: Path) -> str:
        """Return the clause of a step: `procedures.faulty_product.steps.find`; of a try, its troubleshooter's."""
        procedure = self.procedure_at(path)
        if procedure is None:
            return f"procedures.{self.procedure.name}"
        if procedure.name in self.plan.troubleshooters and procedure.name not in self.plan.procedures:
            return f"procedures.{procedure.name}"
        return f"procedures.{procedure.name}.steps.{path[-1].removesuffix(MEETING)}"

    def moves(self, path: Path) -> tuple[Move, ...]:
        """Return what may happen at a place, a missed time last; () where the plan has no such place."""
        net = self._net(path)
        return net.moves.get(path[-1], ()) if net else ()

    def waits_for(self, path: Path) -> int:
        """Return how many ways meet at a place, 0 if it is no meeting."""
        net = self._net(path)
        return net.meetings.get(path[-1], 0) if net else 0

    def targets(self, path: Path, when: str) -> tuple[str, ...]:
        """Return the steps that a way leads to, ("",) for an end; where it meets others, the one after the meeting."""
        step = self.step(path)
        if step is None:
            return ()
        found = tuple(way.to for way in ways(step) if isinstance(step, Parallel) or way.when == when)
        return tuple("" if self.step((*path[:-1], each)) is None else each for each in found)

    def inside(self, path: Path) -> Path | None:
        """Return where the procedure begins that a step runs; None if it runs none, or none that can be run."""
        step = self.step(path)
        inner = procedure_named(self.plan, step.procedure) if isinstance(step, Run) else None
        if inner is None or not inner.steps or len(path) >= MOST_DEPTH:
            return None
        return (*path, next(iter(inner.steps)))

    def _net(self, path: Path) -> Net | None:
        procedure = self.procedure_at(path)
        if procedure is None or not procedure.steps:
            return None
        if procedure.name not in self.nets:
            self.nets[procedure.name] = net_of(procedure)
        return self.nets[procedure.name]


def route(plan: Plan, name: str) -> Route:
    """Return the way through a procedure or troubleshooter, made once a plan. Raises UnknownName."""
    key = (Route, name)
    if key not in plan.prepared:
        procedure = procedure_named(plan, name)
        if procedure is None or not procedure.steps:
            raise UnknownName("procedure", name, [*plan.procedures, *plan.troubleshooters])
        plan.prepared[key] = Route(plan, procedure)
    found: Route = plan.prepared[key]
    return found


def procedure_named(plan: Plan, name: str) -> Procedure | None:
    """Return a procedure, or a troubleshooter as one; None if the plan has none of that name."""
    if name in plan.procedures:
        return plan.procedures[name]
    tries = plan.troubleshooters.get(name)
    if tries is None:
        return None
    key = (Procedure, name)
    if key not in plan.prepared:
        plan.prepared[key] = steps_of(plan, tries)
    found: Procedure = plan.prepared[key]
    return found
