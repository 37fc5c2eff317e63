"""A table of a thousand rows is searched; what its budget does not reach is told as not searched."""

from __future__ import annotations

from tantam.plan.checks.tables import check_tables
from tantam.plan.sections import read_text

HEAD = "tantam: 1\ncompany: {name: X, languages: [en], timezone: UTC}\n"
TERMS = "terms: {n: {number: 0..}, k: {one_of: [a, b, c, d]}}\n"
TABLE = "policies:\n  p:\n    decides: |\n      n | k => outcome\n"
ROWS = "".join(f"      {n}..{n + 1} | {'abcd'[n % 4]} | o{n}\n" for n in range(1000))


PLAN = read_text(HEAD + TERMS + TABLE + ROWS)


def test_a_thousand_rows_are_searched_in_full_and_the_largest_gaps_are_told() -> None:
    findings = list(check_tables(PLAN))
    assert [each.code for each in findings] == ["K01", "K01", "K01", "K13"]
    assert findings[0].counterexample == {"n": "1000", "k": "a"}
    assert findings[0].args["box"] == "n >= 1000, k = a, b, c"


def test_what_was_found_within_the_budget_is_told_before_the_rest_is_given_up() -> None:
    findings = list(check_tables(PLAN, steps=300))
    assert {each.code for each in findings} == {"K01", "K07"}
    assert findings[0].counterexample
    assert findings[-1].args["codes"] == "K01, K05"
