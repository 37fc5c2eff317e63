"""What the plan has done of its own accord after something happened, as the desk asks it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from tantam.desk.plans.running import Facts, RunningPlan
from tantam.desk.plans.ways import PHONE, way_in
from tantam.plan import run
from tantam.plan.errors import NeverOpens
from tantam.plan.run import follow_ups
from tantam.plan.run.follow_ups import CLAUSE, FollowUp
from tantam.plan.sections.typed_policies import text_keys
from tantam.plan.tables.values import Family, Span

CALLED_WITHIN = Span(Family.WORKING, 1)  # somebody is to be called, once it is time for it


def after(plan: RunningPlan, event: str, facts: Facts, happened: datetime) -> tuple[FollowUp, ...]:
    """Return what is to be done after `event`, in the plan's order. Raises UnknownName, BadFact."""
    return follow_ups.follow_ups(plan.plan, event, facts, happened=happened)


def events(plan: RunningPlan) -> frozenset[str]:
    """Return the events that set something off."""
    return follow_ups.events(plan.plan)


def rows_of(plan: RunningPlan, event: str) -> Collection[str]:
    """Return the names of the rows that an event sets off, whoever it is about."""
    table = plan.plan.follow_ups
    return [row.name for row in table.rows if row.labels.get("event") == event] if table else []


def rows(plan: RunningPlan) -> tuple[str, ...]:
    """Return the names of the plan's rows, in its order."""
    table = plan.plan.follow_ups
    return tuple(row.name for row in table.rows) if table else ()


def said(plan: RunningPlan, row: str, lang: str) -> str:
    """Return what is done, and after what, as people read it; "" for a row that the plan has not."""
    table = plan.plan.follow_ups
    found = next((each for each in table.rows if each.name == row), None) if table else None
    if found is None:
        return ""
    does = done(plan, text_keys(found.outputs["do"].text if "do" in found.outputs else ""), lang)
    return f"{event_label(plan, found.labels.get('event', ''), lang)}: {does}"


def texts(plan: RunningPlan, row: str, lang: str) -> list[str]:
    """Return what the plan says in a row of this name; nothing where it says nothing, or has no such row."""
    table = plan.plan.follow_ups
    found = next((each for each in table.rows if each.name == row), None) if table else None
    written = found.outputs["say"].text if found and "say" in found.outputs else ""
    return [plan.text(key, lang) for key in text_keys(written)]


def clause(row: str) -> str:
    """Return where a row stands in the plan."""
    return f"{CLAUSE}#{row}"


def done(plan: RunningPlan, names: Collection[str], lang: str) -> str:
    """Return what is done, as people read it: the plan's labels."""
    return ", ".join(plan.called(name, plan.plan.labels.get(name, {}), lang) for name in names)


def event_label(plan: RunningPlan, event: str, lang: str) -> str:
    """Return what happened, as people read it."""
    from tantam.plan.publish.contents import naming  # what publishes is not loaded by whoever only works
    from tantam.plan.publish.speech import Speech

    return naming.event(Speech(plan.plan, lang), event)


def called_by(plan: RunningPlan, start: datetime) -> datetime:
    """Return by when somebody is called whose time for it has come at `start`; aware, UTC."""
    channel = plan.plan.channels.get(way_in(plan, PHONE))
    hours = (channel.hours if channel else "") or plan.plan.promises.clock
    try:
        return run.due_at(plan.plan, start, CALLED_WITHIN, hours).astimezone(UTC)
    except NeverOpens:
        return run.due_at(plan.plan, start, CALLED_WITHIN, "").astimezone(UTC)


__all__ = [
    "FollowUp",
    "after",
    "called_by",
    "clause",
    "done",
    "event_label",
    "events",
    "rows",
    "rows_of",
    "said",
    "texts",
]
