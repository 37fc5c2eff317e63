"""Values in a finding stand as a cell would write them, and large ones can be read."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tantam.plan.checks.space.shown import value_text
from tantam.plan.tables.values import Amount, Family, Span


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (9_999, "9999"),
        (10_000, "10_000"),
        (-1_234_567, "-1_234_567"),
        (Fraction(5, 2), "2.5"),
        (Amount(500_000, "VND"), "500_000 VND"),
        (Amount(1_234_567, "EUR"), "12_345.67 EUR"),
        (Span(Family.EXACT, 5_400), "1 h 30 min"),
        (frozenset({"smoke", "noise"}), "noise, smoke"),
        ("ours", "ours"),
    ],
)
def test_a_value_is_written_as_a_cell_would(value: object, text: str) -> None:
    assert value_text(value) == text
