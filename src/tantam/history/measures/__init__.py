"""What happened, measured: one SQL file a measure over `event`, `open_time` and `purchase` in DuckDB.

Refuses to know where those relations come from: the caller brings a past that runs a query and returns its rows.
"""

from tantam.history.measures.answers import Behind, Measured, Past, Slice, Week, Within
from tantam.history.measures.definition import Definition, Kind, UnknownMeasure, definitions, standard
from tantam.history.measures.measure import behind, measure, sliced
from tantam.history.measures.part import EVERYTHING, NONE, SLICES, UNKNOWN, Part

__all__ = [
    "EVERYTHING",
    "NONE",
    "SLICES",
    "UNKNOWN",
    "Behind",
    "Definition",
    "Kind",
    "Measured",
    "Part",
    "Past",
    "Slice",
    "UnknownMeasure",
    "Week",
    "Within",
    "behind",
    "definitions",
    "measure",
    "sliced",
    "standard",
]
