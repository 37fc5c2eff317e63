"""The manager's figures: what they count, that each opens its cases, what an empty desk shows."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from tantam.desk.cases import actions
from tests.support.clock import StandingClock
from tests.support.desk import opened


def kept_and_broken(hoa: Any, staff: Any, clock: StandingClock) -> tuple[Any, Any]:
    """Return a case whose first reply was kept, and one whose was broken and then made good."""
    prompt = opened(hoa, subject="Trả lời kịp")
    clock.forward(minutes=5)
    actions.reply(prompt, staff.agent, "Dạ.")
    late = opened(hoa, subject="Trả lời trễ")
    clock.forward(days=5)
    actions.reply(late, staff.agent, "Dạ, xin lỗi.")
    clock.forward(minutes=1)
    return prompt, late


def test_figures_count_kept_and_broken(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    kept_and_broken(hoa, staff, clock)
    said = manager.get("/desk/measures/").content.decode()
    assert re.search(r"First reply</span><a [^>]*>1 of 2</a>", said)


def test_each_number_opens_its_cases(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    prompt, late = kept_and_broken(hoa, staff, clock)
    for ends, shown, hidden in (("kept", prompt, late), ("broken", late, prompt)):
        said = manager.get(f"/desk/measures/first_reply/cases/?ends={ends}").content.decode()
        assert shown.reference in said and hidden.reference not in said


def test_how_late_a_broken_one_was_done_is_said(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    late = opened(hoa)
    clock.forward(days=5)
    actions.break_promise(late.promises.get(kind="first_reply").pk)
    clock.forward(minutes=1)
    assert "not done yet" in manager.get("/desk/measures/first_reply/cases/?ends=broken").content.decode()
    actions.reply(late, staff.agent, "Dạ, xin lỗi.")
    clock.forward(minutes=1)
    said = manager.get("/desk/measures/first_reply/cases/?ends=broken").content.decode()
    assert "not done yet" not in said and "days late" in said


def test_goals_of_the_plan_stand_beside_reality(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    kept_and_broken(hoa, staff, clock)
    said = manager.get("/desk/measures/").content.decode()
    assert "Keep our word" in said and "≥ 95.0" in said
    assert "missed" in said and "not counted yet" in said


def test_an_empty_desk_says_so(manager: Client) -> None:
    assert "No promise has fallen due in this time." in manager.get("/desk/measures/").content.decode()
    said = manager.get("/desk/measures/promises_kept/cases/?stretch=week&ends=kept").content.decode()
    assert "No promise ended like this in that time" in said


def test_unknown_stretch_is_a_quarter(manager: Client) -> None:
    said = manager.get("/desk/measures/?stretch=century").content.decode()
    assert '<a href="?stretch=quarter" aria-current="true">' in said


def test_queries_do_not_grow_with_the_cases(
    manager: Client, hoa: Any, staff: Any, clock: StandingClock, connection_queries: Any
) -> None:
    for _ in range(4):  # enough for every interval to be asked for
        kept_and_broken(hoa, staff, clock)
    pages = ("/desk/measures/", "/desk/measures/promises_kept/cases/")
    few = [connection_queries(lambda page=page: manager.get(page)) for page in pages]
    for _ in range(3):
        kept_and_broken(hoa, staff, clock)
    assert [connection_queries(lambda page=page: manager.get(page)) for page in pages] == few


def test_a_goals_number_opens_the_cases_of_its_stage(
    manager: Client, hoa: Any, staff: Any, clock: StandingClock
) -> None:
    prompt, _ = kept_and_broken(hoa, staff, clock)
    for stage, found in ((prompt.stage, True), ("nowhere", False)):
        said = manager.get(f"/desk/measures/first_reply/cases/?stage={stage}").content.decode()
        assert (prompt.reference in said) is found
