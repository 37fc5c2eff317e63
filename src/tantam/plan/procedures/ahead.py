"""What a customer may be told of a procedure: the states its steps reach, and the steps that come next for sure."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from tantam.plan.procedures.route import Path, Route
from tantam.plan.run.aloud import pick
from tantam.plan.sections.clauses_procedures import CUSTOMER, STATES, Choice, Step
from tantam.plan.sections.plan import Plan
from tantam.plan.words import say

MOST_AHEAD = 50  # steps looked at


def ahead(route: Route, places: Iterable[Path], branch: Callable[[Path], str | None]) -> tuple[Path, ...]:
    """Return the steps that follow these places for sure, in the order of the work; none twice, nor the places.

    branch: the way that a choice takes, None while that is open: nothing is said of what lies behind it. A missed time
    is no way that one may count on. What is run within a step is not looked into.
    """
    begun = tuple(places)
    found: dict[Path, None] = {}
    todo = deque(begun)
    while todo and len(found) < MOST_AHEAD:
        for each in _after(route, todo.popleft(), branch):
            if each not in found and each not in begun:
                found[each] = None
                todo.append(each)
    return tuple(each for each in found if route.step(each) is not None)


def state_words(plan: Plan, state: str, lang: str) -> str:
    """Return what people call a state: the plan's label, else the engine's words, else the code with spaces."""
    if words := plan.labels.get(state):
        return pick(words, lang)
    return say(f"state_{state}", lang) if state in STATES else state.replace("_", " ")


def tells_states(route: Route, path: Path) -> bool:
    """Return whether the procedure of a step says what states its steps reach: then customers read those alone."""
    procedure = route.procedure_at(path)
    return procedure is not None and any(each.work.reaches for each in procedure.steps.values())


def told_plainly(route: Route, path: Path) -> bool:
    """Return whether a customer may read what is done at a step, where no state is named.

    So it is in procedures that are published for all (`about`); the customer's own part they know.
    """
    step, procedure = route.step(path), route.procedure_at(path)
    if step is None or procedure is None or not procedure.about or tells_states(route, path):
        return False
    return step.work.who != CUSTOMER and bool(step.work.does)


def _after(route: Route, path: Path, branch: Callable[[Path], str | None]) -> Iterable[Path]:
    """Yield the places that a place leads to; from the end of what a step runs, those after that step."""
    moves = [each for each in route.moves(path) if not each.missed]
    if _is_choice(route.step(path)):
        way = branch(path)
        moves = [each for each in moves if way is not None and each.when == way]
    for move in moves:
        yield from ((*path[:-1], place) for place in move.gives)
        if not move.gives and len(path) > 1:
            yield from _after(route, path[:-1], branch)


def _is_choice(step: Step | None) -> bool:
    return isinstance(step, Choice)
