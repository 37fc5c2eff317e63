"""The ServiceNow mapping of plans/it-service over a few rows written here; test_real_log.py takes the whole log."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tantam.history.imports.mapping import read_mapping
from tantam.history.imports.run import import_history
from tantam.history.measures import Measured, definitions, measure
from tantam.history.past import Past, open_past
from tests.support.plans import company
from tests.support.sources import ROOT

MAPPING = ROOT / "plans" / "it-service" / "history" / "servicenow.yaml"
PLAN = company("it-service")
ZONE = ZoneInfo(PLAN.zone)
WHOLE = (datetime(2016, 1, 1, tzinfo=ZONE), datetime(2017, 1, 1, tzinfo=ZONE))
COLUMNS = [
    *("number", "incident_state", "reassignment_count", "reopen_count", "sys_mod_count", "made_sla", "caller_id"),
    *("opened_at", "sys_updated_by", "sys_updated_at", "contact_type", "location", "category", "subcategory"),
    *("impact", "urgency", "priority", "assignment_group", "assigned_to", "knowledge"),
]
ROW = dict.fromkeys(COLUMNS, "?") | {
    "reassignment_count": "0",
    "reopen_count": "0",
    "made_sla": "true",
    "caller_id": "Caller 2403",
    "opened_at": "1/3/2016 09:00",
    "contact_type": "Phone",
    "impact": "2 - Medium",
    "urgency": "1 - High",
    "priority": "2 - High",
    "knowledge": "false",
}


def told(folder: Path, *rows: tuple[str, str, str, dict[str, str]]) -> Past:
    """Return the past of a log. rows: number, state, when on 1 March 2016, what else differs from ROW."""
    file = folder / "log.csv"
    with file.open("w", newline="") as opened:
        writer = csv.DictWriter(opened, COLUMNS)
        writer.writeheader()
        for order, (number, state, when, more) in enumerate(rows):
            said = {"number": number, "incident_state": state, "sys_updated_at": f"1/3/2016 {when}"}
            writer.writerow(ROW | said | {"sys_mod_count": str(order)} | more)
    imported = import_history(file, read_mapping(MAPPING, None), folder / "history", told=lambda step, share: None)
    assert imported.rejected == {}
    return open_past(folder / "history", clocks=PLAN.hours, until=WHOLE[1])


def measured(past: Past, name: str) -> Measured:
    return measure(past, definitions(PLAN)[name], WHOLE, weeks=0)


def test_the_log_may_have_words_beside_its_numbers(tmp_path: Path) -> None:
    past = told(
        tmp_path,
        ("INC1", "New", "09:01", {}),
        ("INC2", "New", "09:01", {"impact": "2", "urgency": "1", "priority": "2", "caller_id": "2403"}),
    )
    facts = past.rows(
        "SELECT severity, facts::JSON ->> 'impact', facts::JSON ->> 'urgency' FROM event WHERE code = 'opened'"
    )
    assert facts == [("high", "medium", "high")] * 2


def test_what_is_settled_in_the_minute_of_its_opening_counts_with_nothing(tmp_path: Path) -> None:
    past = told(
        tmp_path,
        ("INC1", "Resolved", "09:00", {}),
        ("INC2", "New", "09:00", {}),
        ("INC2", "Resolved", "10:00", {}),
    )
    found = measured(past, "resolution")
    assert (found.n, found.value) == (2, 30)


def test_the_waiting_for_the_caller_is_left_out(tmp_path: Path) -> None:
    past = told(
        tmp_path,
        ("INC1", "Active", "09:10", {}),
        ("INC1", "Awaiting User Info", "09:20", {}),
        ("INC1", "Active", "10:50", {}),
        ("INC1", "Awaiting Vendor", "10:55", {}),
        ("INC1", "Resolved", "11:00", {}),
    )
    assert measured(past, "resolution").value == 30


def test_going_from_group_to_group_is_a_reassignment_though_nobody_is_named(tmp_path: Path) -> None:
    past = told(
        tmp_path,
        ("INC1", "New", "09:01", {}),
        ("INC1", "Active", "09:02", {"reassignment_count": "1"}),
        ("INC1", "Resolved", "09:03", {"reassignment_count": "1"}),
        ("INC2", "New", "09:01", {}),
        ("INC2", "Resolved", "09:03", {}),
    )
    found = measured(past, "reassigned")
    assert (found.n, found.hits) == (2, 1)


def test_a_question_alone_is_no_first_reply(tmp_path: Path) -> None:
    past = told(tmp_path, ("INC1", "Awaiting User Info", "09:20", {}), ("INC1", "Resolved", "11:00", {}))
    found = measured(past, "first_reply")
    assert (found.n, found.value, found.reason) == (0, None, "no_replies")


def test_the_last_row_says_whether_the_sla_was_kept(tmp_path: Path) -> None:
    past = told(
        tmp_path,
        ("INC1", "New", "09:01", {}),
        ("INC1", "Resolved", "09:02", {}),
        ("INC1", "Closed", "09:03", {"made_sla": "false"}),
    )
    found = measured(past, "promises_kept")
    assert (found.n, found.hits) == (1, 0)


def test_a_reopening_is_told_by_the_counter(tmp_path: Path) -> None:
    past = told(
        tmp_path,
        ("INC1", "Resolved", "09:02", {}),
        ("INC1", "Active", "09:30", {"reopen_count": "1"}),
        ("INC1", "Closed", "09:40", {"reopen_count": "1"}),
    )
    assert measured(past, "reopened").hits == 1
    assert measured(past, "resolution").value == 12  # 09:00 to 09:02, and 09:30 to 09:40
