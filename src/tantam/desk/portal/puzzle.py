"""A small sum that a browser does by itself before an odd form is sent: cheap to check, dear to do a thousand times.

It is bound to one seal, and so to one submission, which is filed once: a solution serves nobody twice.
"""

from __future__ import annotations

from hashlib import sha256

PARTS = 4  # several small ones: nobody is unlucky for long
BITS = 15  # of zero at the beginning of each digest: 4 · 32,768 tries on average
LONGEST = 80  # characters of a solution


def puzzle_of(token: str) -> str:
    """Return what the browser is asked: 32 hex digits that stand for the seal."""
    return sha256(f"puzzle:{token}".encode()).hexdigest()[:32]


def is_solved(puzzle: str, solution: str) -> bool:
    """Whether the solution, PARTS whole numbers with commas between, solves the puzzle."""
    numbers = solution[:LONGEST].split(",")
    return len(numbers) == PARTS and all(
        number.isascii() and number.isdigit() and _fits(f"{puzzle}{part}:{number}")
        for part, number in enumerate(numbers)
    )


def solve(puzzle: str) -> str:
    """Return a solution, as the browser finds it; about a quarter of a second."""
    return ",".join(str(next(n for n in range(1 << 40) if _fits(f"{puzzle}{part}:{n}"))) for part in range(PARTS))


def _fits(text: str) -> bool:
    return int.from_bytes(sha256(text.encode()).digest()[:4], "big") >> (32 - BITS) == 0
