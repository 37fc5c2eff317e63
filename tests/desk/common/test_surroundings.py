"""What the surroundings say is read once, and what cannot be meant is named before anything begins."""

from __future__ import annotations

import pytest

from tantam.desk.common.surroundings import one_of, pattern

NAME = "TANTAM_TRIED"


@pytest.mark.parametrize(("written", "read"), [("", "end"), (" front ", "front")])
def test_choice_is_the_usual_one_unless_another_is_written(
    monkeypatch: pytest.MonkeyPatch, written: str, read: str
) -> None:
    monkeypatch.setenv(NAME, written)
    assert one_of(NAME, "end", "front") == read


def test_choice_that_there_is_not_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "middle")
    with pytest.raises(ValueError, match="TANTAM_TRIED is 'middle'; write one of end, front"):
        one_of(NAME, "end", "front")


@pytest.mark.parametrize("written", ["", "desk+{case}@x.example", "{case}@x.example"])
def test_address_has_its_place(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv(NAME, written)
    assert pattern(NAME, "desk+{case}@example.com") == written


@pytest.mark.parametrize("written", ["desk@x.example", "desk@{case}.example", "{case}{case}@x.example", "{case}"])
def test_address_without_its_place_is_named(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv(NAME, written)
    with pytest.raises(ValueError, match="TANTAM_TRIED"):
        pattern(NAME, "desk+{case}@example.com")
