"""What is wrong with a mapping is told at once, each with its place and the nearest right name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.history.imports.mapping import checked, read_mapping
from tantam.plan.errors import Finding, PlanUnreadable
from tests.support import logs


def findings(folder: Path, *changes: tuple[str, str]) -> tuple[Finding, ...]:
    """Return what is wrong with the mapping with these changes."""
    with pytest.raises(PlanUnreadable) as refused:
        checked(read_mapping(logs.write_mapping(folder, *changes)), logs.COLUMNS)
    return refused.value.findings


@pytest.mark.parametrize(
    ("before", "after", "code", "says"),
    [
        ("case: number", "case: numbr", "M11", "“number”"),
        ("instant: updated\n", "instant: zzzz\n", "M12", "Its columns are: number, state"),
        ("  people: unknown\n", "", "M06", "people"),
        ("  impact: {column: impact}\n", "", "M05", "Is it the column “impact”?"),
        ("  people: unknown\n", "  people: unknown\n  peple: unknown\n", "M01", "“people”"),
        ("  people: unknown\n", "  people: unknown\n  dear: {constant: yes}\n", "M08", "works out “dear”"),
        ("stage: {constant: after}", "stage: {constant: later}", "M04", "before, during, after"),
        ("Call: phone", "Call: fone", "M04", "phone, mail"),
        ("people: unknown", "people: {constant: 0}", "M04", "“0”"),
        ("people: unknown", "people: {column: staff, by: plan}", "M04", "“unknown”, or one of"),
        ("people: unknown", "people: {constant: 4, unit: EUR}", "M04", "beside “column”"),
        ("people: unknown", "people: staff", "M04", "{column: …}"),
        ("zone: Europe/Lisbon", "zone: Europe/Lisbn", "M07", "Europe/Lisbon"),
        ("source: works", "source: desk", "M04", "not “desk”"),
        ("source: works", "source: ../etc", "M04", "small letters"),
        ("resolve: {kept", "resolved: {kept", "M01", "“resolve”"),
        ("clock: office", "clock: offices", "M01", "“office”"),
        ("  person: {column: by}\n", "", "M13", "person: unknown"),
        ("zone: Europe/Lisbon\n", "", "M03", "“zone”"),
        ("order: version", "odrer: version", "M01", "“order”"),
        ("mapping: 1", "mapping: 2", "M04", "must be 1"),
        ("asked: {column: state, values: Waiting}", "asked: {column: state}", "M04", "with its values"),
        ("asked: {column: state, values: Waiting}", "asked: {leaves: resolved}", "M04", "“reopened” only"),
        ("opened: {at: opened}", "opened: {rises: opened}", "M02", "at"),
        ("cost, unit: EUR", "cost, unti: EUR", "M01", "“unit”"),
        ("in_time, clock: office", "in_time, clokc: office", "M01", "“clock”"),
        ("drop:\n  - {column: state, values: Test}", "drop:\n  - {column: state, valus: Test}", "M01", "“values”"),
        ("instant: updated\norder: version\n", "", "M04", "“cases”"),
        ("missing: [", "file: {delimiter: ab}\nmissing: [", "M04", "one character"),
    ],
)
def test_a_mistake_is_told_with_what_is_right(tmp_path: Path, before: str, after: str, code: str, says: str) -> None:
    (found, *_) = [each for each in findings(tmp_path, (before, after)) if each.code == code]
    assert says in found.sentence("en")
    assert found.place.file.endswith("map.yaml")
    assert found.place.line >= 1


def test_a_finding_stands_where_the_mistake_does(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, ("case: number", "case: numbr"))
    assert (found.place.line, found.place.column) == (5, 7)


def test_all_is_told_at_once(tmp_path: Path) -> None:
    changes = (("case: number", "case: numbr"), ("  people: unknown\n", ""), ("Call: phone", "Call: fone"))
    assert [each.code for each in findings(tmp_path, *changes)] == ["M11", "M04", "M06"]


def test_a_mapping_without_a_plan_says_so(tmp_path: Path) -> None:
    mapping = logs.write_mapping(tmp_path, ("plan: plan.yaml\n", ""))
    with pytest.raises(PlanUnreadable) as refused:
        read_mapping(mapping)
    assert refused.value.findings[0].code == "M03"
    assert read_mapping(mapping, tmp_path / "plan.yaml").plan.zone == "Europe/Lisbon"


@pytest.mark.parametrize("text", ["", "- a\n", "source: [", "just words"])
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PlanUnreadable):
        read_mapping(tmp_path / "map.yaml")


@pytest.mark.parametrize("where", ["none.yaml", ""])
def test_a_mapping_that_is_not_there_is_told(tmp_path: Path, where: str) -> None:
    with pytest.raises(PlanUnreadable):
        read_mapping(tmp_path / where)


def test_a_changed_plan_changes_the_digest(tmp_path: Path) -> None:
    mapping = logs.write_mapping(tmp_path)
    before = read_mapping(mapping).digest
    plan = tmp_path / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("people: {number: 1..}", "people: {number: 2..}"), "utf-8")
    assert read_mapping(mapping).digest != before
