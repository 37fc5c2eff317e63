"""What happened, measured: one SQL file a measure over `event`, `open_time` and `purchase` in DuckDB.

Refuses to know where those relations come from: the caller brings a past that runs a query and returns its rows.
"""

from tantam.history.measures.answers import Behind, Measured, Slice, Week, Within
from tantam.history.measures.definition import Definition, Kind, UnknownMeasure, definitions, standard
from tantam.history.measures.ended import Ended, Which, ended_promises
from tantam.history.measures.kept import (
    USES,
    Kept,
    kept_by_clause,
    kept_by_day,
    kept_by_kind,
    together,
    uses_by_clause,
)
from tantam.history.measures.measure import behind, measure, sliced
from tantam.history.measures.part import EVERYTHING, NONE, SLICES, UNKNOWN, Listed, Part

__all__ = [
    "EVERYTHING",
    "NONE",
    "SLICES",
    "UNKNOWN",
    "USES",
    "Behind",
    "Definition",
    "Ended",
    "Kept",
    "Kind",
    "Listed",
    "Measured",
    "Part",
    "Slice",
    "UnknownMeasure",
    "Week",
    "Which",
    "Within",
    "behind",
    "definitions",
    "ended_promises",
    "kept_by_clause",
    "kept_by_day",
    "kept_by_kind",
    "measure",
    "sliced",
    "standard",
    "together",
    "uses_by_clause",
]
