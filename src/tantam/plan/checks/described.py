"""What a check is: the codes that it may find, how much each weighs, and the function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tantam.plan.errors import Finding, Severity
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


def anchor(code: str, weights: Weights) -> str:
    """Return where the page of findings speaks of a code: `docs/reference/findings.md#k10-warning`."""
    return f"{PAGE}#{code.lower()}-{'-or-'.join(weights)}"
