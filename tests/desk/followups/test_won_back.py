"""Of the lost whom we wrote to or called it is counted who bought again, as soon as the plan says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tantam.desk.common import clock as clocks
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.followups.access import won_back
from tantam.desk.followups.models import FollowUp
from tests.support import desk

WITHIN = timedelta(days=60)
State = FollowUp.State


def followed(of: Customer, days: int, **fields: object) -> FollowUp:
    """A letter to a lost customer so many days ago."""
    now = clocks.now()
    usual = {"row": "back", "event": "silent", "state": State.SENT, "done_at": now - timedelta(days=days)}
    return FollowUp.objects.create(
        customer=of,
        subject=f"customer:{of.pk}:{days}",
        plan_version=desk.in_force().row,
        happened_at=now - timedelta(days=400),
        due_at=now - timedelta(days=days),
        **usual | fields,
    )


def bought(of: Customer, days: int) -> Purchase:
    return desk.purchase(of, days_ago=days, number=f"BX-{days}-{of.pk % 1_000_000}")


def counted(staff: desk.Staff) -> dict[str, tuple[int, int]]:
    return won_back(staff.manager, clocks.now() - timedelta(days=365), WITHIN)


@pytest.mark.parametrize(("days", "won"), [(101, 0), (99, 1), (41, 1), (39, 0)])
def test_who_buys_after_it_and_in_time_is_won_back(hoa: Customer, staff: desk.Staff, days: int, won: int) -> None:
    followed(hoa, 100)
    bought(hoa, days)
    assert counted(staff) == {"back": (won, 1)}


def test_customer_counts_once_however_often_they_were_asked_and_bought(hoa: Customer, staff: desk.Staff) -> None:
    followed(hoa, 100)
    followed(hoa, 70)
    bought(hoa, 60)
    bought(hoa, 50)
    followed(desk.customer("Lâm", "lam@example.com"), 90)
    assert counted(staff) == {"back": (1, 2)}


@pytest.mark.parametrize("fields", [{"state": State.WITHHELD, "done_at": None}, {"event": "resolved"}])
def test_who_was_not_asked_or_not_lost_is_not_counted(
    hoa: Customer, staff: desk.Staff, fields: dict[str, object]
) -> None:
    followed(hoa, 100, **fields)
    bought(hoa, 90)
    assert counted(staff) == {}


def test_outsiders_and_provider_s_people_are_told_nothing(hoa: Customer, staff: desk.Staff) -> None:
    followed(hoa, 100)
    assert won_back(staff.outsider, clocks.now() - WITHIN * 3, WITHIN) == {}


def test_page_says_how_many_and_of_how_many(hoa: Customer, staff: desk.Staff, client: Client) -> None:
    followed(hoa, 80)
    bought(hoa, 70)
    client.force_login(staff.manager)
    page = client.get("/desk/follow-ups/", {"lang": "en"}).content.decode()
    assert "1 of 1 bought again within 60 days" in page
