"""How sure a figure is: 95 % intervals of a share and of a median.

Source: docs/reference/measures.md, How sure a figure is.
"""

from __future__ import annotations

from math import sqrt

Z = 1.959964  # two-sided 95 %
FEWEST = 6  # values of which a median has an interval

# SQL over `n`: the lower of the two ranks, from 1, between which the median lies with 95 %; the upper is n + 1 - it.
LOW_RANK = f"CASE WHEN n >= {FEWEST} THEN CAST(GREATEST(1, FLOOR((n - {Z} * SQRT(n)) / 2)) AS BIGINT) END"


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return Wilson's interval of the share hits/n, within 0..1. n: >= 1, hits: 0..n. Raises ValueError."""
    if n < 1 or not 0 <= hits <= n:
        raise ValueError(f"A share needs 0 <= hits <= n and n >= 1; got {hits} of {n}.")
    share, square = hits / n, Z * Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    reach = Z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return max(0.0, middle - reach), min(1.0, middle + reach)
