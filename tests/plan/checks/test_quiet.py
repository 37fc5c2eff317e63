"""A promise of words that may run out in the quiet hours is found, unless its severity goes out all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plan.checks.plans import codes, findings

SHOP = """\
hours: {night: {mon-sun: "21:00-07:00"}, office: {mon-fri: "08:00-18:00"}}
levels: {agent: {handles: [minor, serious]}}
terms: {severity: {one_of: [minor, serious], from: case.severity}}
courtesy: {quiet: {hours: night, but: [serious]}}
promises:
  clock: %s
  table: |
    promise | severity => within
    %s
"""


@pytest.mark.parametrize(
    "clock, row, found",
    [
        ("''", "update | minor | every 4 h", ["K107"]),
        ("''", "update | serious | every 4 h", []),  # goes out all the same
        ("''", "update | - | every 4 h", ["K107"]),  # also for minor ones
        ("office", "update | minor | every 4 h", []),  # does not run at night
        ("''", "update | minor | every 12 h", []),  # the night is shorter
        ("''", "first_reply | minor | 2 h", []),  # who has just written is awake
        ("''", "first_reply | minor | 4 h", ["K107"]),
        ("''", "first_reply | minor | 13 h", []),
        ("''", "resolution | minor | 4 h", []),  # no letter keeps it
    ],
)
def test_a_promise_that_runs_out_at_night(tmp_path: Path, clock: str, row: str, found: list[str]) -> None:
    assert codes(findings(tmp_path, SHOP % (clock, row)), "K107") == found


def test_the_hours_are_the_customers_whatever_zone_they_are_written_in(tmp_path: Path) -> None:
    moved = (SHOP % ("''", "update | minor | every 4 h")).replace("{mon-sun:", "{zone: America/New_York, mon-sun:")
    (found,) = (each for each in findings(tmp_path, moved) if each.code == "K107")
    assert found.args["hours"].startswith("mon 00:00-07:00, mon 21:00-tue 07:00")
