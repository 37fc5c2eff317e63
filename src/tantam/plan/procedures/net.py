"""A procedure as a workflow net: places that hold tokens, and what moves them. docs/algorithms/soundness.md"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tantam.plan.sections.clauses_procedures import OTHERWISE, Parallel, Procedure, Step, ways

MEETING = "&"
Marking = tuple[str, ...]  # the places that hold a token, in order, each as often as it holds one


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that may happen. step: whose. when: the branch taken, "" if it is the only way; missed: too late."""

    step: str
    takes: Marking
    gives: Marking
    when: str = ""
    missed: bool = False


@dataclass(frozen=True)
class Net:
    """The moves of a procedure by the place that each takes from. first: where it begins. meetings: {place: ways}."""

    first: str
    moves: Mapping[str, tuple[Move, ...]]
    meetings: Mapping[str, int]

    def next_markings(self, marking: Marking) -> list[tuple[Move, Marking]]:
        """Return what may happen in a marking, and the marking after it."""
        held = Counter(marking)
        found = []
        for place in dict.fromkeys(marking):
            for move in self.moves.get(place, ()):
                if all(held[each] >= count for each, count in Counter(move.takes).items()):
                    rest = held - Counter(move.takes) + Counter(move.gives)
                    found.append((move, tuple(sorted(rest.elements()))))
        return found

    def is_crowded(self, marking: Marking) -> bool:
        """Return whether a step is done twice at once, or more come to a meeting than it waits for."""
        return any(count > self.meetings.get(place, 1) for place, count in Counter(marking).items())


@dataclass(frozen=True)
class Shape:
    """A procedure as a graph: where each step may go, and what lies between a split and where its ways meet."""

    steps: Mapping[str, Step]

    @cached_property
    def targets(self) -> dict[str, tuple[str, ...]]:
        """Each step with the steps it may go on to; those that are not there are left out."""
        return {name: self._targets(step) for name, step in self.steps.items()}

    @cached_property
    def parts(self) -> dict[str, frozenset[str]]:
        """The steps of every parallel part that meets again, by its split, the innermost first."""
        splits = [(name, each) for name, each in self.steps.items() if isinstance(each, Parallel) and each.next.to]
        found = {name: self._reached([way.to for way in each.branches], each.next.to) for name, each in splits}
        return dict(sorted(found.items(), key=lambda part: len(part[1])))

    def meeting(self, of: str, to: str) -> str:
        """Return the split whose ways meet where a step goes on, "" if it does not go to a meeting of its own."""
        return next((split for split, part in self.parts.items() if of in part and self._meets(split) == to), "")

    def meeting_of_way(self, of: str, to: str) -> str:
        """Return the split whose ways meet where a way of a step leads: a split's own first; "" if at no meeting."""
        return of if to and self._meets(of) == to else self.meeting(of, to)

    def meeting_of_split(self, of: str) -> str:
        """Return the outer split that the ways of a split go on to meet at, once they have met; "" if none."""
        to = self._meets(of)
        outer = (each for each, part in self.parts.items() if each != of and of in part and self._meets(each) == to)
        return next(outer, "")

    def _meets(self, split: str) -> str:
        step = self.steps[split]
        return step.next.to if isinstance(step, Parallel) else ""

    def _targets(self, step: Step) -> tuple[str, ...]:
        names = [way.to for way in ways(step)]
        within = step.work.within
        names += [within.missed] if within else []
        return tuple(dict.fromkeys(each for each in names if each in self.steps))

    def _reached(self, starts: Iterable[str], without: str) -> frozenset[str]:
        found: set[str] = set()
        todo = [each for each in starts if each in self.steps and each != without]
        while todo:
            step = todo.pop()
            if step not in found:
                found.add(step)
                todo += [each for each in self.targets[step] if each != without]
        return frozenset(found)


def net_of(procedure: Procedure) -> Net:
    """Return the net. The procedure has steps; where it names a step that is not there, the net ends."""
    shape = Shape(procedure.steps)
    moves = {name: tuple(_moves(shape, step)) for name, step in procedure.steps.items()}
    meetings = {}
    for split in shape.parts:
        step = procedure.steps[split]
        assert isinstance(step, Parallel)
        place, count = split + MEETING, len(step.branches)
        outer = shape.meeting_of_split(split)
        meetings[place] = count
        moves[place] = (Move(place, (place,) * count, (outer + MEETING if outer else step.next.to,)),)
    return Net(next(iter(procedure.steps)), moves, meetings)


def _moves(shape: Shape, step: Step) -> Iterable[Move]:
    name = step.work.name
    if isinstance(step, Parallel):
        entered = [_placed(shape, shape.meeting_of_way(name, way.to), way.to) for way in step.branches]
        yield Move(name, (name,), tuple(place for places in entered for place in places))
    else:
        for way in ways(step):
            yield Move(name, (name,), _entered(shape, name, way.to), way.when)
    if step.work.within and step.work.within.missed:
        yield Move(name, (name,), _entered(shape, name, step.work.within.missed), OTHERWISE, missed=True)


def _entered(shape: Shape, of: str, to: str) -> Marking:
    return _placed(shape, shape.meeting(of, to), to)


def _placed(shape: Shape, split: str, to: str) -> Marking:
    """Return where a token is put that comes to a step: where the ways of the split meet, at the step without one."""
    return (split + MEETING,) if split else (to,) if to in shape.steps else ()
