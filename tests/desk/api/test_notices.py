"""Whoever a token acts as reads what concerns them, and notes that they did; nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.api import rates
from tantam.desk.cases.actions import add_note
from tantam.desk.common import work
from tantam.desk.customers.models import Customer
from tantam.desk.notices.models import Notice
from tests.desk.api.world import token_of
from tests.support import desk


@pytest.fixture(autouse=True)
def forget() -> Any:
    yield
    rates.forget()


@pytest.fixture
def told(hoa: Customer, staff: desk.Staff) -> desk.Staff:
    """The agent was named in a note of each of two cases."""
    for _each in range(2):
        add_note(desk.opened(hoa), staff.colleague, f"@{staff.agent.name} xem giúp.")
    while work.run_due():
        pass
    return staff


def _ask(person: Any, what: str = "", method: str = "get", **query: Any) -> Any:
    client = Client(headers={"Authorization": f"Bearer {token_of(person)}", "Accept-Language": "en"})
    return getattr(client, method)(f"/api/v1/notices{what}", query)


def test_ones_own_stand_newest_first_a_page_at_a_time(told: desk.Staff) -> None:
    mine = list(Notice.objects.filter(person=told.agent).order_by("-id").values_list("pk", flat=True))
    assert len(mine) >= 2
    page = _ask(told.agent, limit=1).json()
    assert [each["id"] for each in page["items"]] == [str(mine[0])] and page["items"][0]["title"]
    rest = _ask(told.agent, cursor=page["next"]).json()
    assert [each["id"] for each in rest["items"]] == [str(each) for each in mine[1:]] and rest["next"] == ""


def test_read_is_read_and_nobody_reads_anothers(told: desk.Staff) -> None:
    mine = Notice.objects.filter(person=told.agent).order_by("-id")
    first, count = mine[0], mine.count()
    assert _ask(told.colleague, f"/{first.pk}/read", "post").status_code == 404
    assert _ask(told.agent, f"/{first.pk}/read", "post").json()["read_at"]
    assert len(_ask(told.agent, unread="true").json()["items"]) == count - 1
    assert _ask(told.agent, "/read", "post").json() == {"read": count - 1}
    assert _ask(told.agent, unread="true").json()["items"] == []
