"""What a check is: the codes that it may find, how much each weighs, and the function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.sections.plan import Plan

PAGE = "docs/reference/findings.md"
ERROR = (Severity.ERROR,)
WARNING = (Severity.WARNING,)
NOTE = (Severity.NOTE,)

Weights = tuple[Severity, ...]


def nothing_by_day(_plan: Plan, _today: date) -> Iterable[Finding]:
    """Find nothing: for checks that do not depend on the day."""
    return ()


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    codes: what it may find, each with the weights that it may have, the heaviest first. find: looks at a plan.
    by_day: looks at what depends on the day. optional: its codes whose errors a plan may set aside, because nobody
    is left without an answer by them.
    """

    codes: Mapping[str, Weights]
    find: Callable[[Plan], Iterable[Finding]]
    by_day: Callable[[Plan, date], Iterable[Finding]] = nothing_by_day
    optional: frozenset[str] = frozenset()

    def binds(self, code: str) -> bool:
        """Return whether an error of this code stays one whatever the plan says."""
        return Severity.ERROR in self.codes[code] and code not in self.optional


def is_whole(plan: Plan) -> bool:
    """Return whether the plan is more than a beginning: what one of a few clauses leaves unsaid is no finding yet."""
    return bool(plan.policies and plan.levels and plan.promises.tables)


def finding(code: str, weight: Severity, place: Place, clause: str, **args: Any) -> Finding:
    """Return a finding with its remedy. The argument `shows` is the counterexample: facts, as a reader says them."""
    shows: Mapping[str, str] = args.pop("shows", {})
    return Finding(code, weight, place, clause, args, counterexample=shows, remedy=f"{code}_remedy")


def several(names: Iterable[str], most: int = 12) -> str:
    """Return names with commas between; of very many the first, with how many more there are."""
    found = list(names)
    more = [f"… (+{len(found) - most})"] if len(found) > most else []
    return ", ".join([*found[:most], *more])


def anchor(code: str, weights: Weights) -> str:
    """Return where the page of findings speaks of a code: `docs/reference/findings.md#k10-warning`."""
    return f"{PAGE}#{code.lower()}-{'-or-'.join(weights)}"
