"""What the plan has done of its own accord after something happened to a customer: which rows, when, and by whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from tantam.plan.run.answers import Because
from tantam.plan.run.case import case_of
from tantam.plan.run.facts import Given
from tantam.plan.run.promises import due_at
from tantam.plan.run.unsaid import PHONE
from tantam.plan.sections import Plan
from tantam.plan.sections.typed_policies import text_keys
from tantam.plan.tables.table import Row
from tantam.plan.tables.values import Family, Span, longest

CLAUSE = "follow_ups"
BY_ITSELF = ("say", "survey", "ask")  # columns of what needs nobody at work
# What only a person does, in the name of what is done (`call_customer`) or in its label.
_IN_PERSON = re.compile(
    r"\b(?:calls?|calling|phones?|rings?|visits?|visiting|meets?|talks?|speaks?"
    r"|anruf\w*|ruf(?:en|t)|besuch\w*|treff\w*|sprech\w*|telefonier\w*"
    r"|gọi|goi|thăm|tham|nói chuyện)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A row that says something to this customer. row: its name. due: aware, UTC. do: as written, one name or several.

    by, channel: names in the plan, or "". say: keys of the plan's texts. in_person: somebody must call or go there.
    """

    row: str
    event: str
    due: datetime
    do: tuple[str, ...]
    by: str
    channel: str
    say: tuple[str, ...]
    in_person: bool
    because: Because


def follow_ups(plan: Plan, event: str, facts: Given, *, happened: datetime) -> tuple[FollowUp, ...]:
    """Return what is to be done after `event`, which happened at `happened` (aware), in the plan's order.

    A row that needs an unknown fact is left out, and so is one without a time. Raises UnknownName, BadFact.
    """
    table = plan.follow_ups
    if table is None or event not in events(plan):
        return ()
    case = case_of(plan, facts, now=happened)
    fired = plan.compiled_only(table, "event", event)(case.values)
    found = []
    for row, outputs in zip(fired.rows, fired.results, strict=True):
        span = longest(outputs.get("after"))
        if span is not None:
            found.append(_follow_up(plan, row, event, _due(plan, happened, span)))
    return tuple(found)


def events(plan: Plan) -> frozenset[str]:
    """Return the events that set something off."""
    rows = plan.follow_ups.rows if plan.follow_ups else ()
    return frozenset(row.labels.get("event", "") for row in rows)


def is_in_person(plan: Plan, row: Row) -> bool:
    """Return whether what a row says is a call or a visit, by its channel, name or label; no text, no survey."""
    if any(each in row.outputs for each in BY_ITSELF):
        return False
    channel = _written(row, "channel")
    return channel in PHONE or (not channel and sounds_in_person(plan, row))


def sounds_in_person(plan: Plan, row: Row) -> bool:
    """Return whether the name of what a row does, or its label, is of something that only a person does."""
    does = _written(row, "do")
    said = [does.replace("_", " "), *plan.labels.get(does, {}).values()]
    return any(_IN_PERSON.search(each) for each in said)


def _due(plan: Plan, happened: datetime, span: Span) -> datetime:
    clock = plan.promises.clock if span.family is Family.WORKING else ""
    return due_at(plan, happened, span, clock).astimezone(UTC)


def _follow_up(plan: Plan, row: Row, event: str, due: datetime) -> FollowUp:
    args = {"event": event, "do": _written(row, "do"), "after": _written(row, "after")}
    return FollowUp(
        row=row.name,
        event=event,
        due=due,
        do=tuple(text_keys(_written(row, "do"))),
        by=_written(row, "by"),
        channel=_written(row, "channel"),
        say=tuple(text_keys(_written(row, "say"))),
        in_person=is_in_person(plan, row),
        because=Because(plan.name, f"{CLAUSE}#{row.name}", row.name, "B_follow_up", args=args, plan=plan),
    )


def _written(row: Row, column: str) -> str:
    return row.outputs[column].text if column in row.outputs else ""
