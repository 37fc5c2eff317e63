"""How customers come to us, of the cases that they had: when last, how often, by which channel."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from tantam.desk.cases.models import Case
from tantam.desk.plans import Fact, RunningPlan, Standing

YEAR = timedelta(days=365)
PATHS = frozenset({"customer.last_contact", "customer.usual_channel", "customer.contacts_last_year"})
NEVER: Mapping[str, Fact] = {"customer.contacts_last_year": Fact(0, Standing.RECORDED)}


def habits_of(customers: Collection[int], plan: RunningPlan, now: datetime) -> dict[int, Mapping[str, Fact]]:
    """Return {customer: {path: Fact}} of each customer; one query, none where the plan asks for none of PATHS.

    The usual channel is that of most cases, of several the one used last. Between departments nobody is a customer.
    """
    if not PATHS & plan.sources():
        return {each: {} for each in customers}
    found: dict[int, list[dict[str, Any]]] = {}
    theirs = Case.objects.filter(customer__in=customers, opened_at__lte=now, department="").order_by()
    counted = theirs.values("customer", "channel").annotate(
        number=Count("id"), last=Max("last_at"), lately=Count("id", filter=Q(opened_at__gt=now - YEAR))
    )
    for row in counted:
        found.setdefault(row["customer"], []).append(row)
    return {each: _habits(found[each]) if each in found else NEVER for each in customers}


def _habits(rows: list[dict[str, Any]]) -> Mapping[str, Fact]:
    usual = max(rows, key=lambda row: (row["number"], row["last"], row["channel"]))
    known = {
        "customer.last_contact": max(row["last"] for row in rows),
        "customer.usual_channel": usual["channel"],
        "customer.contacts_last_year": sum(row["lately"] for row in rows),
    }
    return {path: Fact(value, Standing.RECORDED) for path, value in known.items() if value != ""}
