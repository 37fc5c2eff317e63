"""What somebody asks about their own data is due by the plan's own time, which its law extends once."""

from __future__ import annotations

from datetime import UTC, datetime

from tantam.plan.run.kinds import PERSONAL_DATA, may_pause
from tantam.plan.run.rights import right
from tests.support.plans import company

LAST_OF_JANUARY = datetime(2027, 1, 31, 9, tzinfo=UTC)


def test_a_month_ends_with_the_month_and_two_more_follow_it() -> None:
    owed = right(company("software-house"), "read", LAST_OF_JANUARY)
    assert owed is not None and owed.longest is not None
    assert (owed.due.date().isoformat(), owed.longest.date().isoformat()) == ("2027-02-28", "2027-04-28")
    assert (owed.proof, owed.because.clause) == ("contact", "privacy.requests")
    assert "Art. 12 Abs. 3 DSGVO" in owed.because.text("de")


def test_plan_that_names_no_time_owes_none_of_ours() -> None:
    assert right(company("hotel"), "erase", LAST_OF_JANUARY) is None


def test_the_laws_clock_never_stands() -> None:
    assert not may_pause(PERSONAL_DATA)
