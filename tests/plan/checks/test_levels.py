"""The ladder of responsibility."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plan.checks.plans import findings

TERMS = "terms: {severity: {one_of: [high, low], from: case.severity}}\n"


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("{agent: {handles: [low], escalates_to: boss}, boss: {handles: [high]}}", []),
        ("{agent: {handles: [high, low]}}", []),
        ("{agent: {handles: [low]}, boss: {handles: [high]}}", [("K20", "levels.agent")]),
        ("{a: {handles: [low], escalates_to: b}, b: {handles: [high]}, c: {}}", [("K20", "levels.b")]),
        ("{agent: {handles: [low], escalates_to: boss}, boss: {}}", [("K21", "levels")]),
    ],
)
def test_nobody_is_without_someone_above_and_no_severity_without_a_level(
    levels: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    found = findings(tmp_path, f"{TERMS}levels: {levels}\n")
    assert [(each.code, each.clause) for each in found if each.code.startswith("K2")] == expected
