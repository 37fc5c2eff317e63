"""The groups that a customer may have been in, as far as lacking facts leave that open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from tantam.plan.run.answers import Fact, Standing
from tantam.plan.run.case import Case, case_of
from tantam.plan.run.ready import Own, all_own
from tantam.plan.sections import Plan
from tantam.plan.whatif.open_rows import Lacking, causes_of

MOST_OPEN = 6  # groups that are tried in every way; of a customer with more, no condition on the group is known

Lack = tuple[str, str]  # a lacking term, and the clause that needs it


@dataclass(frozen=True, slots=True)
class Worlds:
    """cases: one a way that the groups may turn out. lacking: by term. lacks: those between the ways."""

    cases: tuple[Case, ...]
    lacking: Lacking
    lacks: frozenset[Lack] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is judged. given: facts by term. groups: as history has them, None if unknown. now: of the opening."""

    plan: Plan
    given: Mapping[str, Fact]
    lacking: Lacking
    groups: frozenset[str] | None
    now: datetime


def worlds(asked: Asked) -> Worlds:
    """Return the case in each way that its groups may turn out; one where no lacking fact decides them."""
    own = all_own(asked.plan)
    if not asked.lacking or not own.group or "group" in asked.given:
        return Worlds((case_of(asked.plan, asked.given, now=asked.now),), asked.lacking)
    bare = case_of(asked.plan, asked.given, now=asked.now, own=Own(own.clocks, False))
    states, lacks = _states(bare, asked)
    if sum(state is None for state in states.values()) > MOST_OPEN:
        causes = frozenset(term for term, _ in lacks)
        return Worlds((bare,), {**asked.lacking, "group": causes}, lacks)
    return Worlds(tuple(_in(bare, groups) for groups in dict.fromkeys(_ways(asked.plan, states))), asked.lacking, lacks)


def _states(bare: Case, asked: Asked) -> tuple[dict[str, bool | None], frozenset[Lack]]:
    """Return for each group whether the customer is in it, None where lacking facts decide, and those facts."""
    states: dict[str, bool | None] = {}
    lacks: set[Lack] = set()
    for name, group in asked.plan.groups.items():
        state = bare.holds(group.when).value if group.when is not None else False
        if state is None and group.when is not None:
            causes = causes_of(bare, group.when, asked.lacking)
            if not causes:
                state = False
            elif asked.groups is not None:
                state = name in asked.groups
            else:
                lacks |= {(term, f"groups.{name}") for term in causes}
        states[name] = state
    return states, frozenset(lacks)


def _ways(plan: Plan, states: Mapping[str, bool | None]) -> Iterator[frozenset[str]]:
    """Yield the sets of groups that may be; of two that exclude each other the first, as at the desk."""
    for way in product(*((True, False) if state is None else (state,) for state in states.values())):
        found: list[str] = []
        for name, holds in zip(states, way, strict=True):
            if holds and not set(found) & set(plan.groups[name].exclusive):
                found.append(name)
        yield frozenset(found)


def _in(bare: Case, groups: frozenset[str]) -> Case:
    fact = Fact(groups, Standing.RECORDED)
    return replace(bare, facts={**bare.facts, "group": fact}, values={**bare.values, "group": groups})
