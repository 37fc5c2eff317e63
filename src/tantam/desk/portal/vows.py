"""What the company promises and how well it kept that lately: real figures, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tantam.desk import reports
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.commitments import Commitment, policies_promised, times_promised
from tantam.desk.reports import Stretch
from tantam.history.measures import Kept, together

FEWEST = 10  # below this, a share says more about chance than about us
TIMES, POLICIES = 2, 3  # how many of each the first page has room for


@dataclass(frozen=True, slots=True)
class Vow:
    """One promise, in a sentence. kept, total: of those that ended; anchor: its place in the published plan."""

    words: str
    kept: int
    total: int
    anchor: str


def vows(plan: RunningPlan, lang: str, stretch: Stretch) -> tuple[Vow, ...]:
    """Return what the plan promises with what was kept in that time: the times first, then the policies' own words."""
    ended = reports.figures().kept_by_clause(stretch)
    counts = {clause: each.n for clause, each in ended.items()}
    times = (_vow(each, ended) for each in times_promised(plan, lang, counts))
    policies = (_vow(each, ended) for each in policies_promised(plan, lang, ended))
    return (*_largest(times, TIMES), *_largest(policies, POLICIES))


def _vow(made: Commitment, ended: Mapping[str, Kept]) -> Vow:
    found = together(ended[each] for each in made.clauses if each in ended)
    return Vow(made.words, found.kept, found.n, made.anchor)


def _largest(found: Iterable[Vow], most: int) -> list[Vow]:
    """Return those with enough behind them, the most frequent first."""
    return sorted((each for each in found if each.total >= FEWEST), key=lambda vow: -vow.total)[:most]
