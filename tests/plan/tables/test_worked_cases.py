"""The worked cases of docs/algorithms/tables.md are so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.plain import read_facts
from tests.plan.tables.tables import scope_of, table_of

PAGE = (Path(__file__).parents[3] / "docs" / "algorithms" / "tables.md").read_text("utf-8")
CASES = PAGE.partition("\n## Worked cases\n")[2].partition("\n## ")[0]
WORKED = re.findall(r"^\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|$", CASES, re.MULTILINE)[2:]
SCOPE = scope_of()


def names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def facts(text: str) -> dict[str, object]:
    pairs = (pair.split("=") for pair in text.strip().split(";") if pair.strip())
    return {name.strip(): names(value) if name.strip() == "signs" else value for name, value in pairs}


@pytest.mark.parametrize(("given", "fires", "ask", "used"), WORKED)
def test_worked_case(given: str, fires: str, ask: str, used: str) -> None:
    found = re.search(r"```table\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None and len(WORKED) == 11
    fired = compile_table(table_of(found.group(1)), SCOPE)(read_facts(facts(given), SCOPE))
    assert [row.name for row in fired.rows] == names(fires)
    assert fired.unknown == ask.strip()
    if not fired.unknown:
        assert set(fired.used) == set(names(used))
