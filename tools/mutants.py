"""Tells in how many of its broken places a test noticed, room by room: what `make mutants` found.

Run as `python -m tools.mutants` after `mutmut run`; `mutmut show NAME` shows what was broken in a survivor. Survivors
that change nothing are named in same.toml with the reason, and counted apart.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from math import sqrt
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code

FOUND = Path(__file__).parent.parent / "mutants/src/tantam/plan"
SAME = Path(__file__).with_name("same.toml")
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


def changing_nothing(path: Path = SAME) -> frozenset[tuple[str, str]]:
    """Return the function and the broken line of each mutant that is known to change nothing."""
    written = tomllib.loads(path.read_text("utf-8"))["same"]
    return frozenset((each["in"], line) for each in written for line in each["lines"])


def place_of(name: str) -> tuple[str, str]:
    """Return the function of a mutant and the line as it was broken, of several the first."""
    added = (line for line in get_diff_for_mutant(name).split("\n") if line.startswith("+") and line[:3] != "+++")
    return name.rpartition("__mutmut_")[0].removeprefix("tantam.plan."), next(added, "+")[1:].strip()


def main() -> None:
    """Print the survivors that may tell of a missing law, then one line a room."""
    ends: dict[str, Counter[str]] = {}
    same = changing_nothing()
    for room, name, end in tried():
        known = end not in NOTICED and place_of(name) in same
        ends.setdefault(room, Counter())["noticed" if end in NOTICED else "same" if known else "lives"] += 1
        if end not in NOTICED and not known:
            print(f"{end:12}{name}")
    print(f"\n{'room':12}{'mutants':>9}{'noticed':>9}{'share':>9}    {'95 of 100 times within':24}without the same")
    for room, counted in ends.items():
        count, noticed = counted.total(), counted["noticed"]
        low, high = interval(noticed, count)
        telling = noticed / max(count - counted["same"], 1)
        print(f"{room:12}{count:>9}{noticed:>9}{noticed / count:>9.1%}    {f'{low:.1%} to {high:.1%}':24}{telling:.1%}")


if __name__ == "__main__":
    main()
