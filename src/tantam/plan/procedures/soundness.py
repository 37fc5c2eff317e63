"""Whether a procedure is sound: from whatever may come, an end can be reached, and nothing is done twice at once.

All that may come is looked at, up to a bound; a verdict says whether it was all. docs/algorithms/soundness.md
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tantam.plan.procedures.net import MEETING, Marking, Move, Net, net_of
from tantam.plan.sections.clauses_procedures import Procedure

MOST_STATES = 20_000
MOST_STEPS = 500  # of a procedure that is looked at; who draws more draws several
MOST_TOKENS = 400_000  # moved in all; with many ways at once each state is large
Cause = tuple[Marking, Move]


@dataclass(frozen=True, slots=True)
class Trace:
    """How a state is reached. path: what happens, one after the other. then: the places where the work stands."""

    path: tuple[Move, ...]
    then: Marking

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps on the way, without the meetings."""
        return tuple(move.step for move in self.path if not move.step.endswith(MEETING))

    @property
    def standing(self) -> tuple[str, ...]:
        """The steps where the work stands; of a meeting, the split whose ways meet there."""
        return tuple(dict.fromkeys(each.removesuffix(MEETING) for each in self.then))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all that may come says.

    stuck: where nothing goes on. endless: from where no end can be reached, though it goes on. twice: where a step
    is done twice at once. Each is the shortest such way, None if there is none. never: steps that are never begun.
    reached: {step: how it is first begun}. complete: all states were looked at; else only `states` of them.
    """

    stuck: Trace | None
    endless: Trace | None
    twice: Trace | None
    never: tuple[str, ...]
    reached: Mapping[str, Trace]
    states: int
    complete: bool

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong in what was looked at."""
        return not (self.stuck or self.endless or self.twice or self.never)


def verdict(procedure: Procedure, *, most_states: int = MOST_STATES) -> Verdict:
    """Return whether the procedure is sound. It has steps. most_states: how many are looked at, at most.

    Of a procedure of more than MOST_STEPS nothing is looked at, which the verdict says.
    """
    if len(procedure.steps) > MOST_STEPS:
        return Verdict(None, None, None, (), {}, 0, complete=False)
    search = _Search(net_of(procedure), most_states)
    search.run()
    reached = search.first_reached(procedure.steps)
    never = tuple(name for name in procedure.steps if name not in reached) if search.complete else ()
    return Verdict(
        search.trace(search.stuck),
        search.trace(search.endless()),
        search.trace(search.twice),
        never,
        reached,
        len(search.causes),
        search.complete,
    )


class _Search:
    """Breadth first, so that what is found first is reached on the shortest way."""

    def __init__(self, net: Net, most: int) -> None:
        self.net, self.most = net, most
        self.causes: dict[Marking, Cause | None] = {(net.first,): None}
        self.before: dict[Marking, list[Marking]] = {}
        self.stopped: list[Marking] = []
        self.stuck: Marking | None = None
        self.twice: Marking | None = None
        self.complete = True

    def run(self) -> None:
        todo, moved = deque(self.causes), 0
        while todo:
            if moved > MOST_TOKENS:
                self.complete = False
                return
            marking = todo.popleft()
            if self.net.is_crowded(marking):
                self.twice = self.twice or marking
                self.stopped.append(marking)
                continue
            following = self.net.next_markings(marking)
            if not following:
                self.stopped.append(marking)
                self.stuck = self.stuck or marking or None
            moved += len(marking) * len(following)
            todo += self._noted(marking, following)

    def _noted(self, marking: Marking, following: Iterable[tuple[Move, Marking]]) -> list[Marking]:
        new = []
        for move, then in following:
            self.before.setdefault(then, []).append(marking)
            if then in self.causes:
                continue
            if len(self.causes) >= self.most:
                self.complete = False
                continue
            self.causes[then] = (marking, move)
            new.append(then)
        return new

    def endless(self) -> Marking | None:
        """Return the first state from which neither an end nor another finding can be reached."""
        if not self.complete:
            return None
        ending, todo = set(self.stopped), list(self.stopped)
        while todo:
            for each in self.before.get(todo.pop(), ()):
                if each not in ending:
                    ending.add(each)
                    todo.append(each)
        return next((each for each in self.causes if each not in ending), None)

    def trace(self, marking: Marking | None) -> Trace | None:
        if marking is None:
            return None
        path, at = [], marking
        while (cause := self.causes[at]) is not None:
            at, move = cause
            path.append(move)
        return Trace(tuple(reversed(path)), marking)

    def first_reached(self, steps: Iterable[str]) -> dict[str, Trace]:
        found: dict[str, Trace] = {}
        wanted = set(steps)
        for marking in self.causes:
            for step in (each for each in dict.fromkeys(marking) if each in wanted and each not in found):
                trace = self.trace(marking)
                assert trace is not None
                found[step] = trace
        return found
