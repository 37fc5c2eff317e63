"""Needs, goals, measures and the review, typed: targets and alarms as bounds in their measure's own unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.plan.sections.aims import Measure as Written
from tantam.plan.sections.aims import Need as WrittenNeed
from tantam.plan.sections.bounds import Bound, read_alarm, read_bound, read_minutes
from tantam.plan.sections.clauses import Goal, Measure, Need, Policy, Promises, Review
from tantam.plan.sections.counted import COUNTED
from tantam.plan.sections.document import Document
from tantam.plan.sections.draft import Draft
from tantam.plan.tables.tokens import as_here
from tantam.plan.words import Key

DIRECTIONS = {"higher": "up", "more": "up", "lower": "down", "less": "down"}


def build_needs(draft: Draft) -> dict[str, Need]:
    """Return what customers need."""
    return {
        name: Need(
            name,
            draft.key_place("needs", name),
            draft.words(
                each.words or each.label or each.name or (each.pain if isinstance(each.pain, str | dict) else None)
            ),
            _weight(draft, name, each),
        )
        for name, each in (draft.document.needs or {}).items()
    }


def _weight(draft: Draft, name: str, each: WrittenNeed) -> str:
    """Return how much a need weighs, as written; a number as other countries write it is refused."""
    for key in ("weight", "importance", "priority"):
        if got := str(getattr(each, key) or ""):
            if here := as_here(got.strip()):
                draft.wrong("S18", ("needs", name, key), got=got[:40], allowed=here[:40])
            return got
    return ""


def build_measures(draft: Draft) -> dict[str, Measure]:
    """Return how the plan says that things are counted; the names in them are checked with all references."""
    return {name: _measure(draft, name, each) for name, each in (draft.document.measures or {}).items()}


def _measure(draft: Draft, name: str, each: Written) -> Measure:
    of = each.of or name
    known = COUNTED.get(of)
    within = None if each.within is None else read_minutes(each.within)
    if each.within is not None and within is None:
        draft.wrong("S04", ("measures", name, "within"), got=f"“{each.within}”", allowed=Key("A_span"))
    alarm = read_alarm(each.alarm, known.unit, known.direction) if known and each.alarm else None
    return Measure(
        name,
        draft.key_place("measures", name),
        of=of,
        label=draft.words(each.label or each.name),
        words=draft.words(each.words or each.about),
        unit=each.unit or "",
        direction=DIRECTIONS.get(each.direction or "", each.direction or ""),
        clock=each.clock or "",
        exclusions=tuple(each.exclusions or each.excludes or ()),
        within=within,
        topics=tuple(each.topics or ()),
        outcomes=tuple(each.outcomes or ()),
        promise=each.promise or "",
        alarm=alarm if isinstance(alarm, Bound) else None,
        alarm_written=each.alarm or "",
    )


def outcomes_of(policies: Mapping[str, Policy]) -> list[str]:
    """Return the outcomes that policies can have, each alone and as `policy.outcome`."""
    found: dict[str, None] = {}
    for name, policy in policies.items():
        rows = policy.decides.rows if policy.decides else ()
        named = [row.outputs["outcome"].text for row in rows if "outcome" in row.outputs]
        for outcome in [*policy.outcomes, *named]:
            found |= {outcome: None, f"{name}.{outcome}": None}
    return list(found)


def kinds_of(promises: Promises) -> list[str]:
    """Return the kinds of promises that the plan makes."""
    rows = (row for table in promises.tables for row in table.rows)
    return list(
        dict.fromkeys([*(row.labels["promise"] for row in rows if row.labels.get("promise")), *promises.labels])
    )


def build_goals(draft: Draft, measures: Mapping[str, Measure]) -> dict[str, Goal]:
    """Return the goals, each with its target as a bound where it can be compared."""
    found = {}
    for name, each in (draft.document.goals or {}).items():
        measure = measures.get(each.measure)
        known = COUNTED.get(measure.of if measure else each.measure)
        bound = read_bound(each.target, known.unit, known.direction) if known else None
        found[name] = Goal(
            name,
            draft.place("goals", name),
            draft.words(each.aim),
            each.measure,
            each.target,
            bound=bound if isinstance(bound, Bound) else None,
            groups=tuple(each.group or ()),
            stages=listed(each.stage),
            date=each.date or each.by or "",
        )
    return found


def build_review(written: Document) -> Review:
    """Return when the plan itself is looked at again."""
    spec = written.review
    if spec is None:
        return Review()
    triggers = spec.triggers if isinstance(spec.triggers, list) else [spec.triggers] if spec.triggers else []
    return Review(spec.cadence or spec.every or "", listed(spec.owners or spec.owner), tuple(triggers))


def listed(value: Any) -> tuple[str, ...]:
    """Return a list, or names with commas between, as names."""
    if isinstance(value, list):
        return tuple(map(str, value))
    return tuple(each.strip() for each in str(value).split(",")) if value else ()
