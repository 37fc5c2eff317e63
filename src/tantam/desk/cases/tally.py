"""Counts of the inbox that stay cheap: each ends at MOST, so that no count reads more than so many rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from tantam.desk.cases.models import Case
from tantam.desk.cases.soon import SOON

MOST = 500  # shown as 499+


@dataclass(frozen=True, slots=True)
class Bounds:
    """Until when something is due within the hour, and today; the company's day ends at its midnight."""

    now: datetime
    hour: datetime
    evening: datetime

    def stands(self, case: Case) -> str:
        """Return the group that a case stands in."""
        if not case.is_under_way:
            return "done"
        if case.snoozed_at is not None:
            return "asleep"
        if case.status == Case.Status.WAITING:
            return "waiting"
        return self._by_time(case.next_due_at)

    def _by_time(self, due: datetime | None) -> str:
        if due is None:
            return "later"
        if due < self.now:
            return "overdue"
        if due < self.hour:
            return "hour"
        return "today" if due < self.evening else "later"

    def parts(self, code: str) -> tuple[Q, ...]:
        """Return the conditions on open cases that make a group; each is one stretch of the index."""
        end = max(self.hour, self.evening)
        match code:
            case "overdue":
                return (Q(next_due_at__lt=self.now),)
            case "hour":
                return (Q(next_due_at__gte=self.now, next_due_at__lt=self.hour),)
            case "today":
                return (Q(next_due_at__gte=self.hour, next_due_at__lt=end),)
        return Q(next_due_at__gte=end), Q(next_due_at=None)


def shown(number: int) -> str:
    """Return a count as it is written: `12`, and `499+` for what was not counted further."""
    return f"{MOST - 1}+" if number >= MOST else str(number)


def bounds(now: datetime, zone: str) -> Bounds:
    """Return the bounds at `now` (aware) in a time zone."""
    tomorrow = now.astimezone(ZoneInfo(zone)) + timedelta(days=1)
    return Bounds(now, now + SOON, tomorrow.replace(hour=0, minute=0, second=0, microsecond=0))


def counts(asked: Mapping[str, tuple[QuerySet[Case], ...]]) -> dict[str, int]:
    """Return how many cases each name has, MOST at the most: the sum over its lists, which share none. One query."""
    statements, values = [], []
    for name, lists in asked.items():
        for each in lists:
            try:
                statement, given = each.order_by().values("pk")[:MOST].query.sql_with_params()
            except EmptyResultSet:  # somebody for whom there are none
                continue
            statements.append(f"SELECT %s AS name, count(*) AS n FROM ({statement}) AS listed")
            values += [name, *given]
    found = dict.fromkeys(asked, 0)
    for name, number in _rows(" UNION ALL ".join(statements), values):
        found[name] = min(MOST, found[name] + number)
    return found


def _rows(statement: str, values: list[Any]) -> list[tuple[str, int]]:
    if not statement:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
