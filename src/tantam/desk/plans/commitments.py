"""What the plan promises everybody, as sentences that its customers read; each with the clauses that make it so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from tantam.desk.plans.running import RunningPlan
from tantam.plan import run
from tantam.plan.run.cells import cell_value
from tantam.plan.tables.types import Duration
from tantam.plan.tables.values import Every, Family, Span

SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Commitment:
    """A sentence. clauses: the addresses that made its promises; anchor: its place in the published plan."""

    words: str
    clauses: frozenset[str]
    anchor: str


def times_promised(plan: RunningPlan, lang: str, uses: Mapping[str, int]) -> tuple[Commitment, ...]:
    """Return each kind of promise with its times. uses: how often each clause was used, for what is usual.

    What repeats is owed in some cases only, and no sentence for everybody.
    """
    found = ((kind, _times(plan, kind)) for kind in plan.plan.promises.labels)
    with override(lang):
        return tuple(
            Commitment(_sentence(plan.promise_label(kind, lang), times, uses, lang), frozenset(times), "promises")
            for kind, times in found
            if times
        )


def policies_promised(plan: RunningPlan, lang: str, clauses: Mapping[str, Any]) -> tuple[Commitment, ...]:
    """Return what the policies commit us to, in the plan's own words; of `clauses` those that stand under each."""
    named = ((f"policies.{name}", plan.commitment(name, lang)) for name in plan.policies())
    return tuple(
        Commitment(words, frozenset(each for each in clauses if each.startswith(f"{address}.")), address)
        for address, words in named
        if words
    )


def how_often(plan: RunningPlan, kind: str, clause: str, lang: str) -> str:
    """Return how often what the row at `clause` promises is owed anew: "every hour"; "" for what is owed once."""
    within = _within(plan, kind).get(clause)
    return run.aloud(within, lang) if isinstance(within, Every) else ""


def _times(plan: RunningPlan, kind: str) -> dict[str, Span]:
    """Return the time that each row for this kind promises once, by the row's address."""
    return {address: value for address, value in _within(plan, kind).items() if isinstance(value, Span)}


def _within(plan: RunningPlan, kind: str) -> dict[str, object]:
    """Return what each row for this kind says under `within`, by the row's address."""
    rows = ((table, row) for table in plan.plan.promises.tables for row in table.only("promise", kind).rows)
    return {
        f"{table.name}#{row.name}": cell_value(plan.plan, row.outputs["within"].text, Duration(None))
        for table, row in rows
        if "within" in row.outputs
    }


def _sentence(kind: str, times: Mapping[str, Span], uses: Mapping[str, int], lang: str) -> str:
    usual = times[max(times, key=lambda each: uses.get(each, 0))]
    longest = max(times.values(), key=_length)
    said = {"what": kind, "usual": run.aloud(usual, lang), "longest": run.aloud(longest, lang)}
    if _length(usual) == _length(longest):
        return _("%(what)s: within %(longest)s at the latest") % said
    return _("%(what)s: usually within %(usual)s, within %(longest)s at the latest") % said


def _length(span: Span) -> float:
    """Return about how many days a time lasts, for what is longer."""
    return span.key / SECONDS_A_DAY if span.family is Family.EXACT else span.key
