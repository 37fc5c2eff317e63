"""What happened, measured: one SQL file a measure over case_event, the same on SQLite and PostgreSQL.

Refuses to know whose database it is: the caller brings `rows`, which runs a query and returns its rows.
"""

from tantam.history.measures.ended import Ended, Which, ended_promises
from tantam.history.measures.files import Part
from tantam.history.measures.kept import (
    USES,
    Kept,
    kept_by_clause,
    kept_by_day,
    kept_by_kind,
    together,
    uses_by_clause,
)
from tantam.history.measures.measure import (
    MEASURES,
    Kind,
    Measured,
    Rows,
    UnknownMeasure,
    Week,
    measure,
)

__all__ = [
    "MEASURES",
    "USES",
    "Ended",
    "Kept",
    "Kind",
    "Measured",
    "Part",
    "Rows",
    "UnknownMeasure",
    "Week",
    "Which",
    "ended_promises",
    "kept_by_clause",
    "kept_by_day",
    "kept_by_kind",
    "measure",
    "together",
    "uses_by_clause",
]
