"""Drafts and replays for programs: listed, asked for, read; a token first, errors in the one form."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases import actions
from tantam.desk.common import work
from tantam.desk.plans.models import Replay
from tests.support.clock import StandingClock
from tests.support.desk import opened
from tests.support.drafts import kept

pytestmark = pytest.mark.django_db
STRETCH = {"since": "2026-03-01T00:00:00+07:00", "until": "2026-04-01T00:00:00+07:00"}


@pytest.fixture
def program(settings: Any) -> Client:
    """A program that has the desk's token."""
    settings.API_TOKEN = "very secret"
    return Client(headers={"authorization": "Bearer very secret"})


@pytest.fixture
def draft(hoa: Any, staff: Any, clock: StandingClock) -> Any:
    """A draft to try on a desk where one case was answered after five minutes."""
    case = opened(hoa)
    clock.forward(minutes=5)
    actions.reply(case, staff.agent, "Dạ.")
    clock.forward(minutes=1)
    return kept(staff.manager)


def ask(program: Client, of: Any, **told: Any) -> Any:
    body = {"draft": str(of.pk)} | STRETCH | told
    return program.post("/api/v1/replays", body, content_type="application/json")


def test_drafts_are_listed(program: Client, draft: Any) -> None:
    [listed] = program.get("/api/v1/drafts").json()
    assert (listed["id"], listed["title"], listed["hash"]) == (str(draft.pk), draft.title, draft.hash)


def test_replay_is_asked_for_done_and_read(program: Client, draft: Any) -> None:
    answer = ask(program, draft)
    assert answer.status_code == 202
    assert (answer.json()["state"], answer.json()["result"]) == ("waiting", None)
    work.run_due()
    read = program.get(f"/api/v1/replays/{answer.json()['id']}").json()
    assert (read["state"], read["progress"], read["against"]) == ("done", 100, 1)
    assert read["says"][0]["text"] == "1 more promise would have been broken."
    assert ["kept", "broken", 1] in read["result"]["fates"]["first_reply"]


def test_asked_again_meanwhile_it_is_the_same(program: Client, draft: Any) -> None:
    assert ask(program, draft).json()["id"] == ask(program, draft).json()["id"]
    assert Replay.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"draft": "7"}, "draft"),
        ({"draft": "9" * 20}, "draft"),
        ({"draft": "x"}, "draft"),
        ({"source": "nowhere"}, "source"),
        ({"since": "2026-03-01T00:00:00"}, "since"),
        ({"since": "2026-05-01T00:00:00Z"}, "until"),
        ({"until": "9999-12-31T23:59:59Z"}, "until"),
        ({"more": 1}, "more"),
    ],
)
def test_what_cannot_be_is_told_by_field(program: Client, draft: Any, told: dict[str, Any], field: str) -> None:
    answer = ask(program, draft, **told)
    assert answer.status_code == 422
    assert field in {each["field"] for each in answer.json()["fields"]}
    assert not Replay.objects.exists()


def test_replay_that_is_not_there_is_not_found(program: Client, draft: Any) -> None:
    for pk in (1, 2**63):
        answer = program.get(f"/api/v1/replays/{pk}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_without_the_token_nothing_is_told(draft: Any) -> None:
    browser = Client()
    assert browser.get("/api/v1/drafts").status_code == 401
    assert ask(browser, draft).status_code == 401
    assert not Replay.objects.exists()


def test_openapi_document_has_replays() -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/drafts", "/api/v1/replays", "/api/v1/replays/{id}"} <= set(paths)
    assert set(paths["/api/v1/replays"]["post"]["responses"]) >= {"202", "401", "422", "503"}
