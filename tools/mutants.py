"""Tells in how many of its broken places a test noticed, room by room: what `make mutants` found.

Run as `python -m tools.mutants` after `mutmut run`; `mutmut show NAME` shows what was broken in a survivor.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from math import sqrt
from pathlib import Path

from mutmut.stats import status_by_exit_code

FOUND = Path(__file__).parent.parent / "mutants/src/tantam/plan"
NOTICED = ("killed", "timeout", "segfault")
SURE = 1.96  # standard errors of an interval that is right 95 times in 100


def tried(folder: Path = FOUND) -> Iterator[tuple[str, str, str]]:
    """Yield the room, the name and the end of each mutant that was tried."""
    for path in sorted(folder.rglob("*.meta")):
        for name, code in json.loads(path.read_text("utf-8"))["exit_code_by_key"].items():
            if code is not None:
                yield path.relative_to(folder).parts[0], name, status_by_exit_code[code]


def interval(noticed: int, count: int) -> tuple[float, float]:
    """Return between which shares the true one lies, by Wilson. count: at least 1."""
    share, spread = noticed / count, SURE**2 / count
    middle = (share + spread / 2) / (1 + spread)
    half = SURE * sqrt(share * (1 - share) / count + spread / count / 4) / (1 + spread)
    return middle - half, middle + half


def main() -> None:
    """Print the survivors, then one line a room."""
    ends: dict[str, Counter[bool]] = {}
    for room, name, end in tried():
        ends.setdefault(room, Counter())[end in NOTICED] += 1
        if end not in NOTICED:
            print(f"{end:12}{name}")
    print(f"\n{'room':12}{'mutants':>9}{'noticed':>9}{'share':>9}    95 of 100 times within")
    for room, counted in ends.items():
        count, noticed = counted.total(), counted[True]
        low, high = interval(noticed, count)
        print(f"{room:12}{count:>9}{noticed:>9}{noticed / count:>9.1%}    {low:.1%} to {high:.1%}")


if __name__ == "__main__":
    main()
