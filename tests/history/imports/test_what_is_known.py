"""What the log knows of a case: its head, its facts as the plan reads them, its groups."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import logs


def opened(
    folder: Path, *changes: tuple[str, str], rows: list[list[str]] | None = None
) -> dict[str, dict[str, object]]:
    """Return what is known of each case by its reference."""
    to = folder / "history"
    logs.imported(logs.write_csv(folder / "log.csv", rows), logs.write_mapping(folder, *changes), to)
    names = ("reference", "code", "customer", "channel", "stage", "severity", "level", "language", "groups", "facts")
    found = [dict(zip(names, each, strict=True)) for each in logs.events(to, ", ".join(names))]
    return {str(each["reference"]): each for each in found if each["code"] == "opened"}


def facts(folder: Path, case: str, *changes: tuple[str, str]) -> dict[str, str]:
    return json.loads(str(opened(folder, *changes)[case]["facts"]))


def test_facts_are_written_as_the_plan_reads_them(tmp_path: Path) -> None:
    words = {"impact": "high", "on_site": "yes", "topic": "printer", "channel": "phone"}
    assert facts(tmp_path, "7") == {**words, "price": "1200.50 EUR", "owned": "152 days"}


def test_what_is_missing_or_unknown_is_no_fact(tmp_path: Path) -> None:
    assert facts(tmp_path, "9") == {"topic": "network"}


def test_an_age_ends_when_the_case_was_opened(tmp_path: Path) -> None:
    assert facts(tmp_path, "7")["owned"] == "152 days"  # 1 January to 1 June 2020


def test_a_constant_is_a_fact_of_every_case(tmp_path: Path) -> None:
    assert facts(tmp_path, "9", ("people: unknown", "people: {constant: 4}"))["people"] == "4"


def test_the_plan_works_groups_out_from_the_facts(tmp_path: Path) -> None:
    rows = logs.rows()
    for row in rows:
        row[-2] = row[-2] if row[-2] != "?" else "05/01/2020 00:00"
    known = opened(tmp_path, rows=rows)
    assert known["7"]["groups"] == ["crowd", "owners"]
    assert known["8"]["groups"] == []


def test_groups_that_a_lacking_fact_decides_are_unknown(tmp_path: Path) -> None:
    assert opened(tmp_path)["8"]["groups"] is None  # it is not in the crowd; when it was bought is not told


def test_groups_nobody_knows_are_null(tmp_path: Path) -> None:
    assert opened(tmp_path, ("groups: {by: plan}", "groups: unknown"))["7"]["groups"] is None


def test_groups_of_one_cell_are_parted(tmp_path: Path) -> None:
    rows = logs.rows()
    for row in rows:
        row[11] = "owners;crowd"
    given = (
        ("groups: {by: plan}", 'groups: {column: way, separator: ";"}'),
        ("channel: {column: way, values: {Call: phone, Letter: mail}, otherwise: unknown}", "channel: unknown"),
    )
    assert opened(tmp_path, *given, rows=rows)["7"]["groups"] == ["owners", "crowd"]


def test_the_first_row_counts_unless_the_mapping_says_last(tmp_path: Path) -> None:
    assert opened(tmp_path)["7"]["severity"] == "minor"
    again = tmp_path / "again"
    again.mkdir()
    assert opened(again, (", row: last", ""))["7"]["severity"] == "normal"


def test_a_value_that_is_otherwise_unknown_is_null(tmp_path: Path) -> None:
    assert opened(tmp_path)["9"]["channel"] is None


def test_people_bear_the_name_of_their_log(tmp_path: Path) -> None:
    assert opened(tmp_path)["7"]["customer"] == "works/anna"


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("29/03/2020 00:30", "2020-03-29 00:30:00"),  # winter time, the night before the change
        ("29/03/2020 03:00", "2020-03-29 02:00:00"),  # summer time
        ("25/10/2020 01:30", "2020-10-25 00:30:00"),  # stands twice: the first counts
        ("25/10/2020 03:00", "2020-10-25 03:00:00"),
    ],
)
def test_instants_are_of_the_zone_of_the_log(tmp_path: Path, written: str, utc: str) -> None:
    rows = [logs.rows()[9]]
    rows[0][2] = rows[0][4] = written
    to = tmp_path / "history"
    logs.imported(logs.write_csv(tmp_path / "log.csv", rows), logs.write_mapping(tmp_path), to)
    assert str(logs.events(to, "instant")[0][0]) == utc
