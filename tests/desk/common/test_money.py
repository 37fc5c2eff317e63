"""Amounts as people write them."""

from __future__ import annotations

import pytest

from tantam.desk.common.money import Money, read


@pytest.mark.parametrize("written", ["9" * 5000, "9" * 41, "1.000" * 900, "-1", "1e9", "NaN", "²", "1,2,3", ""])
def test_what_is_no_amount_is_none(written: str) -> None:
    assert read(written, "VND") is None


def test_amount_is_read_in_every_manner() -> None:
    assert read("5.000.000 ₫", "VND") == Money(5_000_000, "VND")
    assert read("12,50 €", "EUR") == Money(1250, "EUR")
