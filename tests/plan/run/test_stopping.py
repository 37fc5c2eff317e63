"""When a provider is stopped: beyond the bound and in enough cases; one of both is not enough."""

from __future__ import annotations

import pytest

from tantam.plan.run.stopping import ENOUGH, Verdict, judged
from tantam.plan.sections.bounds import Bound

SHARE = Bound(">=", 0.2, "share")
LEAST = Bound("<", 0.9, "share")
LATE = Bound(">=", 240, "minutes")


@pytest.mark.parametrize(
    ("bound", "value", "n", "verdict"),
    [
        (SHARE, 0.2, ENOUGH, Verdict.STOPS),
        (SHARE, 0.199, 1000, Verdict.NEAR),
        (SHARE, 0.161, ENOUGH, Verdict.NEAR),
        (SHARE, 0.161, ENOUGH - 1, Verdict.SERVES),
        (SHARE, 0.159, 1000, Verdict.SERVES),
        (SHARE, 0.9, ENOUGH - 1, Verdict.TOO_FEW),
        (SHARE, None, 0, Verdict.SERVES),
        (LEAST, 0.89, ENOUGH, Verdict.STOPS),
        (LEAST, 0.9, ENOUGH, Verdict.NEAR),
        (LEAST, 0.93, ENOUGH, Verdict.SERVES),
        (LATE, 240, ENOUGH, Verdict.STOPS),
        (LATE, 200, ENOUGH, Verdict.NEAR),
        (LATE, 190, ENOUGH, Verdict.SERVES),
    ],
)
def test_a_provider_stops_beyond_the_bound_in_enough_cases(
    bound: Bound, value: float | None, n: int, verdict: Verdict
) -> None:
    assert judged(bound, value, n) is verdict
