"""The one shape of an event in columns: what Parquet keeps, what measures, replay and pages read as `event`."""

from __future__ import annotations

DESK = "desk"  # the source of what happened at this desk; any other names an imported log
OF_A_DELIVERY = "delivery"  # the kind of promise that the day of a delivery is

COLUMNS = {
    "source": "VARCHAR",  # DESK, or the name of an imported log
    "id": "BIGINT",  # sorts the events of one case; unique in its source
    "case_id": "BIGINT",  # > 0 at the desk, < 0 imported: never the same for two cases
    "instant": "TIMESTAMP",  # UTC
    "code": "VARCHAR",  # docs/reference/events.md
    "actor": "VARCHAR",  # person, customer, plan
    "person": "VARCHAR",  # who did it: an id at the desk, `source/name` if imported
    "version": "INTEGER",  # the plan version that counted; NULL if imported
    "clause": "VARCHAR",  # "" where no clause says so
    "handling_seconds": "INTEGER",
    "reference": "VARCHAR",  # opened: the case's name for people; bought: the product's number
    "customer": "VARCHAR",  # opened, bought: an id at the desk, `source/name` if imported
    "purchase": "VARCHAR",  # opened: what it is about, if known; bought: its number
    "channel": "VARCHAR",
    "topic": "VARCHAR",
    "stage": "VARCHAR",
    "severity": "VARCHAR",
    "language": "VARCHAR",
    "groups": "VARCHAR[]",  # opened: the customer's groups as they were then; NULL unknown
    "facts": "VARCHAR",  # opened: JSON {term: fact text} as told; of an imported case all that the log knows
    "recorded": "VARCHAR",  # opened: JSON {term: fact text} that was on record
    "level": "VARCHAR",  # opened, taken, handed_over, escalated: where the case is from now on
    "owner": "VARCHAR",  # taken, handed_over: like person; NULL for nobody
    "reason": "VARCHAR",  # escalated
    "promise": "BIGINT",
    "kind": "VARCHAR",  # of a promise
    "clock": "VARCHAR",  # promised: the clock that it runs on; "" is calendar time
    "due": "TIMESTAMP",  # UTC
    "minutes": "DOUBLE",  # kept, fulfilled: how long it took on its own clock
    "minutes_late": "DOUBLE",  # broken, fulfilled
    "claim": "BIGINT",
    "policy": "VARCHAR",
    "outcome": "VARCHAR",
    "minor": "BIGINT",  # granted, bought: money in whole minor units
    "currency": "VARCHAR",
}


def create(table: str = "event") -> str:
    """Return the statement that makes an empty table of events in DuckDB."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    return f"CREATE TABLE {table} ({columns})"
