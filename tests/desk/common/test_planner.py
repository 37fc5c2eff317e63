"""The database knows how its rows are spread, and reads the few that are asked for."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from tantam.desk.cases import actions
from tantam.desk.cases.models import Case, Watcher
from tantam.desk.common import planner
from tests.support.desk import opened


def test_what_few_watch_is_not_looked_for_in_the_whole_queue(hoa: Any, staff: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL analyses its tables by itself.")
    for _ in range(300):
        opened(hoa)
    actions.watch(opened(hoa), staff.colleague)
    planner.analyse()
    mine = Watcher.objects.filter(person=staff.colleague).values("case_id")
    way = Case.objects.filter(queue="open", pk__in=mine).explain()
    assert "case_owed_first" not in way, way
