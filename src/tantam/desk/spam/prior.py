"""The counts that the desk is shipped with; `python -m tools.spam_prior` computes them from a described set."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tantam.desk.spam.score import Count, Counts

FILE = Path(__file__).with_name("prior.tsv")  # a name, its texts of spam, its texts of what people brought; first all


@cache
def shipped() -> Counts:
    """Return the counts; read once a process."""
    rows = (line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    counted = {name: Count(int(spam), int(ham)) for name, spam, ham in rows}
    return Counts(counted, counted.pop(""))
