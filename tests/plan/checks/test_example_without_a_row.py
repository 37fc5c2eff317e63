"""The example company's tables are whole: whichever row is taken out, a case loses its answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tantam.plan.checks.explored import Explored
from tantam.plan.checks.subjects import Subject, subjects
from tests.support.plans import company

PLAN = company("ben-xuan")
WHOLE = [each for each in subjects(PLAN) if each.unanswered is not None]


@pytest.mark.parametrize("subject", WHOLE, ids=[each.table.name for each in WHOLE])
def test_whichever_row_is_taken_out_a_case_loses_its_answer(subject: Subject) -> None:
    table = subject.table
    assert list(Explored(table, subject.assumed, PLAN.scope).gaps()) == []
    answers_all = [row.index for row in table.rows if row.otherwise]
    for taken in table.rows:
        rest = replace(table, rows=tuple(row for row in table.rows if row is not taken))
        gaps = list(Explored(rest, subject.assumed, PLAN.scope).gaps())
        # A row above `otherwise` leaves no gap: its cases fall through.
        assert bool(gaps) == (not answers_all or taken.otherwise), f"row {taken.index} of {table.name}"
