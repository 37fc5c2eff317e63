"""The figures for programs: the same as on the page, cut by parts; wrong names and days told with what is right."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.reports.reading import history
from tantam.history.store import Store
from tests.desk.web.conftest import sitting
from tests.desk.web.test_measures import kept_and_broken
from tests.support.clock import StandingClock

TOKEN = "a-token-of-the-desk"


@pytest.fixture
def program(settings: Any) -> Client:
    """A program with the desk's token."""
    settings.API_TOKEN = TOKEN
    return Client(headers={"authorization": f"Bearer {TOKEN}"})


@pytest.fixture
def lived(hoa: Any, staff: Any, clock: StandingClock) -> None:
    """A first reply kept, and one broken and made good."""
    kept_and_broken(hoa, staff, clock)


def read(browser: Client, path: str) -> Any:
    """Return an answer's JSON."""
    answer = browser.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_every_measure_of_the_plan_is_told(program: Client, plan: Any, lived: None) -> None:
    told = {each["name"]: each for each in read(program, "measures")["measures"]}
    assert list(told) == list(plan.definitions)
    kept = told["promises_kept"]
    assert (kept["n"], kept["hits"], kept["value"], kept["unit"]) == (2, 1, 0.5, "share")
    assert kept["low"] < 0.5 < kept["high"] and len(kept["weeks"]) == 13


def test_one_measure_is_cut_by_a_part(program: Client, lived: None) -> None:
    told = read(program, "measures/promises_kept?by=channel")
    assert [(each["key"], each["n"], each["hits"]) for each in told["slices"]] == [("web", 2, 1)]
    assert read(program, "measures/promises_kept?channel=phone")["n"] == 0


def test_days_may_be_chosen(program: Client, plan: Any, log: str) -> None:
    told = read(program, f"measures/promises_kept?since=2017-01-01&until=2017-02-28&source={log}")
    assert (told["n"], told["stretch"]["until"]) == (1, "2017-03-01T00:00:00+07:00")
    assert read(program, "measures/promises_kept?since=2017-01-01&until=2017-02-28")["n"] == 0


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("measures/promise_kept", 404, "Is it 'promises_kept'?"),
        ("measures/promises_kept?since=soon", 422, "Write it like 2026-03-31"),
        ("measures?since=2026-02-02&until=2026-02-01", 422, "Let the stretch end after it begins"),
        ("measures?stretch=century", 422, "week, month, quarter, year"),
        ("measures/promises_kept?by=moon", 422, "group, stage"),
        ("measures/promises_kept?source=nope", 422, "'nope' is none of desk, incidents."),
        ("measures?source=nope", 422, "'nope' is none of desk, incidents."),
    ],
)
def test_what_is_wrong_is_told_with_what_is_right(
    path: str, status: int, said: str, program: Client, plan: Any, log: str
) -> None:
    answer = program.get(f"/api/v1/{path}", headers={"accept-language": "en"})
    assert answer.status_code == status
    assert said in answer.content.decode()


def test_the_figures_are_for_programs_and_managers(plan: Any, staff: Any, settings: Any) -> None:
    settings.API_TOKEN = TOKEN
    strangers = Client(), Client(headers={"authorization": "Bearer another"})
    for browser in (*strangers, sitting(staff.agent), sitting(staff.outsider)):
        assert browser.get("/api/v1/measures").status_code == 401
    assert sitting(staff.manager).get("/api/v1/measures").status_code == 200


def test_the_document_describes_them(plan: Any) -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    asked = {each["name"] for each in paths["/api/v1/measures/{name}"]["get"]["parameters"]}
    assert {"name", "by", "since", "until", "group", "source"} <= asked


def test_a_damaged_import_is_told_instead_of_a_figure(program: Client, plan: Any, log: str) -> None:
    (each,) = Store(history()).manifest().files
    (history() / each.path).unlink()
    for source in (log, ""):
        answer = program.get(f"/api/v1/measures/promises_kept?source={source}")
        assert (answer.status_code, answer.json()["code"]) == (503, "history_damaged")
    assert program.get("/api/v1/measures/promises_kept").status_code == 200
