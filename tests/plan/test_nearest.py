"""The right name is proposed for a wrong one, in time that no plan can stretch."""

from __future__ import annotations

from time import process_time

from tantam.plan.nearest import nearest

MANY = [f"word{number}" for number in range(900)]


def test_among_many_names_the_nearest_is_still_found() -> None:
    assert nearest("Resturant", [*MANY, "restaurant"]) == "restaurant"
    assert nearest("zzzz", MANY) == ""


def test_a_thousand_wrong_names_among_many_take_seconds() -> None:
    begun = process_time()
    for number in range(1_000):
        nearest(f"wrod{number}", MANY)
    assert process_time() - begun < 5


def test_names_without_number_are_not_searched() -> None:
    assert nearest("wrod7", [f"word{number}" for number in range(2_000)]) == ""
