"""Replays a plan over past cases with the very functions that place and promise at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from tantam.plan.sections import Plan
from tantam.plan.whatif.claims import Rulings
from tantam.plan.whatif.fates import Fates
from tantam.plan.whatif.judge import Judged, judge
from tantam.plan.whatif.known import Noted, Reader
from tantam.plan.whatif.past_case import PastCase
from tantam.plan.whatif.replayed import Lack, Refused, Replayed, ReplayedCase
from tantam.plan.whatif.worlds import Need

STEP = 500  # cases between two reports of progress


def replay(
    plan: Plan, cases: Iterable[PastCase], *, until: datetime, progress: Callable[[int], None] | None = None
) -> Replayed:
    """Return what the plan would have done. until: history's end, aware. progress: told the cases done, now and then.

    Each case is judged by what was known at its opening; what a reopening makes due counts from the reopening.
    Source: docs/algorithms/replay.md.
    """
    reader, fates, rulings = Reader(plan), Fates(plan, until), Rulings(plan)
    judged: dict[tuple[Any, ...], Judged] = {}
    pasts: dict[int, PastCase] = {}
    found: dict[int, ReplayedCase] = {}
    lacks: dict[Need, list[int]] = {}
    for number, past in enumerate(cases, start=1):
        key, known = reader.read(past)
        said = judged.get(key)
        if said is None:
            said = judged[key] = judge(plan, known, now=past.opened)
        pasts[past.key] = past
        found[past.key] = replace(_replayed(past, said, fates), claims=rulings.of(past))
        for lack in said.lacks:
            lacks.setdefault(lack, []).append(past.key)
        if progress is not None and number % STEP == 0:
            progress(number)
    return _together(plan, until, (pasts, found), lacks, reader.noted)


def _replayed(past: PastCase, said: Judged, fates: Fates) -> ReplayedCase:
    asked = [vows for kind, vows in said.vows.items() if kind not in past.by_contract]
    every = (fates.of(past, number, vows) for number in range(len(past.turns)) for vows in asked)
    stage, severity, level = said.place
    return ReplayedCase(
        past.key,
        stage,
        severity,
        level,
        said.clause,
        tuple(each for each in every if each is not None),
        said.undecided,
        said.lacking,
    )


def _together(
    plan: Plan,
    until: datetime,
    found: tuple[dict[int, PastCase], dict[int, ReplayedCase]],
    lacks: Mapping[Need, list[int]],
    noted: Noted,
) -> Replayed:
    named = [Lack(term, table, tuple(keys)) for (term, table), keys in lacks.items()]
    refused = [Refused(term, got, allowed, tuple(keys)) for (term, got), (allowed, keys) in noted.refused.items()]
    return Replayed(
        plan.name,
        until,
        *found,
        lacks=tuple(sorted(named, key=lambda each: (-len(each.cases), each.term, each.table))),
        refused=tuple(sorted(refused, key=lambda each: (-len(each.cases), each.term, each.got))),
        foreign=dict(sorted(noted.foreign.items())),
        defaults=dict(sorted(noted.defaults.items())),
        currency=plan.currency,
    )
