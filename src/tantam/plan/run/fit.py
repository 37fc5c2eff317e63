"""How well customers fit the shares that the plan's profile expects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt

from tantam.plan.run.belonging import OTHERWISE, UNKNOWN

CHANCE = 2  # times what chance makes on the average: up to then it tells little


@dataclass(frozen=True, slots=True)
class Fit:
    """known: of how many the trait is known; unknown: of how many not. shares: (cell, expected, real) with 0..1.

    apart: the share of customers who would have to be in another cell for all to be as expected (the total variation
    distance), 0..1; None where nobody is known. by_chance: how far apart as many customers, drawn at random from what
    is expected, are on the average (by the normal approximation); a figure up to twice as large tells little.
    """

    known: int
    unknown: int
    shares: tuple[tuple[str, float, float], ...]
    apart: float | None
    by_chance: float | None

    @property
    def is_off(self) -> bool:
        """Whether they are further apart than chance would make them; False where nobody is known."""
        return self.apart is not None and self.by_chance is not None and self.apart > CHANCE * self.by_chance


def fit(expected: Sequence[tuple[str, float]], counted: Mapping[str, int]) -> Fit:
    """Return how well counts fit. expected: cells with shares 0..1; what they lack to 1 is expected otherwise.

    counted: customers by cell, UNKNOWN and OTHERWISE among them; other cells, of an older plan, count as unknown.
    """
    wanted = dict(expected)
    rest = max(0.0, 1.0 - sum(wanted.values()))
    if rest > 1e-9 or counted.get(OTHERWISE):
        wanted[OTHERWISE] = rest
    known = sum(counted.get(cell, 0) for cell in wanted)
    unknown = sum(counted.values()) - known
    if not known:
        return Fit(0, unknown, tuple((cell, share, 0.0) for cell, share in wanted.items()), None, None)
    shares = tuple((cell, share, counted.get(cell, 0) / known) for cell, share in wanted.items())
    apart = sum(abs(real - share) for _, share, real in shares) / 2
    by_chance = sum(sqrt(2 * share * (1 - min(share, 1.0)) / (pi * known)) for _, share, _ in shares) / 2
    return Fit(known, unknown, shares, apart, by_chance)


__all__ = ["OTHERWISE", "UNKNOWN", "Fit", "fit"]
