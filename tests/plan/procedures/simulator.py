"""Tries all that may come in a procedure, token by token, knowing nothing of nets: the oracle for soundness."""

from __future__ import annotations

from tantam.plan.sections.clauses_procedures import Choice, End, Parallel, Procedure

State = tuple[tuple[str, ...], tuple[tuple[str, int], ...]]  # steps being done; how many wait where a split's ways meet


def sound(procedure: Procedure) -> bool:
    """Whether every step is begun some time, none twice at once, and an end can be reached from wherever one is."""
    start: State = ((next(iter(procedure.steps)),), ())
    seen: dict[State, list[State]] = {}
    todo = [start]
    while todo:
        state = todo.pop()
        if state in seen:
            continue
        doing, _ = state
        if len(set(doing)) < len(doing):
            return False
        following = _after(procedure, state)
        if following is None:
            return False
        seen[state] = following
        todo += following
    begun = {step for doing, _ in seen for step in doing}
    return begun == set(procedure.steps) and all(_ends(state, seen) for state in seen)


def _ends(state: State, seen: dict[State, list[State]]) -> bool:
    visited, todo = set(), [state]
    while todo:
        each = todo.pop()
        if each == ((), ()):
            return True
        if each not in visited:
            visited.add(each)
            todo += seen[each]
    return False


def _after(procedure: Procedure, state: State) -> list[State] | None:
    """All states after one more step; None if more come to a meeting than it waits for."""
    doing, waiting = state
    found = []
    for step in doing:
        rest = list(doing)
        rest.remove(step)
        for number, arrivals in enumerate(_leaving(procedure, step)):
            parting = number == 0 and isinstance(procedure.steps[step], Parallel)
            then = _arrived(procedure, tuple(rest), waiting, [(step, each, parting) for each in arrivals])
            if then is None:
                return None
            found.append(then)
    return found


def _leaving(procedure: Procedure, name: str) -> list[list[str]]:
    step = procedure.steps[name]
    match step:
        case Parallel(branches=branches):
            found = [[way.to for way in branches]]
        case Choice(branches=branches):
            found = [[way.to] for way in branches]
        case End():
            found = [[""]]
        case _:
            found = [[step.next.to]]
    missed = step.work.within.missed if step.work.within else ""
    return [*found, *([[missed]] if missed else [])]


def _arrived(
    procedure: Procedure,
    doing: tuple[str, ...],
    waiting: tuple[tuple[str, int], ...],
    arrivals: list[tuple[str, str, bool]],
) -> State | None:
    """Put each token down: at its step, or where the innermost split around it meets; met, they go on as one."""
    counts = dict(waiting)
    steps = list(doing)
    while arrivals:
        of, to, parting = arrivals.pop()
        if to not in procedure.steps:
            continue
        split = _meeting(procedure, of, to, parting)
        if not split:
            steps.append(to)
            continue
        counts[split] = counts.get(split, 0) + 1
        if counts[split] == len(procedure.steps[split].branches):
            del counts[split]
            outer = _around(procedure, split, to)
            if outer:
                arrivals.append((split, to, False))
            else:
                steps.append(to)
    return tuple(sorted(steps)), tuple(sorted(counts.items()))


def _meeting(procedure: Procedure, of: str, to: str, parting: bool) -> str:
    step = procedure.steps[of]
    if parting and isinstance(step, Parallel) and step.next.to == to:
        return of
    return _around(procedure, of, to)


def _around(procedure: Procedure, of: str, to: str) -> str:
    """The innermost other split that the step stands in and whose ways meet at `to`."""
    splits = {
        name: _inside(procedure, name)
        for name, each in procedure.steps.items()
        if isinstance(each, Parallel) and each.next.to == to and to
    }
    around = [name for name, inside in splits.items() if of in inside and name != of]
    return min(around, key=lambda name: len(splits[name]), default="")


def _inside(procedure: Procedure, split: str) -> set[str]:
    step = procedure.steps[split]
    assert isinstance(step, Parallel)
    found: set[str] = set()
    todo = [way.to for way in step.branches]
    while todo:
        name = todo.pop()
        if name in procedure.steps and name != step.next.to and name not in found:
            found.add(name)
            todo += [to for leaving in _leaving(procedure, name) for to in leaving]
    return found
