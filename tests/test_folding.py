"""What is written with and without marks compares alike, in the three languages, wherever it is compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tantam.folding import folded


@pytest.mark.parametrize(
    ("written", "plain"), [("Tháng", "thang"), ("Đỗ Ước", "do uoc"), ("Straße", "strasse"), ("Müller", "muller")]
)
def test_marks_and_capitals_fall_away(written: str, plain: str) -> None:
    assert folded(written) == plain


@given(st.text(alphabet=st.characters(codec="utf-8", max_codepoint=0x1EFF), max_size=40))
def test_what_is_folded_stays_as_it_is(written: str) -> None:
    assert folded(folded(written)) == folded(written)
