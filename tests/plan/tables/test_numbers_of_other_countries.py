"""A number as Vietnamese or German writes it is never read as something else: it is refused, with how to write it."""

from __future__ import annotations

import pytest

from tantam.plan.errors import Place
from tantam.plan.tables.tokens import Sort, as_here, cut

PLACE = Place("plan.yaml", 3, 5)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("<= 1.000,5", "1_000.5"),
        ("<= 1.000.000 VND", "1_000_000"),
        ("500.000 VND", "500_000"),
        ("1.000 EUR", "1_000"),
        ("2,5 %", "2.5"),
        ("1,000,000 VND", "1_000_000"),
        ("1.234.567,89 EUR", "1_234_567.89"),
        ("price * 0,9", "0.9"),
    ],
)
def test_it_is_refused_with_how_to_write_it(written: str, instead: str) -> None:
    tokens, (found,) = cut(written, PLACE)
    assert (tokens, found.code, found.args["allowed"]) == ([], "T55", instead)
    assert found.place.column == 5 + next(at for at, each in enumerate(written) if each.isdigit())
    assert all(instead in found.sentence(lang) for lang in ("vi", "de", "en"))


@pytest.mark.parametrize(
    "written",
    ["1, 2, 3", "max(1,2)", "0.5", "1.5 h", "500_000 VND", "10000 VND", "2.5 %", "1..3, 5..7", "2026-11-21", "1.000"],
)
def test_what_is_written_as_a_plan_writes_it_is_read(written: str) -> None:
    tokens, wrong = cut(written, PLACE)
    assert not wrong and tokens[-1].sort is Sort.END


@pytest.mark.parametrize(
    ("written", "here"),
    [
        ("1.000,50 EUR", "1_000.50 EUR"),
        ("1,5", "1.5"),
        ("12,5 %", "12.5 %"),
        ("1,000", "1_000"),
        ("1.000", "1_000"),
        ("10.000 VND", "10_000 VND"),
        ("1,000,000.25", "1_000_000.25"),
        ("5", ""),
        ("1.5", ""),
        ("high", ""),
    ],
)
def test_a_number_that_stands_alone_is_written_as_here_with_what_follows_it(written: str, here: str) -> None:
    assert as_here(written) == here
