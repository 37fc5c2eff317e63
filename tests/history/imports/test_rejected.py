"""A row that cannot stand is left out with its reason; the others of its case stay."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tantam.history.imports.cases import Cases
from tantam.history.imports.mapping import checked, read_mapping
from tantam.history.imports.refused import Rejection
from tantam.history.imports.rejected import harmless
from tests.support import logs


def reasons(folder: Path, **cells: str) -> list[tuple[str, str, str, str]]:
    """Return row, column, value and code of what is rejected when cells of the log's fourth row are these."""
    rows = logs.rows()
    for column, text in cells.items():
        rows[3][logs.COLUMNS.index(column)] = text
    return told(folder, rows)


def told(folder: Path, rows: list[list[str]]) -> list[tuple[str, str, str, str]]:
    logs.imported(logs.write_csv(folder / "log.csv", rows), logs.write_mapping(folder), folder / "history")
    file = folder / "history" / "rejected-works.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [(each["row"], each["column"], each["value"], each["code"]) for each in csv.DictReader(lines)]


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("number", "?", "no_case"),
        ("updated", "", "no_instant"),
        ("updated", "02-06-2020", "instant"),
        ("updated", "31/02/2020 10:00", "instant"),
        ("version", "x", "whole"),
        ("reopened", "many", "whole"),
        ("state", "-100", "noise"),
        ("priority", "9", "no_such_value"),
        ("impact", "some", "fact"),
        ("visit", "perhaps", "yes_no"),
        ("cost", "-5", "fact"),
        ("about", "weather", "no_such_value"),
        ("in_time", "maybe", "yes_no"),
        ("by", "u\0", "nul"),
    ],
)
def test_a_cell_that_means_nothing_rejects_its_row(tmp_path: Path, column: str, text: str, code: str) -> None:
    shown = text.replace("\0", "") if text != "?" else "?"
    assert reasons(tmp_path, **{column: text}) == [("5", column, shown, code)]


def test_a_row_from_before_the_opening_is_rejected(tmp_path: Path) -> None:
    ((row, column, _, code),) = reasons(tmp_path, updated="01/06/2020 08:00")
    assert (row, column, code) == ("5", "updated", "before_opened")


def test_a_counter_does_not_leap(tmp_path: Path) -> None:
    assert reasons(tmp_path, moved="999999") == [("5", "moved", "999999", "leap")]


def test_an_age_that_its_term_does_not_admit_rejects_its_row(tmp_path: Path) -> None:
    rows = logs.rows()
    rows[0][18] = "01/01/2021 00:00"
    assert [each[0::3] for each in told(tmp_path, rows)] == [("2", "fact")]


def test_rows_too_short_and_too_long_are_rejected(tmp_path: Path) -> None:
    rows = logs.rows()
    rows[1] = rows[1][:5]
    rows[2] = [*rows[2], "more"]
    assert told(tmp_path, rows) == [("3", "", "", "short"), ("4", "", "", "long")]


def test_rows_dropped_knowingly_are_only_counted(tmp_path: Path) -> None:
    rows = logs.rows()
    rows[3][1] = "Test"
    done = logs.imported(logs.write_csv(tmp_path / "log.csv", rows), logs.write_mapping(tmp_path), tmp_path / "history")
    assert (done.rows, done.dropped, done.rejected) == (10, 1, {})


def test_the_file_of_rejected_rows_holds_each_row_with_its_reason(tmp_path: Path) -> None:
    reasons(tmp_path, state="-100", caller="=HYPERLINK(1)")
    with (tmp_path / "history" / "rejected-works.csv").open(encoding="utf-8-sig", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert row["reason"] == "The mapping calls rows with state = “-100” noise: no state at all."
    assert (row["number"], row["state"], row["caller"]) == ("7", "-100", "'=HYPERLINK(1)")


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["-100", "+4.5", "-1,5", "plain", ""])
def test_a_number_stays_one(text: str) -> None:
    assert harmless(text) == text


def test_without_rejected_rows_there_is_no_file_of_them(tmp_path: Path) -> None:
    assert reasons(tmp_path, state="-100")
    assert not told(tmp_path, logs.rows())


def test_the_next_row_opens_a_case_whose_first_was_rejected(tmp_path: Path) -> None:
    rows = logs.rows()
    rows[6][1] = "-100"
    told(tmp_path, rows)
    assert [each[0] for each in logs.events(tmp_path / "history", "code, reference") if each[1] == "8"] == ["opened"]


def test_two_cases_never_share_a_number(tmp_path: Path) -> None:
    mapping = read_mapping(logs.write_mapping(tmp_path))
    slots = checked(mapping, logs.COLUMNS)
    texts = tuple("2020-06-01T08:00:00" if each.name.startswith(("instant", "at.")) else None for each in slots)
    found: list[Rejection] = []
    cases = list(Cases(mapping, slots, found.append).cases(iter([(-5, "a", 2, *texts), (-5, "b", 3, *texts)])))
    assert [each.case_id for each in cases] == [-5]
    assert [(each.row, each.code, each.args["other"]) for each in found] == [(3, "same_id", "a")]


def test_reasons_are_said_in_every_language() -> None:
    from tantam.plan.words import catalogue

    codes = [key for key in catalogue() if key.startswith("reject_")]
    assert len(codes) > 15
    args = dict.fromkeys(("count", "columns", "because", "allowed", "term", "opened", "most", "other", "by"), "x")
    for key in codes:
        rejection = Rejection(1, key.removeprefix("reject_"), "c", "v", args)
        assert all(rejection.sentence(lang) for lang in ("vi", "de", "en"))
        assert Rejection(*json.loads(json.dumps(rejection.plain()))) == rejection
