"""The inbox: what is owed first, counts, pages of it, a fixed number of queries, an empty state that teaches."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from tantam.desk.accounts.models import Role
from tantam.desk.cases import actions
from tantam.desk.web.views import inbox as view
from tests.support.clock import StandingClock
from tests.support.desk import opened


def test_a_case_stands_in_the_view_of_its_level(agent: Client, hoa: Any) -> None:
    case = opened(hoa, subject="Máy giặt kêu to")
    said = agent.get("/desk/").content.decode()
    assert f'id="case-{case.pk}"' in said
    assert "Máy giặt kêu to" in said and "Nguyễn Thị Hoa" in said


def test_mine_holds_only_what_i_took(agent: Client, staff: Any, hoa: Any) -> None:
    mine, other = opened(hoa), opened(hoa)
    actions.take(mine, staff.agent)
    said = agent.get("/desk/?view=mine").content.decode()
    assert f"case-{mine.pk}" in said and f"case-{other.pk}" not in said


def test_overdue_comes_first(agent: Client, hoa: Any, clock: StandingClock) -> None:
    late = opened(hoa)
    clock.forward(days=20)
    fresh = opened(hoa)
    said = agent.get("/desk/?view=all").content.decode()
    assert said.index(f"case-{late.pk}") < said.index(f"case-{fresh.pk}")
    assert 'id="grp-overdue"' in said


def test_waiting_for_the_customer_is_its_own_group(agent: Client, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    actions.ask_customer(case, staff.agent, "Ảnh ạ?")
    said = agent.get("/desk/?view=all").content.decode()
    assert 'id="grp-waiting"' in said and f"case-{case.pk}" in said


def test_empty_view_teaches_what_to_do(agent: Client) -> None:
    assert "Nothing is yours right now" in agent.get("/desk/?view=mine").content.decode()
    assert "Nothing is owed to anybody" in agent.get("/desk/?view=all").content.decode()
    assert "Nothing waits at your level" in agent.get("/desk/?view=level").content.decode()


def test_who_only_reads_is_offered_nothing_to_press(staff: Any, hoa: Any, sign_in: Any) -> None:
    case = opened(hoa)
    staff.agent.role = Role.AUDITOR
    staff.agent.save()
    said = sign_in(staff.agent).get("/desk/?view=all").content.decode()
    assert f"go-{case.pk}" in said and "data-row-key" not in said
    assert "data-looking" not in sign_in(staff.agent).get(f"/desk/cases/{case.pk}/").content.decode()


def test_unknown_view_is_the_first_one(agent: Client, manager: Client) -> None:
    assert "<h1>My level</h1>" in agent.get("/desk/?view=everything").content.decode()
    assert "<h1>My level</h1>" in manager.get("/desk/").content.decode()


def test_long_lists_go_on_where_they_stopped(agent: Client, hoa: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(view, "LIMIT", 2)
    cases = {opened(hoa).pk for _ in range(5)}
    seen: list[int] = []
    address = "/desk/?view=all"
    for _ in range(3):
        said = agent.get(address).content.decode()
        seen += [int(each) for each in re.findall(r'id="case-(\d+)"', said)]
        onward = re.search(r'href="(\?view=all&amp;after=[^"]+)"', said)
        address = "/desk/" + onward[1].replace("&amp;", "&") if onward else address
    assert len(seen) == 5 and set(seen) == cases


def test_queries_do_not_grow_with_the_list(agent: Client, hoa: Any, connection_queries: Any) -> None:
    opened(hoa)
    agent.get("/desk/?view=all")
    few = connection_queries(lambda: agent.get("/desk/?view=all"))
    for _ in range(15):
        opened(hoa)
    agent.get("/desk/?view=all")  # the day's figures are counted anew when something happened, then kept
    assert connection_queries(lambda: agent.get("/desk/?view=all")) == few <= 14


def test_take_stands_in_the_row_and_works_without_a_script(agent: Client, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    answer = agent.post(f"/desk/cases/{case.pk}/take/", {"back": "inbox"}, follow=True)
    case.refresh_from_db()
    assert case.owner == staff.agent
    assert answer.redirect_chain[-1][0] == "/desk/"
