"""Intervals of shares and medians, against values computed elsewhere and against chance itself."""

from __future__ import annotations

from random import Random

import pytest

from tantam.history.measures import measure, standard
from tantam.history.measures.intervals import wilson
from tests.history.measures.happenings import DAY, START, SmallPast, happening


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (0, 20, 0.0, 0.1611),
        (20, 20, 0.8389, 1.0),
        (1, 1, 0.2065, 1.0),
        (15, 148, 0.0624, 0.1605),
    ],
)
def test_wilsons_interval_has_the_published_values(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(("hits", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_an_impossible_share_is_refused(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match="hits"):
        wilson(hits, n)


def median_of(values: list[float]) -> tuple[float | None, float | None, float | None]:
    """Return median, low and high of first replies that took so many minutes."""
    events = [happening(case, 0, "opened") for case in range(1, len(values) + 1)]
    events += [happening(case, value, "replied") for case, value in enumerate(values, 1)]
    found = measure(SmallPast(events), standard("first_reply"), (START, START + 90 * DAY), weeks=0)
    return found.value, found.low, found.high


@pytest.mark.parametrize(
    ("n", "found"),
    [
        (1, (1, None, None)),
        (5, (3, None, None)),
        (6, (3.5, 1, 6)),
        (10, (5.5, 1, 10)),
        (25, (13, 7, 19)),
        (100, (50.5, 40, 61)),
    ],
)
def test_a_median_lies_between_two_ranks_and_needs_six_values(n: int, found: tuple[float, float, float]) -> None:
    values = [float(each) for each in range(1, n + 1)]
    Random(n).shuffle(values)
    assert median_of(values) == found


def test_a_median_of_equal_values_is_sure() -> None:
    assert median_of([7.0] * 9) == (7, 7, 7)


def test_the_interval_holds_the_true_share_nineteen_times_in_twenty() -> None:
    chance, held = Random(7), 0
    for _ in range(2000):
        low, high = wilson(sum(chance.random() < 0.9 for _ in range(60)), 60)
        held += low <= 0.9 <= high
    assert 0.92 <= held / 2000 <= 0.98
