"""A table too large to be searched in full is told what was found, and that there may be more."""

from __future__ import annotations

from tantam.plan.checks.tables import check_tables
from tantam.plan.sections import read_text

HEAD = "tantam: 1\ncompany: {name: X, languages: [en], timezone: UTC}\n"
TERMS = "terms: {n: {number: 0..}, k: {one_of: [a, b, c, d]}}\n"
TABLE = "policies:\n  p:\n    decides: |\n      n | k => outcome\n"
ROWS = "".join(f"      {n}..{n + 1} | {'abcd'[n % 4]} | o{n}\n" for n in range(1000))


def test_a_thousand_rows_are_searched_within_the_budget_and_a_gap_is_told() -> None:
    findings = list(check_tables(read_text(HEAD + TERMS + TABLE + ROWS), steps=3000))
    assert {each.code for each in findings} == {"K01", "K07"}
    assert findings[0].counterexample
