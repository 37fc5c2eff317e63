"""Each mistake is told with its place, what was got, what is allowed, and the right name nearest to a wrong one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tantam.plan.errors import Finding
from tantam.plan.tables.checking import check
from tantam.plan.tables.domains import read_type
from tantam.plan.tables.expressions import parse
from tests.plan.tables.tables import HERE, records, scope_of, try_table

WRITTEN = yaml.safe_load(Path(__file__).with_name("findings.yaml").read_text("utf-8"))
SCOPE = scope_of()


def said(findings: list[Finding]) -> list[dict[str, Any]]:
    """Return what is said, with places counted from HERE, as the file writes it."""
    told = []
    for each in findings:
        assert each.place.file == HERE.file
        at = f"{each.place.line - HERE.line}:{each.place.column - HERE.column}"
        told.append({"code": each.code, "at": at} | ({"args": dict(each.args)} if each.args else {}))
        assert (each.remedy == "tables_near") == bool(each.args.get("near"))
    return told


@pytest.mark.parametrize("case", WRITTEN["expressions"], ids=lambda case: case["text"])
def test_an_expression_says_what_is_wrong_and_where(case: dict[str, Any]) -> None:
    tree, findings = parse(case["text"], HERE)
    if tree is not None:
        _, findings = check(tree, SCOPE)
    assert said(findings) == case["findings"]


@pytest.mark.parametrize("case", WRITTEN["tables"], ids=lambda case: case["text"])
def test_a_table_says_what_is_wrong_and_where(case: dict[str, Any]) -> None:
    _, findings = try_table(case["text"], SCOPE)
    assert said(findings) == case["findings"]
    assert {each.clause for each in findings} <= {"", "policies.exchange.decides"}


@pytest.mark.parametrize("case", WRITTEN["types"], ids=lambda case: f"{case['kind']} {case['spec']}")
def test_a_type_says_what_is_wrong_and_what_may_stand_there(case: dict[str, Any]) -> None:
    _, findings = read_type(case["kind"], case["spec"], HERE, records=records(), currency="EUR")
    assert said(findings) == case["findings"]
