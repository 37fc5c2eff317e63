"""The manager's figures: what they count, that each opens its cases, alarms, what an empty desk and an old log show."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases import actions
from tantam.desk.reports.alarms import watch
from tantam.desk.reports.reading import history
from tantam.history.store import Store
from tests.support import log as imported_log
from tests.support.clock import StandingClock
from tests.support.desk import opened

INCIDENT, MANY = "INC0000045", "many"


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


def read(browser: Client, page: str) -> str:
    """Return a page's HTML."""
    answer = browser.get(page)
    assert answer.status_code == 200
    return answer.content.decode()


def test_figures_count_kept_and_broken(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    kept_and_broken(hoa, staff, clock)
    said = read(manager, "/desk/measures/")
    assert re.search(r"First reply</span>\s*<a [^>]*>\s*1 of 2\s*</a>", said)
    assert re.search(r'href="/desk/measures/promises_kept/\?stretch=quarter"', said)


def test_every_measure_of_the_plan_has_a_cell_that_opens_it(manager: Client, plan: Any) -> None:
    said = read(manager, "/desk/measures/")
    pages = {f"/desk/measures/{name}/" for name in plan.definitions}
    assert {each for each in pages if each in said} == pages and len(pages) >= 10


def test_each_number_opens_its_promises(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    prompt, late = kept_and_broken(hoa, staff, clock)
    for ends, shown, hidden in (("kept", prompt, late), ("broken", late, prompt)):
        said = read(manager, f"/desk/promises/?kind=first_reply&ends={ends}")
        assert shown.reference in said and hidden.reference not in said


def test_how_late_a_broken_one_was_done_is_said(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    late = opened(hoa)
    clock.forward(days=5)
    actions.break_promise(late.promises.get(kind="first_reply").pk)
    clock.forward(minutes=1)
    assert "not done yet" in read(manager, "/desk/promises/?kind=first_reply&ends=broken")
    actions.reply(late, staff.agent, "Dạ, xin lỗi.")
    clock.forward(minutes=1)
    said = read(manager, "/desk/promises/?kind=first_reply&ends=broken")
    assert "not done yet" not in said and "days late" in said


def test_a_clauses_uses_are_listed_once_a_case(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    prompt, _ = kept_and_broken(hoa, staff, clock)
    clause = prompt.events.get(code="opened").clause
    assert clause
    said = read(manager, f"/desk/promises/?ends=used&clause={clause.replace('#', '%23')}")
    assert said.count(prompt.reference) == 1


def test_goals_of_the_plan_stand_beside_reality(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    kept_and_broken(hoa, staff, clock)
    said = read(manager, "/desk/measures/")
    assert "Keep our word" in said and "≥ 95.0" in said
    assert "missed" in said and "not counted yet" in said


def test_a_goals_number_opens_the_cases_of_its_group(manager: Client, plan: Any) -> None:
    said = read(manager, "/desk/measures/")
    assert "/desk/measures/promises_kept/?stretch=quarter&amp;group=elderly" in said


def test_an_empty_desk_says_so(manager: Client) -> None:
    assert "No promise has fallen due in this time." in read(manager, "/desk/measures/")
    assert "No promise ended like this in that time" in read(manager, "/desk/promises/?stretch=week&ends=kept")


def test_unknown_stretch_is_a_quarter(manager: Client) -> None:
    said = read(manager, "/desk/measures/?stretch=century")
    assert '<a href="?stretch=quarter" aria-current="true">' in said


def test_days_that_cannot_be_are_told_in_place(manager: Client) -> None:
    said = read(manager, "/desk/measures/?since=2026-02-30&until=soon")
    assert "“2026-02-30” is no day" in said and 'aria-describedby="since_error"' in said
    assert '<a href="?stretch=quarter" aria-current="true">' in said


def test_an_imported_log_stays_out_until_it_is_asked_for(manager: Client, log: str) -> None:
    year = "since=2017-01-01&until=2017-12-31"
    assert "No promise has fallen due in this time." in read(manager, f"/desk/measures/?{year}")
    for source in (log, ""):
        assert "1 of 1 kept" in read(manager, f"/desk/measures/?{year}&source={source}")


def test_a_log_that_ended_long_ago_offers_its_last_year(manager: Client, log: str) -> None:
    said = read(manager, f"/desk/measures/?source={log}&stretch=quarter")
    assert "The last events are of 1 Feb 2017." in said
    there = re.search(r'href="(\?since=[^"]+until=2017-02-01[^"]*)"', said)
    assert there and "1 of 1 kept" in read(manager, "/desk/measures/" + there[1].replace("&amp;", "&"))


@pytest.mark.parametrize("page", ["/desk/measures/", "/desk/measures/promises_kept/"])
def test_a_log_that_ended_long_ago_shows_its_last_year_where_nobody_chose_another(
    page: str, manager: Client, log: str
) -> None:
    for around in ("?", "?stretch=quarter"):
        there = re.search(rf'href="(\?(?:by=group&amp;)?source={log})"', read(manager, page + around))
        assert there
        said = read(manager, page + there[1].replace("&amp;", "&"))
        assert "The last events are of 1 Feb 2017: the year up to then is shown." in said
        assert "1 of 1" in said and "Show the year up to then" not in said and "1 Feb 2017 – 1 Feb 2017" in said
    assert INCIDENT in read(manager, f"/desk/promises/?source={log}")


def test_a_history_that_goes_on_shows_the_usual_stretch(
    manager: Client, hoa: Any, staff: Any, clock: StandingClock, log: str
) -> None:
    kept_and_broken(hoa, staff, clock)
    assert '<a href="?stretch=quarter" aria-current="true">' in read(manager, "/desk/measures/")
    assert "the year up to then" not in read(manager, "/desk/measures/?source=")


def test_the_first_of_many_promises_are_shown_and_then_more(manager: Client, settings: Any) -> None:
    _many(settings.HOME, 230)
    page = f"/desk/promises/?since=2017-01-01&until=2017-12-31&source={MANY}"
    said = read(manager, page)
    assert "The newest 20 of more than 200" in said and said.count("/desk/history/") == 20
    there = re.search(r'<a href="(\?[^"]*show=200[^"]*)">Show 200</a>', said)
    assert there
    said = read(manager, "/desk/promises/" + there[1].replace("&amp;", "&"))
    assert said.count("/desk/history/") == 200 and "No more are listed here" in said


def test_an_imported_promise_names_its_customer(manager: Client, log: str) -> None:
    assert re.search(r"<td>\s*Caller 2403\s*</td>", read(manager, f"/desk/promises/?source={log}"))


def _many(home: Any, count: int) -> None:
    incidents = [event for n in range(1, count + 1) for event in imported_log.incident(n, f"INC{n:07}")]
    imported_log.imported(home, incidents, MANY)


def test_a_desk_without_imports_is_asked_for_no_history(manager: Client) -> None:
    assert "source=" not in read(manager, "/desk/measures/")


def test_an_alarm_of_the_plan_is_told_on_the_figures_and_where_a_manager_begins(
    manager: Client, agent: Client, hoa: Any, staff: Any, clock: StandingClock
) -> None:
    kept_and_broken(hoa, staff, clock)
    watch()
    for page in ("/desk/measures/", "/desk/"):
        said = read(manager, page)
        assert "50.0% in the last 30 days, 1 of 2; the plan alarms at &lt; 90.0%." in said
    assert "the plan alarms at" not in read(agent, "/desk/")


def test_no_alarm_rings_while_all_is_well(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    actions.reply(opened(hoa), staff.agent, "Dạ.")
    watch()
    for page in ("/desk/measures/", "/desk/"):
        assert "the plan alarms at" not in read(manager, page)


@pytest.mark.parametrize("page", ["/desk/measures/", "/desk/promises/", "/desk/measures/first_reply/"])
def test_queries_do_not_grow_with_the_cases(
    page: str, manager: Client, hoa: Any, staff: Any, clock: StandingClock, connection_queries: Any
) -> None:
    for _ in range(4):  # enough for every interval to be asked for
        kept_and_broken(hoa, staff, clock)
    manager.get(page)
    few = connection_queries(lambda: manager.get(page))
    for _ in range(3):
        kept_and_broken(hoa, staff, clock)
    manager.get(page)
    assert connection_queries(lambda: manager.get(page)) == few <= 12


def test_today_is_said_as_of_now(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    clock.set_to(datetime(2026, 3, 4, 2, 0, 5, tzinfo=UTC))
    actions.reply(opened(hoa), staff.agent, "Dạ.")
    assert "1 of 1 kept" in read(manager, "/desk/measures/?stretch=week")


PAGES = ("measures/", "measures/first_reply/", "measures/backlog_age/?source=incidents&stretch=year", "what-if/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("hurt", ["a file", "the manifest"])
def test_a_damaged_import_is_told_on_every_page_of_figures(manager: Client, log: str, page: str, hurt: str) -> None:
    assert "damaged" not in read(manager, f"/desk/{page}")
    _hurt(hurt)
    told = "history “incidents” is damaged" if hurt == "a file" else "manifest.json, cannot be read"
    assert told in read(manager, f"/desk/{page}")


@pytest.mark.parametrize("hurt", ["a file", "the manifest"])
def test_pages_without_imported_figures_do_not_mind(manager: Client, log: str, hurt: str) -> None:
    _hurt(hurt)
    for page in ("/desk/", "/desk/plan/", "/"):
        assert manager.get(page).status_code == 200


def _hurt(what: str) -> None:
    if what == "the manifest":
        (history() / "manifest.json").write_text("{")
    else:
        (each,) = Store(history()).manifest().files
        (history() / each.path).unlink()
