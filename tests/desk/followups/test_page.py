"""The page of follow-ups: the rows of a period, one state of them, leaf by leaf, however many there are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tantam.desk.common import clock
from tantam.desk.customers.models import Customer
from tantam.desk.followups.models import FollowUp
from tests.support import desk

HERE = "web:follow_ups"


@pytest.fixture
def made(hoa: Customer, staff: desk.Staff, client: Client, monkeypatch: pytest.MonkeyPatch) -> list[FollowUp]:
    """Five follow-ups, the last due today, the others each a day before; two stand on a leaf."""
    monkeypatch.setattr("tantam.desk.web.follow_up_page.MOST_ROWS", 2)
    client.force_login(staff.manager)
    now, plan = clock.now(), desk.in_force()
    return [
        FollowUp.objects.create(
            customer=hoa,
            row="listen",
            event="resolved",
            subject=f"case:{days}",
            plan_version=plan.row,
            happened_at=now - timedelta(days=days + 7),
            due_at=now - timedelta(days=days),
            state=FollowUp.State.SENT,
        )
        for days in range(5)
    ]


def test_rows_are_read_leaf_by_leaf(made: list[FollowUp], client: Client) -> None:
    leaves = [_shown(client, {"from": str(start)}, made) for start in (0, 2, 4)]
    assert leaves == [made[:2], made[2:4], made[4:]]


def test_period_and_state_stay_on_every_leaf(made: list[FollowUp], client: Client) -> None:
    FollowUp.objects.filter(pk=made[0].pk).update(state=FollowUp.State.WITHHELD)
    page = client.get(reverse(HERE), {"days": "30", "state": "sent"}).content.decode()
    assert "?days=30&amp;state=sent&amp;from=2#rows" in page
    assert _shown(client, {"days": "30", "state": "sent"}, made) == made[1:3]


@pytest.mark.parametrize(("days", "chosen"), [("365", 365), ("30", 30), ("31", 90), ("often", 90), ("", 90)])
def test_address_names_one_of_three_periods(
    days: str, chosen: int, hoa: Customer, staff: desk.Staff, client: Client
) -> None:
    client.force_login(staff.manager)
    page = client.get(reverse(HERE), {"days": days}).content.decode()
    assert f'<option value="{chosen}" selected>' in page


def _shown(client: Client, asked: dict[str, Any], made: list[FollowUp]) -> list[FollowUp]:
    page = client.get(reverse(HERE), asked).content.decode()
    return [each for each in made if reverse("web:follow_up_note", args=[each.pk]) in page]
