"""One imported case, as it was: it has no row in the database, only its events."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tantam.desk.reports.reading import past

MOST_EVENTS = 1000
# What events.md calls arguments, by column; an instant is written as events write it.
_ARGUMENTS = (
    "channel", "topic", "stage", "severity", "language", "level", "owner", "reason", "kind", "clock", "due",
    "minutes", "minutes_late", "claim", "policy", "outcome", "minor", "currency", "promise",
)  # fmt: skip
_STORY = f"""
SELECT id, instant, code, actor, person, clause, customer, groups, facts, {", ".join(_ARGUMENTS)}
FROM event
WHERE source = $source AND case_id = (
    SELECT min(case_id) FROM event WHERE source = $source AND code = 'opened' AND reference = $reference
)
ORDER BY instant, id
LIMIT {MOST_EVENTS}
"""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event, as case_event would keep it. person_id: `source/name`, or "". args: as in docs/reference/events.md."""

    at: datetime
    code: str
    actor: str
    person_id: str
    clause: str
    args: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """An imported case. customer: `source/name`, or "". facts: {term: fact text} as far as the log knows them."""

    source: str
    reference: str
    customer: str
    groups: tuple[str, ...]
    facts: dict[str, str]
    events: tuple[Happened, ...] = field(default_factory=tuple)


def story(source: str, reference: str) -> Story | None:
    """Return an imported case with its events in their order, at most 1000; None if there is none."""
    rows = past().rows(_STORY, {"source": source, "reference": reference})
    if not rows:
        return None
    first = next((row for row in rows if row[2] == "opened"), rows[0])
    customer, groups, facts = first[6:9]
    return Story(
        source=source,
        reference=reference,
        customer=customer or "",
        groups=tuple(groups or ()),
        facts=json.loads(facts) if facts else {},
        events=tuple(_happened(row) for row in rows),
    )


def _happened(row: Any) -> Happened:
    _, instant, code, actor, person, clause, _, _, _, *values = row
    args = {name: _written(value) for name, value in zip(_ARGUMENTS, values, strict=True) if value not in (None, "")}
    return Happened(instant.replace(tzinfo=UTC), code, actor, person or "", clause or "", args)


def _written(value: Any) -> Any:
    return value.replace(tzinfo=UTC).isoformat() if isinstance(value, datetime) else value
