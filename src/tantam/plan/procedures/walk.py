"""Walks a case through a procedure: where it stands, what goes by itself, and where it goes on from a step.

What may happen is what the net says, whose soundness is proved; here it gets its times. docs/algorithms/walking.md
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from tantam.plan.procedures.net import Move
from tantam.plan.procedures.route import Path, Route
from tantam.plan.procedures.times import begins_at, due_of
from tantam.plan.sections.clauses_procedures import CUSTOMER, Choice, End, HandOver, Parallel, Step, Task, Wait, ways

MOST_ALONE = 1_000  # steps that go by themselves at once; then somebody has to say


class How(StrEnum):
    """How a step ended."""

    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"
    ALONE = "alone"  # nobody had to do anything


@dataclass(frozen=True, slots=True)
class Token:
    """The work at one step. number: its own among all of a walk. since: when it came here.

    begins: when the step may be done, None while an event is waited for. due: None if it may take as long as it
    takes. late: it took longer, and was told.
    """

    number: int
    path: Path
    since: datetime
    begins: datetime | None
    due: datetime | None = None
    late: bool = False

    def waits(self, now: datetime) -> bool:
        """Return whether what it waits for has not come yet."""
        return self.begins is None or self.begins > now


@dataclass(frozen=True, slots=True)
class Going:
    """How the step of a token is left. when: the way, "" of a step with one way."""

    number: int
    when: str = ""
    how: How = How.DONE


@dataclass(frozen=True, slots=True)
class Gone:
    """A step that was gone through. when: the branch taken, "" if there is one way only."""

    token: Token
    how: How
    at: datetime
    when: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a walk stands: its tokens, oldest first; none once it is over. next: the number of the next token."""

    tokens: tuple[Token, ...] = ()
    next: int = 1

    @property
    def is_over(self) -> bool:
        """Whether the procedure has ended."""
        return not self.tokens

    def token(self, number: int) -> Token | None:
        """Return one token, None if it has gone on."""
        return next((each for each in self.tokens if each.number == number), None)


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a walk stands now, what was gone through on the way, and which steps turned out to be late."""

    standing: Standing
    gone: tuple[Gone, ...] = ()
    late: tuple[Token, ...] = ()


Alone = Callable[[Token, Step], str | None]
"""Says by which way (its `when`) a step goes on by itself, None if somebody has to do something there."""


def nothing_alone(token: Token, step: Step) -> str | None:
    """Let no step go by itself but those that have nothing to do."""
    return None


def begin(route: Route, now: datetime, alone: Alone = nothing_alone) -> Walked:
    """Return the walk at its beginning. What the customer does first was done by coming, unless something is asked."""
    walk = _Walk(route, now, alone)
    first: Path = (next(iter(route.procedure.steps)),)
    walk.enter(first)
    walk.settle()
    step, token = route.step(first), walk.at(first)
    if token is not None and isinstance(step, Task) and step.work.who == CUSTOMER and not token.waits(now):
        walk.leave(token, How.DONE, _first_way(step))
        walk.settle()
    return walk.walked()


def go(route: Route, standing: Standing, going: Going, *, now: datetime, alone: Alone = nothing_alone) -> Walked:
    """Return the walk after the step of a token went on by its way.

    A step that is no longer in the plan simply ends. Raises LookupError for a token that has gone on, or another way.
    """
    walk = _Walk(route, now, alone, standing)
    token = standing.token(going.number)
    if token is None:
        raise LookupError(going.number)
    walk.leave(token, going.how, going.when)
    walk.settle()
    return walk.walked()


def tick(route: Route, standing: Standing, now: datetime, alone: Alone = nothing_alone) -> Walked:
    """Return the walk at an instant: what was waited for has come, and what took too long goes the way of the late."""
    walk = _Walk(route, now, alone, standing)
    walk.settle()
    for token in tuple(walk.tokens):
        if token in walk.tokens and token.due is not None and token.due <= now and not token.late:
            walk.miss(token)
    walk.settle()
    return walk.walked()


def happened(route: Route, standing: Standing, event: str, now: datetime, alone: Alone = nothing_alone) -> Walked:
    """Return the walk after an event: steps that wait for it may be done from now on."""
    walk = _Walk(route, now, alone, standing)
    for token in standing.tokens:
        step = route.step(token.path)
        waits = step.work.waits if step else None
        if step is not None and token.begins is None and waits is not None and waits.written == event:
            walk.put(replace(token, begins=now, due=due_of(route.plan, step, now)))
    walk.settle()
    return walk.walked()


def again(route: Route, standing: Standing, tokens: Iterable[Token], now: datetime) -> Standing:
    """Return the walk standing at these steps again, their times counted from now; what was there is taken away."""
    walk = _Walk(route, now, nothing_alone, replace(standing, tokens=()))
    for token in tokens:
        walk.enter(token.path)
    return walk.walked().standing


def leads_to_end(route: Route, path: Path) -> bool:
    """Return whether a step with one way leads straight to the end, or to one that nobody has to do anything at."""
    step, procedure = route.step(path), route.procedure_at(path)
    if step is None or procedure is None or isinstance(step, Choice | Parallel):
        return False
    following = procedure.steps.get(ways(step)[0].to)
    if following is None:
        return True
    then = (*path[:-1], following.work.name)
    return not isinstance(following, Parallel | Wait) and goes_alone(route, then, following) and _ends(route, then)


def next_at(standing: Standing, now: datetime) -> datetime | None:
    """Return when time alone changes something next, None if never; in the past if it was due while nobody looked."""
    begins = [each.begins for each in standing.tokens if each.begins is not None and each.begins > now]
    dues = [each.due for each in standing.tokens if each.due is not None and not each.late]
    return min([*begins, *dues], default=None)


@dataclass
class _Walk:
    """A walk under way."""

    route: Route
    now: datetime
    alone: Alone
    standing: Standing = field(default_factory=Standing)
    gone: list[Gone] = field(default_factory=list)
    late: list[Token] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tokens, self.number, self.passes = list(self.standing.tokens), self.standing.next, 0

    def walked(self) -> Walked:
        return Walked(Standing(tuple(self.tokens), self.number), tuple(self.gone), tuple(self.late))

    def at(self, path: Path) -> Token | None:
        return next((each for each in self.tokens if each.path == path), None)

    def put(self, token: Token) -> None:
        self.tokens = [token if each.number == token.number else each for each in self.tokens]

    def enter(self, path: Path) -> None:
        step, plan = self.route.step(path), self.route.plan
        begins = begins_at(plan, step, self.now) if step else self.now
        due = due_of(plan, step, begins) if step and begins else None
        self.tokens.append(Token(self.number, path, self.now, begins, due))
        self.number += 1

    def leave(self, token: Token, how: How, when: str) -> None:
        """Take the token away, with whatever runs inside its step, and put new ones where its way leads."""
        moves = self.route.moves(token.path)
        move = next((each for each in moves if each.missed is (how is How.MISSED) and each.when == when), None)
        if move is None and moves:
            raise LookupError(when)
        self._drop(token)
        self.gone.append(Gone(token, how, self.now, when))
        self._give(token.path, move)

    def miss(self, token: Token) -> None:
        """Take the way of what is late where there is one; else only note that it is late."""
        missed = next((each for each in self.route.moves(token.path) if each.missed), None)
        self.late.append(token)
        if missed is None:
            self.put(replace(token, late=True))
        else:
            self.leave(token, How.MISSED, missed.when)

    def settle(self) -> None:
        """Let go on what goes by itself, until somebody has to do something everywhere."""
        while self.passes < MOST_ALONE and self._one_alone():
            self.passes += 1

    def _one_alone(self) -> bool:
        return any(self._meets(each) or self._goes(each) for each in tuple(self.tokens))

    def _meets(self, token: Token) -> bool:
        count = self.route.waits_for(token.path)
        here = [each for each in self.tokens if each.path == token.path]
        if not count or len(here) < count:
            return False
        for each in here[:count]:
            self.tokens.remove(each)
        self._give(token.path, self.route.moves(token.path)[0])
        return True

    def _goes(self, token: Token) -> bool:
        """Let one step go on if it needs nobody; begin what it runs; return whether anything happened."""
        step = self.route.step(token.path)
        if step is None or token.waits(self.now):
            return False
        if (inside := self.route.inside(token.path)) is not None:
            if any(_is_inside(each, token.path) for each in self.tokens):
                return False
            self.enter(inside)
            return True
        when = _first_way(step) if goes_alone(self.route, token.path, step) else self.alone(token, step)
        if when is None or not any(each.when == when and not each.missed for each in self.route.moves(token.path)):
            return False
        self.leave(token, How.ALONE, when)
        return True

    def _drop(self, token: Token) -> None:
        self.tokens = [each for each in self.tokens if each is not token and not _is_inside(each, token.path)]

    def _give(self, path: Path, move: Move | None) -> None:
        """Put tokens where a move leads; where that was the last of a procedure that was run, go on after it."""
        for place in move.gives if move else ():
            self.enter((*path[:-1], place))
        outer = path[:-1]
        if outer and not any(_is_inside(each, outer) for each in self.tokens):
            runs = self.at(outer)
            step = self.route.step(outer)
            if runs is not None and step is not None:
                self.leave(runs, How.ALONE, _first_way(step))


def goes_alone(route: Route, path: Path, step: Step) -> bool:
    """Return whether nobody has to do anything at a step: it splits, waits, hands over, or ends without more words.

    The customer's last task is an end too: it says what they have in the end.
    """
    match step:
        case End() | Wait():
            return True
        case Parallel(work=work) | HandOver(work=work):
            return not work.does
        case Task(work=work, next=way):
            procedure = route.procedure_at(path)
            last = procedure is None or way.to not in procedure.steps
            return work.who == CUSTOMER and last and work.waits is None
        case _:
            return False


def _is_inside(token: Token, path: Path) -> bool:
    """Return whether the work is at a step of the procedure that the step at `path` runs."""
    return len(token.path) > len(path) and token.path[: len(path)] == path


def _ends(route: Route, path: Path) -> bool:
    return all(not each.gives for each in route.moves(path) if not each.missed)


def _first_way(step: Step) -> str:
    return "" if isinstance(step, Parallel) else ways(step)[0].when
