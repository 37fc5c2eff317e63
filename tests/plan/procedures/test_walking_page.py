"""The worked times of docs/algorithms/walking.md, counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tantam.plan.procedures import walk
from tantam.plan.procedures.route import route
from tantam.plan.sections import read_text
from tests.support.sources import ROOT

PAGE = (ROOT / "docs/algorithms/walking.md").read_text(encoding="utf-8").partition("## Worked")[2]
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.startswith("| `")]
DAYS = {"Monday": 2, "Thursday": 5, "Friday": 6}  # of March 2026
ZONE = ZoneInfo("Europe/Berlin")
PLAN = """
tantam: 1
company: {name: S, languages: [en], timezone: Europe/Berlin, currency: EUR}
mission: We serve our customers.
hours: {office: {mon-fri: "08:00-17:00"}}
levels: {agent: {}}
promises: {clock: office, table: "promise => within\\nfirst_reply | 4 h"}
procedures: {p: {steps: {a: {who: agent, do: A, %s}}}}
"""


def instant(said: str, after: datetime | None = None) -> datetime:
    day, _, clock = said.rpartition(" ")
    hour, minute = map(int, clock.split(":"))
    named = day.rpartition(" ")[2] if "after" not in day else "Friday"
    found = datetime(2026, 3, DAYS[named], hour, minute, tzinfo=ZONE)
    while after is not None and found <= after and found != after:
        found += timedelta(days=7)
    return found


@pytest.mark.parametrize("row", [each for each in ROWS if "any time" not in each[1]], ids=lambda row: row[0])
def test_worked_times_are_as_the_page_says(row: list[str]) -> None:
    step, comes, begins, late = row
    plan = read_text(PLAN % step.strip("`"))
    start = instant(comes)
    token = walk.begin(route(plan, "p"), start).standing.tokens[0]
    wanted = start + timedelta(days=7) if "after" in begins else instant(begins, start)
    assert token.begins == wanted
    assert token.due == (None if late == "never" else instant(late, wanted))


def test_an_event_is_waited_for_without_a_time() -> None:
    token = walk.begin(route(read_text(PLAN % "wait_for: released"), "p"), instant("Friday 16:00")).standing.tokens[0]
    assert token.begins is None and token.due is None
