"""What happened, measured in the table case_event itself: until the pages read `history.measures`.

Refuses to know whose database it is: the caller brings `rows`, which runs a query and returns its rows.
"""

from tantam.history.former.ended import Ended, Which, ended_promises
from tantam.history.former.files import Part
from tantam.history.former.kept import (
    USES,
    Kept,
    kept_by_clause,
    kept_by_day,
    kept_by_kind,
    together,
    uses_by_clause,
)
from tantam.history.former.measure import (
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
