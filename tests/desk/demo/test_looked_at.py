"""Of the example's conversations some were looked at: the page of reviews has what was found, and what still waits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from tantam.desk.cases.models import CaseEvent
from tantam.desk.demo import looked_at
from tantam.desk.demo.load import Size, load
from tantam.desk.reviews.models import Review
from tests.support.sources import ROOT

UNTIL = datetime(2026, 5, 20, 4, 30, tzinfo=UTC)
SMALL = Size(customers=40, purchases=80, cases=110, fresh=6)


@pytest.mark.django_db
def test_some_were_good_some_wait_and_each_has_its_events(monkeypatch: Any) -> None:
    monkeypatch.setattr(looked_at, "FEWEST", 0)
    with transaction.atomic():
        load(ROOT / "plans/ben-xuan", UNTIL, size=SMALL)
    states = list(Review.objects.values_list("state", "good"))
    assert (Review.State.DONE, True) in states and (Review.State.WAITING, None) in states
    assert CaseEvent.objects.filter(code="quality_drawn").count() == len(states)
    done = [each for each in states if each[0] == Review.State.DONE]
    assert CaseEvent.objects.filter(code="quality_reviewed").count() == len(done)
    assert not CaseEvent.objects.filter(at__gt=UNTIL).exists()
