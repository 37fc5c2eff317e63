"""The same seed makes the same year: whoever runs the demo again meets the same company."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from tantam.desk.cases.models import Case, CaseEvent, Message, Promise
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.demo.load import Size, load
from tests.support.sources import ROOT

UNTIL = datetime(2026, 5, 20, 4, 30, tzinfo=UTC)  # a Wednesday, half past eleven in the morning
TINY = Size(customers=15, purchases=40, cases=20, fresh=2)


@pytest.mark.django_db
def test_same_seed_makes_the_same_year() -> None:
    years = []
    for _ in range(2):
        with transaction.atomic():
            load(ROOT / "plans/ben-xuan", UNTIL, size=TINY)
            years.append(_what_happened())
            transaction.set_rollback(True)
    assert years[0] == years[1]


def _what_happened() -> list[Any]:
    """Return the year without what is random by intent: ids, references, keys."""
    events = CaseEvent.objects.order_by("at", "case__opened_at", "id")
    return [
        sorted(Customer.objects.values_list("name", "kind", "language", "address", "birth_year", "since")),
        sorted(Purchase.objects.values_list("number", "customer__name", "product__sku", "ordered_at")),
        sorted(Case.objects.values_list("opened_at", "subject", "severity", "level", "status", "owner__name")),
        sorted(Message.objects.values_list("written_at", "direction", "channel")),
        sorted(Promise.objects.values_list("made_at", "kind", "due_at", "state", "clause")),
        list(events.values_list("at", "code", "actor", "clause", "handling_seconds")),
    ]
