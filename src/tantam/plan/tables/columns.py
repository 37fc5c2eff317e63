"""Decides a column of cases at once: bit sets over NumPy arrays, one AND a column of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Table


class DecidedColumns:
    """rows: position of the row that fires in each case, -1 for none. overlaps: how many further rows match.

    undecided: cases where a fact is missing that the answer needs."""

    rows: NDArray[np.int64]
    overlaps: NDArray[np.int64]
    undecided: NDArray[np.bool_]


def decide_columns(table: Table, scope: Scope, facts: Mapping[str, Sequence[Any]]) -> DecidedColumns:
    """Decide all cases. facts: one sequence of values a term, all of one length; None is unknown."""
    raise NotImplementedError
