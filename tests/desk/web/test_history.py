"""An imported case, to read: it tells what happened in the reader's language; unknown ones are not found."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.desk.web.test_measures import read


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
