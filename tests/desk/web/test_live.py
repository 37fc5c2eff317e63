"""What open pages ask again: nothing new costs nothing, what happened changes the mark, colleagues see each other."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases.models import Looking
from tantam.desk.web import live_mark
from tests.support.clock import StandingClock
from tests.support.desk import opened


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    live_mark.forget()


def test_nothing_new_is_told_without_a_body(agent: Client, hoa: Any, connection_queries: Any) -> None:
    opened(hoa)
    first = agent.get("/desk/live/")
    assert first.status_code == 200 and first.headers["ETag"]
    again = agent.get("/desk/live/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    assert connection_queries(lambda: agent.get("/desk/live/")) <= 3  # session, person, plan: the mark is known


def test_who_asks_for_events_is_given_one_and_told_when_to_come_again(agent: Client, hoa: Any) -> None:
    opened(hoa)
    first = agent.get("/desk/live/", headers={"Accept": "text/event-stream"}).content.decode()
    assert first.startswith("retry: 4000\n\nid: ") and "event: changed" in first
    mark = first.split("id: ")[1].split("\n")[0]
    again = agent.get("/desk/live/", headers={"Accept": "text/event-stream", "Last-Event-ID": mark}).content.decode()
    assert again == "retry: 4000\n\n"


def test_an_event_and_a_new_minute_change_the_mark(agent: Client, hoa: Any, clock: StandingClock) -> None:
    marks = [agent.get("/desk/live/").headers["ETag"]]
    opened(hoa)
    live_mark.forget()
    marks.append(agent.get("/desk/live/").headers["ETag"])
    clock.forward(minutes=1)
    marks.append(agent.get("/desk/live/").headers["ETag"])
    assert len(set(marks)) == 3


def test_the_part_that_moves_comes_alone(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    part = agent.get("/desk/?view=all", headers={"X-Live": "list"}).content.decode()
    assert f'id="case-{case.pk}"' in part and "<html" not in part and 'id="ib-list"' in part
    assert 'id="ib-owed" data-owed="1"' in part  # the number above the list moves with it


def test_two_colleagues_see_each_other_within_one_question(agent: Client, sign_in: Any, staff: Any, hoa: Any) -> None:
    case, nam = opened(hoa), sign_in(staff.colleague)
    address = f"/desk/cases/{case.pk}/looking/"
    assert agent.post(address).json()["said"] == ""
    assert nam.post(address, {"typing": "1"}).json() == {
        "said": "Mai has this open too",
        "typing": False,
        "mark": live_mark.of_case(case),
    }
    assert agent.post(address).json()["said"] == "Nam is answering"
    assert "Nam is answering" in agent.get(f"/desk/cases/{case.pk}/").content.decode()
    assert nam.post(address, {"leaves": "1"}).status_code == 204
    assert agent.post(address).json()["said"] == ""


def test_standing_still_writes_nothing(agent: Client, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    agent.post(f"/desk/cases/{case.pk}/looking/")
    seen = Looking.objects.get().seen_at
    clock.forward(minutes=0)
    agent.post(f"/desk/cases/{case.pk}/looking/")
    assert Looking.objects.get().seen_at == seen


def test_outsiders_see_nobody(outsider: Client, hoa: Any) -> None:
    case = opened(hoa)
    assert outsider.post(f"/desk/cases/{case.pk}/looking/").status_code == 404
    assert Looking.objects.count() == 0
