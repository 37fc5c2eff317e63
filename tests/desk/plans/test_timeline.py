"""Versions and directives cut time into stretches: which directives lie over which version, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tantam.desk.plans.timeline import Begun, Counting, Stretch, stretches

START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = st.integers(0, 20)


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def test_directive_lies_over_the_version_of_its_time() -> None:
    versions = [Begun(1, at(0)), Begun(2, at(5))]
    assert stretches(versions, [Counting(1, at(3), at(7))]) == (
        Stretch(at(3), at(5), (1, (1,))),
        Stretch(at(5), at(7), (2, (1,))),
    )


def test_nothing_lies_over_a_time_without_a_version() -> None:
    assert stretches([Begun(1, at(5))], [Counting(1, at(1), at(4))]) == ()


def test_of_two_versions_that_begin_at_once_the_later_number_counts() -> None:
    found = stretches([Begun(1, at(0)), Begun(2, at(0))], [Counting(1, at(1), at(2))])
    assert found == (Stretch(at(1), at(2), (2, (1,))),)


@given(st.lists(DAYS, min_size=1, max_size=4), st.lists(st.tuples(DAYS, DAYS), max_size=4))
def test_every_instant_has_the_layers_that_count_then(begun: list[int], counting: list[tuple[int, int]]) -> None:
    versions = [Begun(number, at(day)) for number, day in enumerate(begun, 1)]
    directives = [Counting(number, at(since), at(until)) for number, (since, until) in enumerate(counting, 1)]
    found = stretches(versions, directives)
    for day in range(22):
        over = tuple(each.number for each in directives if each.begins <= at(day) < each.ends)
        base = max(
            (each for each in versions if each.at <= at(day)), key=lambda each: (each.at, each.number), default=None
        )
        here = [each.layers for each in found if each.begins <= at(day) < each.ends]
        assert here == ([(base.number, over)] if base and over else [])
