"""What the rows of a case show to have happened, sign by sign."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.support import logs

HAND_OVER = ("handed_over: {rises: moved}", "handed_over: {changes: [team, owner]}")
LEAVES = ("reopened: {rises: reopened}", "reopened: {leaves: resolved}")


def happened(to: Path, case: str) -> list[str]:
    """Return the codes of a case's events in their order."""
    found = duckdb.sql(
        f"SELECT code FROM '{to}/events/*/*.parquet' WHERE case_id = (SELECT case_id FROM '{to}/events/*/*.parquet' "
        f"WHERE reference = '{case}') ORDER BY id"
    )
    return [each for (each,) in found.fetchall()]


def imported(folder: Path, *changes: tuple[str, str], rows: list[list[str]] | None = None) -> Path:
    """Import the small log by its mapping with these changes; return its history."""
    to = folder / "history"
    logs.imported(logs.write_csv(folder / "log.csv", rows), logs.write_mapping(folder, *changes), to)
    return to


def changed(row: int, **cells: str) -> list[list[str]]:
    """Return the log's rows with cells of one row changed."""
    rows = logs.rows()
    for column, text in cells.items():
        rows[row][logs.COLUMNS.index(column)] = text
    return rows


def test_a_case_tells_its_life_in_order(tmp_path: Path) -> None:
    first = ["opened", "promised", "taken", "asked", "received", "resolved", "reopened", "resolved", "broken"]
    assert happened(imported(tmp_path), "7") == first


def test_a_counter_that_rises_by_two_is_two_events(tmp_path: Path) -> None:
    assert happened(imported(tmp_path), "8").count("handed_over") == 2


def test_a_counter_of_the_first_row_counts_from_nothing(tmp_path: Path) -> None:
    assert happened(imported(tmp_path, rows=changed(9, moved="3")), "9").count("handed_over") == 3


def test_a_change_from_what_nobody_knew_is_no_handing_over(tmp_path: Path) -> None:
    to = imported(tmp_path, HAND_OVER)
    assert "handed_over" not in happened(to, "7")
    assert happened(to, "8").count("handed_over") == 1  # from team A to B; the owner was not known before


def test_without_a_handing_over_a_new_owner_has_taken_the_case(tmp_path: Path) -> None:
    to = imported(tmp_path, rows=changed(2, owner="max"))
    assert happened(to, "7").count("taken") == 3  # kim, max, and kim again


def test_a_state_that_leaves_the_resolved_ones_is_a_reopening(tmp_path: Path) -> None:
    assert happened(imported(tmp_path, LEAVES), "7").count("reopened") == 1


def test_what_is_settled_is_not_settled_again_until_reopened(tmp_path: Path) -> None:
    rows = changed(4, reopened="0")
    rows[5][logs.COLUMNS.index("reopened")] = "0"
    assert happened(imported(tmp_path, rows=rows), "7").count("resolved") == 1


def test_who_settles_a_case_that_waits_was_not_answered(tmp_path: Path) -> None:
    assert "received" not in happened(imported(tmp_path, rows=changed(2, state="Waiting")), "7")


def test_a_promise_is_judged_by_the_last_row_when_last_resolved(tmp_path: Path) -> None:
    to = imported(tmp_path)
    ((instant, clock),) = duckdb.sql(
        f"SELECT instant, (SELECT any_value(clock) FROM '{to}/events/*/*.parquet' WHERE code = 'promised') "
        f"FROM '{to}/events/*/*.parquet' WHERE code = 'broken'"
    ).fetchall()
    assert (instant.isoformat(), clock) == ("2020-06-03T08:00:00", "office")


def test_a_promise_of_which_the_log_knows_nothing_was_not_made(tmp_path: Path) -> None:
    assert happened(imported(tmp_path), "9") == ["opened"]


def test_the_first_reply_happens_once_where_a_column_says_when(tmp_path: Path) -> None:
    reply = ("  asked:", "  replied: {at: updated}\n  asked:")
    assert happened(imported(tmp_path, reply), "7").count("replied") == 1


def test_a_mapping_without_an_opening_begins_with_the_first_row(tmp_path: Path) -> None:
    to = imported(tmp_path, ("  opened: {at: opened}\n", ""))
    (first, *_) = logs.events(to, "instant, reference")
    assert str(first[0]) == "2020-06-01 08:00:00"


def test_rows_of_one_instant_keep_the_order_that_the_mapping_names(tmp_path: Path) -> None:
    rows = logs.rows()[:6]
    for row in rows:
        row[2] = rows[0][2]
    assert happened(imported(tmp_path, rows=[rows[each] for each in (3, 5, 1, 0, 4, 2)]), "7") == [
        *("opened", "promised", "taken", "asked", "received", "resolved", "reopened", "resolved", "broken"),
    ]


def test_a_row_can_be_a_whole_case(tmp_path: Path) -> None:
    changes = (
        ("zone: Europe/Lisbon\n", "zone: Europe/Lisbon\nrows: cases\n"),
        ("instant: updated\norder: version\n", ""),
        ("resolved: {column: state, values: [Done, Closed]}", "resolved: {at: updated}"),
    )
    rows = [logs.rows()[5], logs.rows()[8], logs.rows()[8]]
    to = tmp_path / "history"
    done = logs.imported(logs.write_csv(tmp_path / "log.csv", rows), logs.write_mapping(tmp_path, *changes), to)
    assert happened(to, "7") == ["opened", "promised", "taken", "reopened", "resolved", "broken"]
    assert done.rejected == {"second_row": 1}


def test_ids_sort_by_case_and_instant_and_numbers_are_below_zero(tmp_path: Path) -> None:
    found = logs.events(imported(tmp_path), "id, case_id, instant, promise")
    assert found == sorted(found, key=lambda each: (each[1], each[2], each[0]))
    assert all(case < 0 for _, case, _, _ in found)
    assert {promise < 0 for *_, promise in found if promise is not None} == {True}


CONTRACT = "resolved: {column: state, values: [Done, Closed]}"


def test_a_contract_is_renewed_or_lapses_where_its_column_says_so(tmp_path: Path) -> None:
    signs = f"{CONTRACT}\n  renewed: {{column: about, values: printer}}\n  lapsed: {{column: about, values: network}}"
    to = imported(tmp_path, (CONTRACT, signs))
    codes = [each for case in ("7", "8", "9") for each in happened(to, case) if each in ("renewed", "lapsed")]
    assert len(codes) == 3
    assert set(codes) == {"renewed", "lapsed"}
