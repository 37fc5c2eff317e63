"""An imported case, to read: it tells what happened in the reader's language; unknown ones are not found."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.web.history_href import history_href
from tests.desk.web.test_measures import read
from tests.support import log as log_of_one


def test_tells_everything_that_happened(manager: Client, log: str) -> None:
    said = read(manager, f"/desk/history/{log}/INC0000045/")
    for told in ("Came in, given to first", "handed it over to Resolver 7", "Resolver 7 settled it", "Kept: "):
        assert told in said, told
    assert "Caller 2403" in said and "incidents/" not in said.partition("<main")[2].replace("/incidents/", "")
    assert said.index("Came in") < said.index("Kept: ")


def test_tells_it_in_the_readers_language(staff: Any, log: str, sign_in: Any) -> None:
    said = read(sign_in(staff.manager, "de"), f"/desk/history/{log}/INC0000045/")
    assert "Came in" not in said and "Eingegangen" in said


UNKNOWN = ("{log}/INC9/", "nowhere/INC0000045/", "desk/INC0000045/", "{log}/%00/", "{log}/a/b/c/")


@pytest.mark.parametrize("page", UNKNOWN)
def test_unknown_case_is_not_found(page: str, manager: Client, log: str) -> None:
    assert manager.get(f"/desk/history/{page.format(log=log)}").status_code == 404


def test_is_not_for_agents(agent: Client, outsider: Client, log: str) -> None:
    for browser in (agent, outsider):
        assert browser.get(f"/desk/history/{log}/INC0000045/").status_code == 404


NAMES = (
    *("<script>alert(1)</script>", "a/b", "%2e%2e", "/a/", "?q=1#f", "A 7", "Đơn 7", "{{ 7 }}"),
    *("..", "a/../b", "a\nb"),
)
MARKED = ("channel", "topic", "stage", "severity", "level")


def evil(name: str) -> list[dict[str, Any]]:
    """Return a log of one case whose every text is markup."""
    opened, _, handed_over, *_ = log_of_one.incident(reference=name)
    opened |= dict.fromkeys(MARKED, "<i>") | {"customer": "incidents/<i>", "groups": ["<i>"], "facts": '{"<i>": "<i>"}'}
    return [opened, handed_over | {"person": "incidents/<i>", "owner": "incidents/<i>", "level": "<i>"}]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_log_calls_its_cases_every_page_stands_and_shows_text(
    manager: Client, name: str, settings: Any
) -> None:
    log_of_one.imported(settings.HOME, evil(name))
    page = f"/desk/measures/backlog_age/?source={log_of_one.SOURCE}&since=2017-01-01&until=2017-02-28"
    for by in ("", "person", "channel", "group", "level", "stage"):
        said = read(manager, f"{page}&by={by}")
        assert "&lt;i&gt;" in said and "<i>" not in said and "<script>alert" not in said
    href = history_href(log_of_one.SOURCE, name)
    if href:
        assert f'href="{href}"' in said
        told = read(manager, href)
        assert "&lt;i&gt;" in told and "<i>" not in told and "<script>alert" not in told


@pytest.mark.parametrize("name", ["", ".", "..", "a/../b", "a\nb", "\r", "x" * 10_000])
def test_a_name_that_no_address_can_hold_leads_nowhere(name: str) -> None:
    assert history_href("log", name) == ""
