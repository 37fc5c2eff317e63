"""The inbox's filter finds what a case is called, its customer and its product, however they are written."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.cases.filters import read
from tantam.desk.cases.inbox import Listing, matching
from tantam.desk.cases.models import Case
from tantam.desk.search.keeping import index_what_is_new
from tests.support.clock import StandingClock
from tests.support.desk import customer, opened, purchase


@pytest.fixture
def indexed(staff: Any) -> Case:
    """A case that the worker has indexed, beside another one."""
    hoa = customer("Nguyễn Thị Hoa")
    case = opened(hoa, subject="Máy giặt kêu to", purchase=purchase(hoa, number="N-77"))
    opened(customer("Trần Văn Tư", "tu@example.org"), subject="Tủ lạnh", body="Tủ không lạnh.")
    index_what_is_new()
    return case


@pytest.mark.parametrize("typed", ["may giat", '"may giat"', "GIẶT", "nguyen", '"Nguyen thi hoa"'])
def test_words_are_found_with_and_without_marks(typed: str, indexed: Case, staff: Any, clock: StandingClock) -> None:
    assert list(matching(staff.agent, Listing("all", read(typed)), clock.instant)) == [indexed]


def test_words_that_must_not_be_there_leave_the_case_out(indexed: Case, staff: Any, clock: StandingClock) -> None:
    left = list(matching(staff.agent, Listing("all", read("-giat")), clock.instant))
    assert left and indexed not in left


def test_signs_alone_find_nothing_more(indexed: Case, staff: Any, clock: StandingClock) -> None:
    assert list(matching(staff.agent, Listing("all", read("###")), clock.instant)) == []
